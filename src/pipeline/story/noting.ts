import { doubtOf } from '../../core/extraction.ts'
import type { Document } from '../../core/document/document.ts'
import { digestOf, type JournalEntry } from '../../core/archive/journal.ts'
import { type Candidate, isShownAnew, tellsOfUpdate } from '../../core/archive/plan.ts'
import { present } from '../../core/present.ts'
import { addressOf, isForeign } from '../../sites/publishers.ts'
import { fetchedOf } from '../candidate.ts'
import { ownSection } from '../configured/sources.ts'
import type { Tools } from '../run.ts'
import type { Failure, SourcedReading, StoredResult, StoryInHand } from './result.ts'
import { langToNote } from './story-content.ts'

/** A story's file as it stands now. */
interface Kept {
  path: string
  document: Document
  text: string
  revision: number
  outline: string | null
}

/** What was stored of a story. `owed`: why its page could not be had, where its feed's text stands in. */
interface Stored {
  found: SourcedReading
  owed: Failure | null
}

/** The story is durable: then the journal, so that a dead run leaves a story without notes and never the reverse. */
export async function noteStored(
  kind: 'written' | 'revised' | 'unchanged',
  { path, document, text, revision, outline }: Kept,
  { candidate, found, known, owed }: Pick<StoryInHand, 'candidate' | 'known'> & Stored,
  run: Tools,
): Promise<StoredResult> {
  const doubt = doubtOf(found.story.doubts)
  const entry: JournalEntry = {
    id: candidate.id,
    path,
    url: addressOf(candidate.url),
    status: kind,
    fetched: fetchedOf(candidate, run.io),
    published: found.story.published,
    ...timeToldOf(found.story.published, candidate, known),
    updated: found.story.updated,
    bylines: found.story.bylines,
    keywords: found.story.keywords,
    revision,
    seen: candidate.seen,
    ...(kind === 'unchanged' && known !== null ? idleOf(candidate, known) : {}),
    ...toldUpdateOf(candidate, known),
    validators: found.validators,
    origin: found.origin,
    extraction: found.story.extraction,
    ...present({ doubt, section: ownSection(candidate.source, run.config) }),
    ...langToNote(found.story),
    digest: digestOf(text),
    outline,
  }
  await run.journal.append(entry)
  return { kind, path, document, entry, body: found.story.body, owed }
}

/** What is noted where the page shows nothing of the update that its feed may tell of, or of what its sources show anew. */
function idleOf(candidate: Candidate, known: JournalEntry): Pick<JournalEntry, 'idle' | 'vain'> {
  return {
    ...(tellsOfUpdate(candidate, known) ? { idle: (known.idle ?? 0) + 1 } : {}),
    ...(isShownAnew(candidate, known) ? { vain: (known.vain ?? 0) + 1 } : {}),
  }
}

/** What is noted of a time of publication, where a source told it of a paper that nobody knows. */
function timeToldOf(
  time: string | null | undefined,
  { url, published }: Candidate,
  known: JournalEntry | null,
): Pick<JournalEntry, 'timeTold'> {
  const isTold = published !== null && published === time
  const wasTold = known?.timeTold === true && known.published === time
  return isForeign(url) && (isTold || wasTold) ? { timeTold: true } : {}
}

/** What is noted of the update of which its feed told when the page was read; a captured feed may have told it later. */
function toldUpdateOf(
  { updated, capturedAt }: Candidate,
  known: JournalEntry | null,
): Pick<JournalEntry, 'toldUpdate'> {
  return present({ toldUpdate: capturedAt === undefined ? (updated ?? known?.toldUpdate) : undefined })
}

/**
 * The page did not change: what the sources show now is noted, and when it was read, nothing else. `isRead`: false where what was read
 * is none of its last text.
 */
export async function note(
  candidate: Candidate,
  { path, document }: { path: string; document: Document },
  known: JournalEntry,
  run: Tools,
  isRead = true,
): Promise<StoredResult> {
  const read = isRead ? { fetched: fetchedOf(candidate, run.io), ...toldUpdateOf(candidate, known) } : {}
  const shown = { seen: candidate.seen, ...idleOf(candidate, known), ...timeToldOf(known.published, candidate, known) }
  const entry = { ...known, status: 'unchanged' as const, ...shown, ...read }
  await run.journal.append(entry)
  return { kind: 'unchanged', path, document, entry, body: null, owed: null }
}
