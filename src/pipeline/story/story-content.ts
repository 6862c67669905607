import { placeOfPath } from '../../core/archive/path.ts'
import type { Candidate } from '../../core/archive/plan.ts'
import type { Content } from '../../core/document/render.ts'
import { extractionMark } from '../../core/extraction.ts'
import { languageOf, languageOfText } from '../../core/language.ts'
import { present } from '../../core/present.ts'
import { contentOf } from '../../core/record/content.ts'
import { dayIn, isOfDay, isPossible, timeOfDay } from '../../core/time.ts'
import { aboutOf, isForeign, sectionOf, zoneOf } from '../../sites/publishers.ts'
import { fetchedOf } from '../candidate.ts'
import { extraKeys } from '../records/extra-keys.ts'
import { wordsOfReading } from './page-or-feed.ts'
import type { Reading } from '../reading/read-story.ts'
import type { Tools } from '../run.ts'
import { entryOfSite, feedEntry, ownSection } from '../configured/sources.ts'
import { nameOfAddress } from '../../core/url.ts'

/**
 * The story that a reading tells, with what its sources and the configuration know of it, its day, and what its document is to
 * say. `there`: its file, where it has one, the address, the time of publication and the headline that it tells, and whether a
 * source ever told that time.
 */
export function contentFor(
  reading: Reading,
  candidate: Candidate,
  there: { path: string; from: string; published: string | null; title: string; timeTold: boolean } | null,
  { config, io }: Tools,
): { story: Reading; day: string; content: Content } {
  const { url, source } = candidate
  const read = titled(reading, candidate, there?.title ?? null)
  const tags = [read.lang, candidate.lang ?? null].filter((tag) => tag !== null)
  const lang = languageOf(tags, `${read.title}\n${wordsOfReading(read)}`)
  const published = timeOf(read, candidate, there, io.now())
  const story = { ...read, published, lang }
  // In its URL; else of its file; else that of publication by its paper's clock, or as its feed or its page tells it; else that on
  // which it was read.
  const told = published === null ? (candidate.toldDay ?? possibleDay(read, io.now())) : undefined
  const ms = Date.parse(published ?? fetchedOf(candidate, io))
  const day = candidate.day ?? (there && placeOfPath(there.path).day) ?? told ?? dayIn(zoneOf(url), ms)
  const section = ownSection(source, config) ?? sectionOf(there?.from ?? url)
  const extra = extraKeys(config.keys, { ...story, section })
  const content = {
    ...contentOf(story, { ...aboutOf(url), day, extra, body: story.body }),
    ...toldOf(candidate, config),
    extraction: extractionMark(story.extraction),
  }
  return { story, day, content }
}

/**
 * A page without a headline is named by its address: the headline that a source showed is better. So it is where the page's
 * is that and the name of a site that nobody knows; where no source shows the story now, so is the one that it showed last, or that of
 * its file (`written`), where nothing else stands behind it.
 */
function titled(story: Reading, { title, url, seen }: Candidate, written: string | null): Reading {
  const isShownNow = title !== null && Object.keys(seen).length > 0
  const name = nameOfAddress(url)
  const known = title ?? written
  if (known === null) return story
  const isLonger = story.title.length > known.length && known.length >= LEAST_HEADLINE
  const isMore = isShownNow
    ? story.title.startsWith(known) || story.title.endsWith(known)
    : story.title.startsWith(known) && BEFORE_NAME.test(story.title.slice(known.length))
  const isNamed = title !== null && story.title === name
  return isNamed || (isForeign(url) && isLonger && isMore) ? { ...story, title: known } : story
}

/** What sets a site's name off from the headline before it; where words in small letters follow a dash, the headline goes on. */
const BEFORE_NAME = /^(?:\s*[|｜_•·«»]|\s[–—-]\s(?!\p{Ll}\S*\s))/u
/** Shorter headlines may begin another one. */
const LEAST_HEADLINE = 4

/**
 * The page's time, in its day. Of a page that nobody knows any time may be another's: that of the feed goes before it, but for one
 * later than what the file tells, which is when the story was edited or shown again, unless the page agrees, as the feed's own text does
 * not; and once a feed told one, the page takes none away, and what it agrees with stays. What no story can have is a fault of what
 * made it: a time to come, or that of an empty field; but where it is of the day in the address, it is this machine's clock that is
 * behind. A page that tells no time any more takes none away.
 */
function timeOf(
  { published, extraction }: Reading,
  candidate: Candidate,
  there: { published: string | null; timeTold: boolean } | null,
  nowMs: number,
): string | null {
  const { day, url } = candidate
  const before = there?.published ?? null
  const zone = zoneOf(url)
  const told = timeOfDay(candidate.published, day, zone)
  const isAgreed = told !== null && published === told && extraction !== 'feed'
  const isLater = told !== null && before !== null && before < told && !isAgreed
  const isTold = before !== null && there?.timeTold === true
  const isSame = isSameTime(before, published)
  const shown = isLater || (isTold && isSame) || isSameTime(before, told) ? before : told
  const kept = timeOfDay(before, day, zone)
  const stays = before !== null && (isTold || isSame)
  const times = isForeign(url) ? [shown, stays ? before : published] : [published, kept, shown]
  const isMeant = (ms: number): boolean => isPossible(ms, nowMs) || (day !== null && isOfDay(ms, day, zone))
  return times.find((time) => time !== null && isMeant(Date.parse(time))) ?? kept
}

/** How a time ends that is told to the minute, or to the second, and how much of it that is. */
const GRAINS = [
  [':00.000Z', 16],
  ['.000Z', 19],
] as const

/** Whether two times are one, of which one may be told less exactly: the other is no edit. */
function isSameTime(before: string | null, now: string | null): boolean {
  const isAlike = (end: string, length: number): boolean =>
    [before, now].some((time) => time?.endsWith(end)) && before?.slice(0, length) === now?.slice(0, length)
  return before === now || GRAINS.some(([end, length]) => isAlike(end, length))
}

/** The day that a page tells, where it is none to come. */
function possibleDay({ day }: Reading, nowMs: number): string | undefined {
  return day !== undefined && isPossible(Date.parse(day), nowMs) ? day : undefined
}

/** What the configuration says of a story: of all those of its feed, or where no feed showed it, of all feeds of its site. */
function toldOf({ source, url }: Candidate, config: Tools['config']): Partial<Content> {
  const entry = source === undefined ? entryOfSite(url, config) : feedEntry(source, config)
  const { name, author = name, tags, categories } = entry ?? {}
  const own = author === undefined ? undefined : [author]
  return present({ author, tags: tags ?? own, categories: categories ?? own })
}

/** The language of a story for the journal, which leaves it out where the letters of the story alone tell it. */
export function langToNote(story: Reading): { lang?: string } {
  const { lang } = story
  return lang === null || lang === languageOfText(`${story.title}\n${wordsOfReading(story)}`) ? {} : { lang }
}
