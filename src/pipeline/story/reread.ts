import type { JournalEntry } from '../../core/archive/journal.ts'
import { type Document, valueOf } from '../../core/document/document.ts'
import { GENERIC, isInDoubt } from '../../core/extraction.ts'
import { type Candidate, isExcluded } from '../../core/archive/plan.ts'
import { isUnread, openQueue } from '../../core/archive/queue.ts'
import { DAY_MS, isoTime } from '../../core/time.ts'
import type { KeptPage } from '../../edge/archive/pages.ts'
import { candidateAt, itemOf } from '../candidate.ts'
import { readPageOf } from './ask-page.ts'
import { type Run, whyFailed } from '../run.ts'
import { formToRead } from './forms.ts'
import { emit } from './settle.ts'
import type { Result, SourcedReading } from './result.ts'
import { store } from './store-story.ts'
import { lookUp, lookUpStored } from '../records/look-up.ts'
import { clauses, message, plural, t } from '../../words/words.ts'

/**
 * Reads the kept pages again with this version's rules, without asking the network: a page that a layout reads now is
 * stored, and forgotten. Stories that were given up unread are due once more.
 */
export async function rereadPages(run: Run): Promise<void> {
  const had = new Set<string>()
  let read = 0
  let left = 0
  for await (const page of run.archive.keptPages('stories')) {
    run.io.signal.throwIfAborted()
    const result = await reread(page, run)
    if (result === null) {
      left += 1
      continue
    }
    read += 1
    if (result === 'known' || !('path' in result)) continue
    await emit(result, run)
    had.add(page.id)
  }
  if (read + left > 0) {
    const done = plural(
      read,
      t`this version read ${read} kept page by a layout`,
      t`this version read ${read} kept pages by a layout`,
    )
    const still = plural(left, t`${left} is still of no known layout`, t`${left} are still of no known layout`)
    run.report.notice(clauses([done, ...(left === 0 ? [] : [still])]))
  }
  const now = new Date(run.io.now()).toISOString()
  const queue = run.state.queue
    .filter(({ id }) => !had.has(id))
    .map((entry) => (entry.nextTry === null && isUnread(entry) ? { ...entry, nextTry: now, tries: 0 } : entry))
  run.remember({ queue })
}

/** Pages of a new layout are kept so long (ms) before there are enough of them to say so. */
const UNNOTICED_MS = 7 * DAY_MS

/**
 * Makes the stories due once more whose pages were kept while the paper's looked new, from `since` (ISO 8601 UTC) on: it is back at what
 * is known, and this version's layouts may read now what they could not. Those are left that are excluded, or that a layout read since.
 */
export async function askKeptAgain(since: string, run: Run): Promise<void> {
  const now = run.io.now()
  const from = isoTime(Date.parse(since) - UNNOTICED_MS)
  const queue = openQueue(run.state.queue)
  for await (const { id, url, fetched } of run.archive.keptPages('stories')) {
    const candidate = candidateAt(url, { id })
    if (fetched < from || isExcluded(candidate, run.config.exclude)) continue
    const { entry } = await lookUp(candidate, run)
    const isHad = entry !== null && entry.fetched > fetched && entry.origin === 'page' && !isInDoubt(entry)
    if (!isHad) queue.setBack(itemOf(candidate), now, now, message`its page was of no known layout`)
  }
  run.remember({ queue: queue.entries(now) })
}

/** What became of a kept page; `null` where it stays, which it does as well where it alone cannot be read or stored. */
async function reread(page: KeptPage, run: Run): ReturnType<typeof storeKept> {
  const { id, url } = page
  try {
    return await storeKept(candidateAt(url, { id }), page, run)
  } catch (error) {
    const reason = whyFailed(error, run)
    run.report.detail(t`the page that is kept of ${id} cannot be read again: ${reason}`)
    return null
  }
}

/**
 * Stores what a page that was kept says to this version's layouts, and forgets the page; `null` where no layout reads it
 * whole. What a later page said stays.
 */
async function storeKept(candidate: Candidate, page: KeptPage, run: Run): Promise<Result | 'known' | null> {
  const held = await lookUpStored(candidate, run)
  const { there, known } = held
  const form = formToRead(held, run.config.body)
  const read = await readPageOf(
    { ...page, url: page.foundAt },
    page.url,
    { title: null, html: null, written: null },
    form,
    run,
  )
  if (read.kind !== 'story' || read.ending !== 'whole') return null
  if (read.story.extraction === GENERIC || read.story.doubts.length > 0) return null
  run.found.pages.known += 1
  const isOlder = known !== null && known.fetched > page.fetched
  if (isOlder && there?.kind === 'whole' && !isMarked(there.document, known)) {
    await run.archive.dropPage(page.id)
    return 'known'
  }
  const found: SourcedReading = { story: read.story, validators: null, origin: 'page', site: null, kept: null }
  const result = await store({ candidate, ...held }, found, null, run)
  if ('path' in result) await run.archive.dropPage(page.id)
  return result
}

/** True for a text that no layout vouches for, or that a witness doubts. */
function isMarked(file: Document, known: JournalEntry): boolean {
  return known.origin === 'feed' || valueOf(file, 'extraction') !== undefined || known.doubt !== undefined
}
