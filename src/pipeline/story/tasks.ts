import { entryOfFile, type JournalEntry } from '../../core/archive/journal.ts'
import { type Candidate, decide, type Decision, isStandInEdited, type Known } from '../../core/archive/plan.ts'
import { due, type OpenQueue, type QueueEntry } from '../../core/archive/queue.ts'
import { dateOf, titleOf } from '../../core/document/document.ts'
import { present } from '../../core/present.ts'
import { printableUrl } from '../../core/text/printable.ts'
import { isoTime } from '../../core/time.ts'
import { numberAfter } from '../../edge/archive/revisions.ts'
import { unlessLocal } from '../../errors.ts'
import { isForeign } from '../../sites/publishers.ts'
import { declaredOf, itemOf } from '../candidate.ts'
import { feedEntry } from '../configured/sources.ts'
import { otherIdOf } from './names.ts'
import type { Run, Tools } from '../run.ts'
import { lookIntoStored, lookUp, seeVerify } from '../records/look-up.ts'
import { type Message, message, said, t } from '../../words/words.ts'
import { wordsOf } from '../../words/error.ts'

/** The reasons of decisions, in words. */
const WHY: Readonly<Record<Decision['reason'], Message>> = {
  new: message`it is new`,
  retry: message`it failed before`,
  damaged: message`its file is damaged`,
  older: message`its file holds a former text`,
  changed: message`its item changed`,
  updated: message`its feed tells of a later update`,
  recheck: message`it is young enough to be read again`,
  'first seen': message`it is archived, and this source shows it for the first time`,
  archived: message`it is archived`,
  excluded: message`it is excluded`,
  queued: message`it failed before, and its next try is not due`,
  kept: message`its item changed, and changes are not taken (onChange)`,
}

/** A story that is to be asked for. */
export interface Task {
  candidate: Candidate
  known: JournalEntry | null
  /** Why it is asked for. `recheck`: nothing but its age is a reason, and a failure misses nothing that is known of. */
  reason: Decision['reason']
  /** Someone named it, and waits for an answer. */
  isNamed: boolean
  /** Its page is not due to be asked for, and its feed shows another text than the one that stands in for it. */
  isOfFeed: boolean
  /** Its feed shows another text than the one that stands in for its page. */
  isEdited: boolean
}

/** How candidates are looked at. */
export interface PlanOptions {
  /** So many stories are archived at most. */
  most: number
  /**
   * Ids of stories that someone named: they are asked for whatever failed before, named each time they fail, and the files of those that
   * are there are read, so that a damaged one is noticed. `null`: sources alone did, and what the run has no turn for is remembered for
   * the next one, since nobody names it again.
   */
  named: ReadonlySet<string> | null
}

/** Decides about a candidate; `null` where there is nothing to ask for. */
export async function taskOf(named: Candidate, queue: OpenQueue, looking: PlanOptions, run: Run): Promise<Task | null> {
  const { candidate, path, entry } = await lookUpNamed(named, run)
  const known = path === null ? null : await knownOf(candidate, path, entry, looking.named, run)
  const queued = queue.get(candidate.id)
  const isNamed = looking.named?.has(candidate.id) === true
  const isDue = isNamed || (queued !== undefined && due([queued], run.io.now()).length > 0)
  const { onChange, exclude, recheck: recheckMs = null, dryRun } = run.config
  const policy = { onChange, isNamed, exclude, recheckMs, nowMs: run.io.now() }
  const { action, reason } = decide(candidate, known, queued === undefined ? null : { due: isDue }, policy)
  if (action === 'note' && path !== null && !dryRun) {
    const noted = await unlessLocal(notesOf(candidate, path, entry, run), null)
    if (noted !== null) await run.journal.append({ ...noted, status: 'unchanged', seen: candidate.seen })
  }
  const what = action === 'fetch' ? t`to be fetched` : t`not fetched`
  // What was set back never failed: why it was is why it is asked for.
  const why = reason === 'retry' && queued?.tries === 0 ? queued.reason : WHY[reason]
  run.report.detail(`${printableUrl(candidate.url)}: ${what}: ${said(why)}`)
  if (reason === 'queued') queue.showed(itemOf(candidate))
  if (reason === 'excluded') run.report.tally.excluded += 1
  if (action !== 'fetch') return null
  const text = queued === undefined || candidate.html !== null ? null : await run.queuedText(candidate.id)
  const formerPath = path === null ? await formerPathOf(candidate, run) : null
  return {
    candidate: { ...withQueued(candidate, queued, text), ...present({ formerPath }) },
    known: entry,
    isNamed,
    isOfFeed: queued !== undefined && !isDue,
    isEdited: isStandInEdited(candidate, known, policy),
    reason,
  }
}

/** The story that sources name, by the id under which it is archived, and what `lookUp` says of that. */
export async function lookUpNamed(named: Candidate, run: Run) {
  const asked = await lookUp(named, run)
  const other = asked.path === null && isForeign(named.url) ? await otherIdOf(named.url, run) : null
  if (other === null) return { candidate: named, ...asked }
  const candidate = { ...named, id: other }
  return { candidate, ...(await lookUp(candidate, run)) }
}

/**
 * What is noted of a story: where its notes are gone, as of one that was imported. One of a feed whose pages are not asked for that says no
 * more than that is of the feed: an edit that it shows later is taken then.
 */
async function notesOf(
  candidate: Candidate,
  path: string,
  entry: JournalEntry | null,
  run: Run,
): Promise<JournalEntry> {
  const { html, source } = candidate
  const isTold = html !== null && feedEntry(source, run.config)?.pages === false
  if (entry !== null && !(isTold && entry.origin === 'import')) return entry
  const text = await run.archive.read(path)
  const noted = entry ?? (await entryOf(candidate, path, text, run))
  return isTold && (await isOfItsFeed(html, text)) ? { ...noted, origin: 'feed' } : noted
}

/** What is noted of a file whose notes are gone. */
export async function entryOf(
  { id, url }: Candidate,
  path: string,
  text: string,
  { archive, io }: Tools,
): Promise<JournalEntry> {
  const former = await archive.revisions(path)
  return entryOfFile({ id, path, url, text, revision: numberAfter(former), fetched: isoTime(io.now()) })
}

/** True for a file that says no more than its feed: its page would have said more. */
async function isOfItsFeed(html: string, text: string): Promise<boolean> {
  const [{ documentIn }, { isTextOfFeed }] = await Promise.all([
    import('../../core/archive/stored.ts'),
    import('./page-or-feed.ts'),
  ])
  const document = documentIn(text)
  return document !== null && isTextOfFeed(document, html)
}

/** Where the journal says that a story was whose file is gone: it comes back under that name. */
async function formerPathOf({ id, day }: Candidate, run: Tools): Promise<string | null> {
  const noted = day === null ? null : await unlessLocal(run.journal.latest(day), null)
  return noted?.get(id)?.path ?? null
}

/** A list names a story without its text: what the feed brought when it failed stays at hand. */
function withQueued(candidate: Candidate, queued: QueueEntry | undefined, text: string | null): Candidate {
  return {
    ...candidate,
    title: candidate.title ?? queued?.title ?? null,
    published: candidate.published ?? queued?.published ?? null,
    html: candidate.html ?? queued?.html ?? text,
    ...declaredOf({ ...queued, ...declaredOf(candidate) }),
  }
}

/** The file is read only where the notes do not answer: for a source that never showed the story, and for its age. */
async function knownOf(
  candidate: Candidate,
  path: string,
  entry: JournalEntry | null,
  named: PlanOptions['named'],
  run: Tools,
): Promise<Known> {
  const seen = entry?.seen ?? {}
  const answered = Object.keys(candidate.seen).every((source) => seen[source] !== undefined)
  const title = candidate.title ?? ''
  const unread = { title, seen, noted: entry, publishedMs: 0, damaged: false, isOlder: false }
  if (answered && named === null && run.config.recheck === undefined) return unread
  try {
    const stored = await lookIntoStored(path, entry, run)
    if (stored.kind === 'damaged') {
      const damaged = !stored.hasText || named?.has(candidate.id) === true
      // A span of days may hold thousands of them.
      if (!damaged) run.report[named === null ? 'problem' : 'detail'](seeVerify(path, stored.why, run))
      return { ...unread, damaged }
    }
    const { document, isOlder } = stored
    return { ...unread, title: titleOf(document), publishedMs: dateOf(document), isOlder }
  } catch (error) {
    run.report.problem(seeVerify(path, wordsOf(error), run))
    return unread
  }
}
