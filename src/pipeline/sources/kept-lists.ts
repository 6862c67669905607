import { sha256 } from '../../core/hash.ts'
import { type Candidate, isExcluded } from '../../core/archive/plan.ts'
import { openQueue } from '../../core/archive/queue.ts'
import { SEE_PROBE } from '../../core/extraction.ts'
import { printableUrl } from '../../core/text/printable.ts'
import { HOUR_MS, isoTime } from '../../core/time.ts'
import { type Message, message, plural, t } from '../../words/words.ts'
import { keepPage } from '../story/keep-page.ts'
import { candidatesOf, type Poll } from './poll.ts'
import { readItems } from './read-items.ts'
import { type Run, type Tools, whyFailed } from '../run.ts'
import { itemOf } from '../candidate.ts'
import { lookUp } from '../records/look-up.ts'

/** A list shows the stories of some hours: of each source one is kept in a quarter of a day, the last. */
const SLOT_MS = 6 * HOUR_MS

function idOf(url: string, nowMs: number): string {
  const slot = isoTime(nowMs - (nowMs % SLOT_MS))
    .slice(0, 13)
    .replace(/\D/g, '')
  return `list-${sha256(url).slice(0, 10)}-${slot}`
}

/**
 * Keeps the lists that could not be read, for a later version; the polls, with a word on where. A dry run keeps none, and
 * none takes the place of one that this run has `read` and that is still to be forgotten.
 */
export async function keepLists(polls: readonly Poll[], read: readonly string[], run: Tools): Promise<Poll[]> {
  const told: Poll[] = []
  for (const poll of polls) told.push(await keepList(poll, read, run))
  return told
}

async function keepList(poll: Poll, read: readonly string[], run: Tools): Promise<Poll> {
  if (poll.kind !== 'failed' || poll.came === null) return poll
  const { came } = poll
  const url = printableUrl(poll.source.url)
  const id = idOf(url, run.io.now())
  const told = (...more: Message[]): Poll => ({ ...poll, detail: message`${[poll.detail, ...more, SEE_PROBE]}` })
  if (run.config.dryRun || read.includes(id)) return told()
  try {
    return told(message`it is kept in ${await keepPage({ id, url }, { ...came, url: printableUrl(came.url) }, run)}`)
  } catch (error) {
    return told(whyFailed(error, run))
  }
}

/** What this version reads in the lists that were kept. */
export interface KeptLists {
  candidates: Candidate[]
  /** Their names. */
  read: readonly string[]
  /** Forgets those lists: once their stories are archived, or wait. */
  forget(): Promise<void>
}

/** Reads the kept lists again, without asking the network; times are against the clock of when they came. */
export async function readKeptLists(run: Tools): Promise<KeptLists> {
  const stories = new Map<string, Candidate>()
  const read: string[] = []
  for await (const { id, foundAt, contentType, fetched, body } of run.archive.keptPages('lists')) {
    run.io.signal.throwIfAborted()
    const listing = await readItems({ body, contentType, url: foundAt }, 'list', Date.parse(fetched)).catch(() => null)
    if (listing === null || listing.items.length === 0) continue
    read.push(id)
    for (const candidate of candidatesOf(listing.items)) stories.set(candidate.id, candidate)
  }
  if (read.length > 0) {
    const lists = plural(read.length, t`${read.length} kept list`, t`${read.length} kept lists`)
    run.report.notice(
      plural(
        stories.size,
        t`this version read ${lists}: ${stories.size} story`,
        t`this version read ${lists}: ${stories.size} stories`,
      ),
    )
  }
  return {
    candidates: [...stories.values()],
    read,
    async forget() {
      for (const id of read) await run.archive.dropPage(id)
    },
  }
}

/** Reads the kept lists again; their stories that are not archived wait for the next run, and the lists are forgotten. */
export async function queueKeptLists(run: Run): Promise<void> {
  const lists = await readKeptLists(run)
  const queue = openQueue(run.state.queue)
  const now = run.io.now()
  for (const candidate of lists.candidates) {
    const isWanted = !isExcluded(candidate, run.config.exclude) && (await lookUp(candidate, run)).path === null
    if (isWanted) queue.setBack(itemOf(candidate), now, now, message`a kept list names it`)
  }
  run.remember({ queue: queue.entries(now) })
  await lists.forget()
}
