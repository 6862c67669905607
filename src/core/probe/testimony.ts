import type { Access, Ending } from '../model.ts'
import { isAnotherHeadline, lettersIn, missingSentences, sharedPairs, sharedSentences } from '../witness.ts'
import { type Message, message } from '../../words/words.ts'
import type { StoryReport } from './report.ts'
import { isSameHeadline, SAME_LISTED_TIME_MS, share } from './same.ts'

/** What the witnesses in a page say of its story, in their words; by witness. */
export interface Testimony {
  headlines: Record<string, string>
  /** ISO 8601 UTC. */
  times: Record<string, string>
  /** The story's text, by others than the layout: the page's data, or a reading that knows no layout, `generic`. */
  bodies: Record<string, string>
  wordCount: number | null
  access: Record<string, Access>
  pictures: { data: number | null; head: boolean }
  isShuffled: boolean
  /** Letters of prose near the body that are not in it. */
  outside: number
  /** The elements down to those that hold most of the prose. */
  proseAt: string | null
}

/** What was read of a page. */
export interface ReadPage {
  layout: string
  ending: Ending
  title: string
  published: string | null
  access: Access
  text: string
  paragraphs: number
  pictures: number
  captions: number
  doubts: readonly Message[]
}

/** What sources show of a story. */
export interface ShownStory {
  source: string
  title: string | null
  published: string | null
  /** The text that it carries; `null` where it carries none. */
  text: string | null
}

/** Pages show the minute. */
const SAME_TIME_MS = 90_000

/** One that was cut or edited lightly is the same. */
const SAME_HEADLINE = 0.8

/** Puts what the witnesses say beside what was read (`null` where nothing was): figures, and no word of theirs. */
export function compared(
  read: ReadPage | null,
  testimony: Testimony,
  shown: readonly ShownStory[],
): Pick<StoryReport, 'headline' | 'time' | 'body' | 'pictures' | 'access' | 'doubts'> {
  const text = read?.text ?? ''
  const headlines = entriesOf(testimony.headlines, shown, ({ title }) => title)
  const title = read?.title ?? headlines[0]?.[1] ?? ''
  const times = entriesOf(testimony.times, shown, ({ published }) => published)
  const published = read?.published ?? times[0]?.[1] ?? null
  const listed = new Set(shown.map(({ source }) => source))
  const bodies = entriesOf(testimony.bodies, shown, (one) => one.text).filter(([witness]) => witness !== read?.layout)
  return {
    headline: {
      letters: lettersIn(title),
      witnesses: headlines.map(([witness]) => witness),
      others: headlines.flatMap(([witness, said]) => {
        if (isSameHeadline(said, title)) return []
        const shared = sharedPairs(said, title)
        return shared !== null && shared >= SAME_HEADLINE
          ? []
          : [{ witness, letters: lettersIn(said), shared: share(shared ?? 0) }]
      }),
    },
    time: {
      published,
      says: Object.fromEntries(times),
      others: times.flatMap(([witness, time]) => {
        const span = listed.has(witness) ? SAME_LISTED_TIME_MS : SAME_TIME_MS
        return published !== null && Math.abs(Date.parse(time) - Date.parse(published)) > span ? [witness] : []
      }),
    },
    body: {
      letters: lettersIn(text),
      paragraphs: read?.paragraphs ?? 0,
      outside: read === null ? 0 : testimony.outside,
      says: Object.fromEntries(
        bodies.map(([witness, said]) => [
          witness,
          { letters: lettersIn(said), shared: share(sharedSentences(said, text)) },
        ]),
      ),
      wordCount: testimony.wordCount,
      isShuffled: testimony.isShuffled,
      at: testimony.proseAt,
    },
    pictures: { body: read?.pictures ?? 0, captions: read?.captions ?? 0, ...testimony.pictures },
    access: { read: read?.access ?? null, says: testimony.access },
    doubts: read === null ? [] : [...read.doubts, ...doubtsOf(read, shown)],
  }
}

function entriesOf(
  inPage: Readonly<Record<string, string>>,
  shown: readonly ShownStory[],
  of: (one: ShownStory) => string | null,
): [witness: string, said: string][] {
  const listed = shown.flatMap((one): [string, string][] => {
    const said = of(one)
    return said === null || said === '' ? [] : [[one.source, said]]
  })
  return [...Object.entries(inPage).filter(([, said]) => said !== ''), ...listed]
}

/** What the sources say against a reading, as a run would. */
function doubtsOf({ title, text, access }: ReadPage, shown: readonly ShownStory[]): Message[] {
  const doubts = shown.flatMap((one) => [
    one.title !== null && isAnotherHeadline(one.title, title, text)
      ? message`${one.source} shows another headline`
      : null,
    one.text === null || access === 'subscriber' ? null : missingSentences(one.text, text, one.source),
  ])
  return doubts.filter((doubt) => doubt !== null)
}
