import type { JournalEntry } from '../../core/archive/journal.ts'
import type { Candidate } from '../../core/archive/plan.ts'
import type { Document } from '../../core/document/document.ts'
import type { Validators } from '../../core/model.ts'
import type { Message } from '../../words/words.ts'
import type { Left } from '../found.ts'
import type { Reading } from '../reading/read-story.ts'
import type { StoredFile } from '../records/look-up.ts'

/** What became of one story. */
export type Result =
  | {
      kind: 'written' | 'revised' | 'unchanged'
      path: string
      document: Document
      entry: JournalEntry
      /** What was read of the page; `null` where nothing was. */
      body: Reading['body'] | null
      owed: Failure | null
      /** Why the text may not be whole, one line, where that is new. */
      warning?: Message
    }
  | { kind: 'failed'; failure: Failure }
  /** Its page is that of a story which is archived under its own address. */
  | { kind: 'same'; as: string }
  /** Its page names another story of this run: whether it is that is known when that one is stored. */
  | { kind: 'later'; decide: () => Promise<Result> }
  /** The host asked for a pause. `asked`: by the answer to this story's own request, which counts as a try. */
  | { kind: 'waiting'; until: number; asked: boolean }
  /** It had no turn: it is the next run's. */
  | { kind: 'left'; why: Left }

/** What became of a story and its file. */
export type StoredResult = Extract<Result, { path: string }>

/** Why a page could not be had. `final`: asking again is of no use. */
export interface Failure {
  reason: Message
  final: boolean
  /** Nothing was asked for: its host is left alone until the next run, and the story has not failed. */
  ofHost?: boolean
  /** No page of it was to be had, as it may be of all stories of its site when that is down, blocks, or is being rebuilt. */
  isDenied?: boolean
  /** The page holds no article, or may not be asked for: later it will be so, too. */
  settled?: boolean
  /** Its page is at a host or an address that may not be asked. */
  isElsewhere?: boolean
  /** Its file is there, and whole. */
  isArchived?: boolean
  /** Its file, or its day's folder, could not be read or written: no matter of the site, and not over by itself. */
  isLocal?: boolean
}

/** What a page or a feed gave, with where it came from. */
export interface SourcedReading {
  story: Reading
  validators: Validators | null
  origin: JournalEntry['origin']
  /** The site at which the page is; `null` where it is of no matter. */
  site: string | null
  /** Where the page is kept that no layout read or a witness doubts, relative to the archive; else `null`. */
  kept: string | null
}

/** A story in hand: as sources name it, its file as it was read in this run, and what is noted of it. */
export interface StoryInHand {
  candidate: Candidate
  there: StoredFile | null
  known: JournalEntry | null
}

/** A story that failed. `final`: asking again is of no use. */
export function failed(reason: Message, final: boolean): Result {
  return { kind: 'failed', failure: { reason, final } }
}
