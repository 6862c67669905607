import { createHash } from 'node:crypto'
import type { Candidate } from '../core/archive/plan.ts'
import { SEE_PROBE } from '../core/extraction.ts'
import { printableUrl } from '../core/text/printable.ts'
import { isoTime } from '../core/time.ts'
import type { Fetched } from '../edge/http/http.ts'
import { clauses, plural, said, t } from '../words/words.ts'
import { candidatesOf, type Poll, readItems } from './poll.ts'
import type { Tools } from './run.ts'
import { isFatal } from './settle.ts'

const MB = 1024 * 1024

/** A list shows the stories of some hours: of each source one is kept in a quarter of a day, the last. */
const SLOT_MS = 6 * 3_600_000

const LIST = /^list-/

/** True for what is kept of a list: others are pages of stories. */
export function isList({ id }: { id: string }): boolean {
  return LIST.test(id)
}

function idOf(url: string, nowMs: number): string {
  const slot = isoTime(nowMs - (nowMs % SLOT_MS))
    .slice(0, 13)
    .replace(/\D/g, '')
  return `list-${createHash('sha256').update(url).digest('hex').slice(0, 10)}-${slot}`
}

/**
 * Keeps the lists that could not be read, for a later version; the polls, with a word on where. A dry run keeps none, and
 * none takes the place of one that this run has `read` and that is still to be forgotten.
 */
export async function keepLists(polls: readonly Poll[], read: readonly string[], run: Tools): Promise<Poll[]> {
  const told: Poll[] = []
  for (const poll of polls) {
    told.push(poll.kind === 'failed' && poll.came !== null ? await keepList(poll, poll.came, read, run) : poll)
  }
  return told
}

async function keepList(
  poll: Extract<Poll, { kind: 'failed' }>,
  { url: foundAt, contentType, body }: Fetched,
  read: readonly string[],
  run: Tools,
): Promise<Poll> {
  const { detail, source } = poll
  const nowMs = run.io.now()
  const url = printableUrl(source.url)
  const list = { id: idOf(url, nowMs), url, foundAt, contentType, fetched: isoTime(nowMs), body }
  if (run.config.dryRun || read.includes(list.id)) return { ...poll, detail: clauses([detail, said(SEE_PROBE)]) }
  try {
    const kept = t`it is kept in ${await run.archive.keepPage(list, run.config.keepPages * MB)}`
    return { ...poll, detail: clauses([detail, kept, said(SEE_PROBE)]) }
  } catch (error) {
    if (run.io.signal.aborted || isFatal(error)) throw error
    return { ...poll, detail: clauses([detail, String(error), said(SEE_PROBE)]) }
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
  for await (const { id, foundAt, contentType, fetched, body } of run.archive.keptPages()) {
    if (!isList({ id })) continue
    run.io.signal.throwIfAborted()
    const listing = await readItems({ body, contentType, url: foundAt }, 'list', Date.parse(fetched)).catch(() => null)
    if (listing === null || listing.items.length === 0) continue
    read.push(id)
    for (const candidate of candidatesOf(listing.items, null)) stories.set(candidate.id, candidate)
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
