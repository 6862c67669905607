import { getOrMake } from '../../core/get-or-make.ts'
import { isInDays } from '../../core/archive/gap.ts'
import type { JournalEntry } from '../../core/archive/journal.ts'
import { type Candidate, inOrder } from '../../core/archive/plan.ts'
import { isInDoubt } from '../../core/extraction.ts'
import { dayIn, isoTime, MINUTE_MS } from '../../core/time.ts'
import type { Capture } from '../../edge/warc/scan.ts'
import { zoneOf } from '../../sites/publishers.ts'
import { archiveAll } from '../story/archive-all.ts'
import { firstTurn, inBatches } from '../story/batches.ts'
import type { CapturedStory } from './stories.ts'
import type { Run } from '../run.ts'
import type { Span } from '../sources/span.ts'
import { lookUp } from '../records/look-up.ts'

/** Which capture answers for a story at the moment: in each round the next of its pages. */
export interface Answering {
  /** `from`: the capture that leads to it, which is none of where it leads; `null` where it is asked for itself. */
  captureOf: (id: string, from: Capture | null) => Capture | null
  /** All pages of a story, or answers of another address, the oldest first. */
  capturesOf: (id: string) => readonly Capture[]
  /**
   * Archives `chosen` stories from their pages, the oldest first; true where some failed. `all`: those too to which a redirect of
   * one may lead.
   */
  archive(
    chosen: readonly CapturedStory[],
    all: Iterable<CapturedStory>,
    order: 'newest' | 'oldest',
    run: Run,
  ): Promise<boolean>
}

/** Whether a page is to be read, and whether what it says is taken then, or only where it is better than what is there. */
type Due = 'yes' | 'if-better' | 'no'

/**
 * Tells it of a page, by where the archive holds its story, what it notes of that, what gives all its pages, the oldest first, and
 * when what is read was captured.
 */
export type IsDue = (
  text: Capture | null,
  path: string | null,
  entry: JournalEntry | null,
  pages: () => readonly Capture[],
  at: string | null,
) => Due

/** An `Answering` of no stories yet. `isDue`: which of its pages are read. */
export function createAnswering(isDue: IsDue): Answering {
  let texts: ReadonlyMap<string, readonly Capture[]> = new Map()
  let round = 0
  return {
    captureOf(id, from) {
      const own = texts.get(id) ?? []
      if (from === null) return own[round] ?? own.at(-1) ?? null
      const others = own.slice(own.indexOf(from) + 1)
      return others.find((text) => text.at >= from.at) ?? others.at(-1) ?? null
    },
    capturesOf: (id) => texts.get(id) ?? [],
    async archive(chosen, all, order, run) {
      texts = new Map(Array.from(all, (story) => [story.candidate.id, story.texts]))
      const named = new Set(chosen.map((story) => story.candidate.id))
      const turn = firstTurn(run)
      let failed = false
      for (round = 0; turn.left > 0; round += 1) {
        const current = chosen.filter((story) => round < Math.max(1, story.texts.length || story.shown.length))
        if (current.length === 0) break
        let pages: ReadonlyMap<string, readonly Capture[]> | null = null
        const pagesOf = (id: string): readonly Capture[] => (pages ??= pagesByFile(chosen, run)).get(id) ?? []
        const due: Candidate[] = []
        for (const story of current) {
          const id = idIn(story, run)
          const candidate = asCaptured(story, round)
          const { path, entry } = await lookUp({ id, day: candidate.day }, run)
          const is = isDue(story.texts[round] ?? null, path, entry, () => pagesOf(id), candidate.capturedAt ?? null)
          if (is !== 'no') due.push(is === 'if-better' ? { ...candidate, mustBeBetter: true } : candidate)
        }
        run.report.expect('backfill', due.length)
        const ordered = inOrder(due, order)
        if (run.config.dryRun) {
          // Of each story one line, whatever the number of its pages.
          await archiveAll(ordered, run, { most: turn.left, named })
          return false
        }
        if (await inBatches(ordered, named, turn, run)) failed = true
      }
      return failed
    },
  }
}

/** The id under which a story is archived: its own, or that of the address which its page named, or to which it moved. */
function idIn({ candidate }: CapturedStory, { state }: Run): string {
  return state.names?.[candidate.id] ?? candidate.id
}

/** By the ids under which stories are archived, the pages of each, the oldest first: of two addresses one may be the other's. */
function pagesByFile(stories: readonly CapturedStory[], run: Run): Map<string, Capture[]> {
  const pages = new Map<string, Capture[]>()
  for (const story of stories) {
    getOrMake(pages, idIn(story, run), () => []).push(...story.texts)
  }
  for (const own of pages.values()) own.sort((a, b) => a.at - b.at)
  return pages
}

/**
 * What lists and feeds showed of it when its page was captured is read with that, and each in its turn where no page was: that page
 * is missed once, with the last.
 */
function asCaptured({ candidate, shown, texts }: CapturedStory, round: number): Candidate {
  const text = texts[round]
  const former = round < shown.length - 1 ? shown[round] : undefined
  if (text === undefined) return former === undefined ? candidate : { ...former.candidate, isFormer: true }
  const state = shown.findLast(({ since }) => since <= text.at) ?? shown[0]
  return { ...(state?.candidate ?? candidate), capturedAt: isoTime(text.at) }
}

/** True for a story that is asked for, of which there is a page or a feed's text, in the span of days where one is asked for. */
export function isChosen({ candidate, texts, isAsked }: CapturedStory, span: Span | null): boolean {
  if (!isAsked) return false
  if (texts.length === 0 && candidate.html === null) return false
  const [first] = texts
  const day = candidate.day ?? (first === undefined ? null : dayIn(zoneOf(candidate.url), first.at))
  return span === null || isInDays(span, { day })
}

/** Due where nothing is archived of a story, or something older than its page, a feed's text, or what no layout vouches for. */
export const isNews: IsDue = (text, path, entry, _pages, at) => {
  if (path === null) return 'yes'
  if (entry === null) return 'no'
  if (text === null) return entry.origin === 'feed' && at !== null && entry.fetched < at ? 'yes' : 'no'
  if (entry.fetched < isoTime(text.at) || entry.origin === 'feed') return 'yes'
  return isInDoubt(entry) ? 'if-better' : 'no'
}

/** No request takes so long, with all its tries. */
const SAME_READING_MS = 5 * MINUTE_MS

/** Due is the page of which the text that is archived was made: the last one of its reading that was had before it was stored. */
export const isSource: IsDue = (text, _path, entry, pages) => {
  if (text === null || entry?.origin !== 'page') return 'no'
  const etag = entry.validators?.etag ?? null
  const fetched = Date.parse(entry.fetched)
  const source = pages().findLast((one) => {
    if (one.at > fetched) return false
    return one.etag !== null && etag !== null ? one.etag === etag : fetched - one.at < SAME_READING_MS
  })
  return text === source ? 'yes' : 'no'
}
