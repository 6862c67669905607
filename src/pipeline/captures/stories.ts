import { getOrMake } from '../../core/get-or-make.ts'
import type { Candidate } from '../../core/archive/plan.ts'
import type { Captures } from '../../edge/warc/captures.ts'
import type { Capture } from '../../edge/warc/scan.ts'
import { identify, storyId } from '../../sites/publishers.ts'
import { isoTime } from '../../core/time.ts'
import { urlOf } from '../../core/url.ts'
import { candidateAt } from '../candidate.ts'
import { SUMMARY_SHARE } from '../story/page-or-feed.ts'
import { merge, poll } from '../sources/poll.ts'
import type { Source } from '../configured/sources.ts'
import type { Http } from '../../edge/http/http.ts'
import { hasDocument } from '../../edge/http/status.ts'
import { keyOf, type Selection } from '../reading/selection.ts'

/** A story as captures tell of it. */
export interface CapturedStory {
  /** What a list or feed shows of it last, else its first address alone. */
  candidate: Candidate
  /** What lists and feeds showed of it, one after the other; none where they are not at hand. */
  shown: readonly ShownState[]
  /** Its pages, the oldest first. */
  texts: Capture[]
  isAsked: boolean
}

/** What lists and feeds showed of a story from a time (ms) on. */
interface ShownState {
  since: number
  candidate: Candidate
}

/** Characters of feeds' texts that are kept at hand, of all together. */
const MOST_CHARACTERS = 64_000_000

/** By id, what captured lists and feeds show of each story, one after the other. `ask`: makes a client that answers from one capture. */
export async function shownIn(
  captures: Captures,
  sources: readonly Source[],
  ask: (capture: Capture) => Http,
): Promise<Map<string, ShownState[]>> {
  const known = new Map(sources.map((source) => [keyOf(source.url), source]))
  const shown = new Map<string, ShownState[]>()
  /** By story and source, what the source itself showed last. */
  const told = new Map<string, Told>()
  const looks = new Set<string | null>()
  let characters = 0
  for (const capture of inTime(captures.all)) {
    const source = known.get(keyOf(capture.url))
    // Most looks at a list show what the one before did.
    if (source === undefined || capture.status !== 200 || looks.has(capture.digest)) continue
    if (capture.digest !== null) looks.add(capture.digest)
    const answer = await poll(source, undefined, ask(capture), capture.at)
    for (const candidate of merge([answer])) {
      const states = getOrMake(shown, candidate.id, () => [])
      const last = states.at(-1)
      const before = last?.candidate
      const text = characters < MOST_CHARACTERS ? candidate.html : null
      const key = `${candidate.id} ${source.url}`
      const own = told.get(key)
      const now = { title: candidate.title, html: text }
      const { title, html } = before === undefined ? now : afterwards(now, own, before)
      const isNext = own !== undefined && (before?.title !== title || before?.html !== html)
      told.set(key, now)
      characters += (html?.length ?? 0) - (isNext ? 0 : (before?.html?.length ?? 0))
      const isOther =
        before?.hasSeveralTexts === true || (!isNext && before?.html != null && text !== null && before.html !== text)
      const state = {
        since: isNext ? capture.at : (last?.since ?? capture.at),
        candidate: {
          ...candidate,
          url: before?.url ?? candidate.url,
          title,
          html,
          seen: { ...before?.seen, ...candidate.seen },
          ...(isOther ? { hasSeveralTexts: true } : {}),
          capturedAt: isoTime(capture.at),
        },
      }
      if (!isNext) states.pop()
      states.push(state)
    }
  }
  return shown
}

/** A story as a source shows it. */
type Told = Pick<Candidate, 'title' | 'html'>

/**
 * A story that was `before`, once a source shows it so `now` that showed `own` last. Of two sources each may show it in its own way: what
 * one changed itself is news, and no summary of the other's text.
 */
function afterwards(now: Told, own: Told | undefined, before: Told): Told {
  const isSameTitle = (own?.title ?? now.title) === now.title
  const title = isSameTitle ? (before.title ?? now.title) : now.title
  return { title, html: isNewText(now.html, own?.html ?? null, before.html) ? now.html : before.html }
}

function isNewText(now: string | null, own: string | null, before: string | null): boolean {
  if (now === null || before === null) return now !== null
  if (own === null) return now.length > before.length
  return now !== own && (own === before || now.length >= SUMMARY_SHARE * before.length)
}

const inTime = (captures: readonly Capture[]): Capture[] => captures.toSorted((a, b) => a.at - b.at)

/** The answer that stands for another one's, with the bytes of that; `null` where they are not at hand. */
function followed(capture: Capture, originals: ReadonlyMap<string, Capture>): Capture | null {
  if (capture.same === null) return capture
  const original = capture.same.map((name) => originals.get(name)).find((one) => one !== undefined)
  return original === undefined ? null : { ...capture, file: original.file, place: original.place }
}

/**
 * By id, the stories of captures, each with its pages and under its first address: those that are asked for, and those to which
 * others may lead. Where a redirect leads within a story is one of its pages anyhow; where it leads to another, it is a page of its
 * own. `lost`: how many captures repeat an answer that is in none of the files.
 */
export function storiesIn(
  captures: Captures,
  { ids }: Selection,
  shown: ReadonlyMap<string, readonly ShownState[]>,
): { stories: Map<string, CapturedStory>; lost: number } {
  const stories = new Map<string, CapturedStory>()
  let lost = 0
  const originals = new Map(
    captures.all.flatMap((one) => (one.same === null ? one.names.map((name) => [name, one] as const) : [])),
  )
  const isAsked = (id: string, url: string): boolean =>
    ids === null ? storyId(url) !== null || shown.has(id) : ids.has(id)
  for (const [id, states] of shown) {
    const { candidate } = states.at(-1)!
    stories.set(id, { candidate, shown: states, texts: [], isAsked: isAsked(id, candidate.url) })
  }
  for (const capture of inTime(captures.all)) {
    const { id } = identify(capture.url)
    const { url } = capture
    const story = getOrMake(stories, id, () => {
      return { candidate: candidateAt(url), shown: [], texts: [], isAsked: isAsked(id, url) }
    })
    const target = capture.location === null ? null : urlOf(capture.location, capture.url)
    const isText = hasDocument(capture.status) || (target !== null && identify(target.href).id !== id)
    const text = isText ? followed(capture, originals) : null
    if (text !== null) story.texts.push(text)
    else if (isText && story.isAsked) lost += 1
  }
  return { stories, lost }
}
