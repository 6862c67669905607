import { isInDays } from '../core/archive/gap.ts'
import type { JournalEntry } from '../core/archive/journal.ts'
import { type Candidate, inOrder } from '../core/archive/plan.ts'
import { GENERIC } from '../core/extraction.ts'
import { dayIn, isoTime } from '../core/time.ts'
import type { Capture } from '../edge/warc/captures.ts'
import { zoneOf } from '../sites/publishers.ts'
import { archiveAll } from './archive-all.ts'
import { inBatches } from './batches.ts'
import type { CapturedStory } from './captured-stories.ts'
import type { Run } from './run.ts'
import type { Span } from './span.ts'
import { lookUp } from './stored.ts'

/** Which capture answers for a story at the moment: in each round the next of its pages. */
export interface Answering {
  /** `at`: when the capture was made that leads to it; `null` where it is asked for itself. */
  captureOf(id: string, at: number | null): Capture | null
  /** Archives stories from their pages, the oldest first; true where some failed. */
  archive(chosen: readonly CapturedStory[], order: 'newest' | 'oldest', run: Run): Promise<boolean>
}

/** An `Answering` of no stories yet. `isDue`: whether a page is to be read, by what the archive holds of its story. */
export function createAnswering(isDue: typeof isNews): Answering {
  let texts: ReadonlyMap<string, readonly Capture[]> = new Map()
  let round = 0
  return {
    captureOf(id, at) {
      const own = texts.get(id) ?? []
      return at === null
        ? (own[round] ?? own.at(-1) ?? null)
        : (own.find((text) => text.at >= at) ?? own.at(-1) ?? null)
    },
    async archive(chosen, order, run) {
      texts = new Map(chosen.map((story) => [story.candidate.id, story.texts]))
      const named = new Set(texts.keys())
      const looking = { most: Number.POSITIVE_INFINITY, intoFiles: true, named, keepsLeft: false }
      const turn = { left: run.config.limit ?? Number.POSITIVE_INFINITY, letIn: run.io.now() }
      let failed = false
      for (round = 0; turn.left > 0; round += 1) {
        const current = chosen.filter((story) => round < Math.max(1, story.texts.length))
        if (current.length === 0) break
        const due: Candidate[] = []
        for (const story of current) {
          const candidate = asCaptured(story, round)
          const { path, entry } = await lookUp(candidate, run)
          if (isDue(story.texts[round] ?? null, path, entry)) due.push(candidate)
        }
        run.report.expect('backfill', due.length)
        const ordered = inOrder(due, order)
        if (run.config.dryRun) {
          // Of each story one line, whatever the number of its pages.
          await archiveAll(ordered, run, { ...looking, most: turn.left })
          return false
        }
        if (await inBatches(ordered, looking, turn, run)) failed = true
      }
      return failed
    },
  }
}

function asCaptured({ candidate, texts }: CapturedStory, round: number): Candidate {
  const text = texts[round]
  return text === undefined ? candidate : { ...candidate, capturedAt: isoTime(text.at) }
}

/** True for a story of which there is a page or a feed's text, and in the span of days where one is asked for. */
export function isChosen({ candidate, texts }: CapturedStory, span: Span | null): boolean {
  if (texts.length === 0 && candidate.html === null) return false
  const [first] = texts
  const day = candidate.day ?? (first === undefined ? null : dayIn(zoneOf(candidate.url), first.at))
  return span === null || isInDays(span, { day })
}

/** True where nothing is archived of a story, or something older than its page, or what no layout vouches for. */
export function isNews(text: Capture | null, path: string | null, entry: JournalEntry | null): boolean {
  if (path === null) return true
  if (entry === null || text === null) return false
  return entry.fetched < isoTime(text.at) || isWeak(entry)
}

function isWeak({ origin, extraction, doubt }: JournalEntry): boolean {
  return origin === 'feed' || extraction === GENERIC || doubt !== undefined
}

/** No request takes so long, with all its tries. */
const SAME_READING_MS = 5 * 60_000

/** True for the page of which the text that is archived was made. */
export function isSource(text: Capture | null, _path: string | null, entry: JournalEntry | null): boolean {
  if (text === null || entry?.origin !== 'page') return false
  const etag = entry.validators?.etag ?? null
  if (text.etag !== null && etag !== null) return text.etag === etag
  return Math.abs(Date.parse(entry.fetched) - text.at) < SAME_READING_MS
}
