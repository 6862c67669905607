import { textOfHtml, withoutElements } from '../text.ts'
import { datedIn, publishedIn } from './extract.ts'
import { holds, isInPlace } from './parts.ts'
import { timeShown, timesIn, UPDATE } from './shown-times.ts'
import type { Part } from './page.ts'
import { type Sheet, withoutSiteName } from './paper.ts'
import { dayInPath, firstDay, isNearDay, type ToldTime, zonedFirst } from './times.ts'
import {
  ABOVE_MAX_LENGTH,
  dayLines,
  isOfUpdate,
  lineAbove,
  publishedBelow,
  timeLines,
  withoutOthers,
  withTimeAlone,
} from './unknown-time-lines.ts'

/** When a page of no known layout says that its story was published: the times and days that are its own, in their turn. */

/** What is looked for in a page to tell its own times. */
export const PARTS_OF_TIME = {
  h1: 'h1',
  article: 'article',
  aside: 'aside',
  time: 'time',
  /** Of microdata, of RDFa as Drupal 7 writes it, of hAtom. */
  dated: '[itemprop*=datePublished], [property*=dc:date], [property*=dc:created], abbr[title]',
}

/** Between the headline and the text, its scripts among it. */
const BETWEEN_MAX_LENGTH = 200_000

/** Where something stands in a page's HTML. */
type Place = Pick<Part, 'start' | 'end'>

/** Where a text stands last before `start` as all that an element holds; `null` where it does not. The title in the head is none. */
function aloneBefore(html: string, text: string, start: number): Place | null {
  const at = text === '' || start < text.length ? -1 : html.lastIndexOf(text, start - text.length)
  const end = at + text.length
  const isAlone =
    at !== -1 && /^\s*<(?!\/title\b)/i.test(html.slice(end, start)) && html.slice(0, at).trimEnd().endsWith('>')
  return isAlone ? { start: at, end } : null
}

/** Where the headline nearest above the text stands, which begins at `start`: a heading, or one of `titles` alone; `null` without one. */
function headlineAbove({ html }: Sheet, h1: readonly Part[], titles: readonly string[], start: number): Place | null {
  const heading = h1.findLast(({ end }) => end <= start)
  // Below the heading that is the headline it may be said again: of a print, of what is shared.
  if (heading !== undefined && titles.includes(textOfHtml(heading.inner))) return heading
  const found = [heading, ...titles.map((title) => aloneBefore(html, title, start))]
  return found.reduce<Place | null>(
    (last, each) => ((each?.end ?? -1) > (last?.end ?? -1) ? (each ?? null) : last),
    null,
  )
}

/**
 * The times that elements state of publication: those before the text, which begins at `start`, the nearest first; and that behind it,
 * where all there state the same. Others are those of other stories, and of what readers say.
 */
function timesAround(page: Sheet, parts: readonly Part[], start: number): { above: string[]; below: string[] } {
  const published = (part: Part): string[] => timesIn(page, [part]).published
  const above = parts.filter(({ end }) => end <= start)
  const below = parts.filter((part) => part.start >= start)
  const stated = new Set(below.map((part) => part.attribute('content') ?? part.attribute('datetime')))
  return { above: above.toReversed().flatMap(published), below: stated.size === 1 ? below.flatMap(published) : [] }
}

/** A time in a page's scripts, by a name that says what happened then. */
const IN_SCRIPT =
  /\bvar\s+(?:publish(?:ed)?|pub|create)_?(?:date|time|at)\s*=\s*["']?(\d[^"'<>;]{7,40})["']?\s*(?:;|$)/gim

/** The time that the scripts of a page name as that of publication; `null` where they name several. */
function publishedInScripts(html: string): string | null {
  const told = new Set(Array.from(html.matchAll(IN_SCRIPT), ([, time = '']) => time))
  return told.size === 1 ? ([...told][0] ?? null) : null
}

const SHOWN_MAX_LENGTH = 1000
/** Who wrote the story may stand in it as well. */
const STATED_MAX_LENGTH = 200
const LABEL_MAX_LENGTH = 100
const IS_UPDATED = new RegExp(`(?:${UPDATE.source})\\D{0,8}$`, 'i')
/** By what names a time is that of the request, of what readers say, of a film, or of an end. */
const NAMED_OTHERS =
  /(?<![a-z])(?:comments?|repl(?:y|ies)|videos?|player|polls?|vote|visit|current|server|now|expir\w*|end|start|event|deadline|countdown|cached?|render(?:ed)?|request|ads?)(?![a-z])/i
/** A tag with an attribute that states a time for scripts, with its zone or in seconds or milliseconds since 1970. */
const STATING_TIME =
  /<(\w+)\b[^<>]*?\s[\w-]{0,30}(?:title|time|date|stamp|publish)[\w-]{0,30}(?<![-_]id)\s*=\s*["'](\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)|\d{10}|\d{13})["'][^<>]*>/gi

/** The times that attributes of some HTML state of elements that show a number: a time, and no story or gallery. Those of updates are none. */
function timesStated(html: string): string[] {
  return Array.from(html.matchAll(STATING_TIME), ({ 0: tag, 1: name = '', 2: time = '', index }) => {
    const behind = html.slice(index + tag.length, index + tag.length + SHOWN_MAX_LENGTH)
    const end = behind.indexOf(`</${name}`)
    const shown = textOfHtml(behind.slice(0, Math.max(end, 0)))
    const label = textOfHtml(html.slice(Math.max(0, index - LABEL_MAX_LENGTH), index).replace(/^[^<>]*>/, ''))
    const isOther =
      isOfUpdate(tag) || NAMED_OTHERS.test(tag) || UPDATE.test(shown.split(/\d/, 1)[0] ?? '') || IS_UPDATED.test(label)
    return isOther || shown.length > STATED_MAX_LENGTH || !/\d/.test(shown) ? [] : [time]
  }).flat()
}

/** What a page tells of when its story was published. */
interface Told {
  /** The HTML between the headline and the text; empty where either is not found. */
  above: string
  /** Times in their turn, some of them asked for when none before is one. */
  published: (() => string | null)[]
  updated: string[]
  /** What may name the day of one that tells no time, in its turn. */
  days(): (string | null)[]
}

/**
 * What a page tells around a text of its HTML, which begins at `start` (-1: it does not stand there) and whose last line does at `last`,
 * below one of `titles`; its ld+json say `published`. What stands between the two goes first, then what the head says.
 */
export function toldAround(
  page: Sheet,
  parts: Readonly<Record<keyof typeof PARTS_OF_TIME, readonly Part[]>>,
  text: { start: number; last: number; titles: readonly string[]; published: readonly unknown[] },
): Told {
  const isCut = [...parts.h1, ...parts.time, ...parts.dated].every((part) => isInPlace(page, part))
  // Parts of a DOM are not known to stand behind the text: none of them is.
  const start = isCut ? text.start : Infinity
  const titles = text.titles.map((each) => withoutSiteName(each, page.paper))
  const own = headlineAbove(page, isCut ? parts.h1 : [], titles, text.start)
  const below = own === null ? '' : page.html.slice(own.end, Math.min(text.start, own.end + BETWEEN_MAX_LENGTH))
  const above = withoutElements(below, ['script', 'style']).slice(0, ABOVE_MAX_LENGTH)
  const timesBelow = own === null ? '' : timeLines(page.html.slice(text.start))
  const line = own === null ? '' : lineAbove(page.html.slice(0, own.start))
  const behind = text.last === -1 ? '' : publishedBelow(page.html.slice(text.last, text.last + BETWEEN_MAX_LENGTH))
  // What the page says elsewhere is against the clock of its site.
  const day = firstDay([...text.published, ...publishedIn(page)], page.paper) ?? dayInPath(page.url)
  const isNear = (time: string | null): boolean => isNearDay(time, day, page.paper)
  const between = own === null ? [] : parts.time.filter((part) => part.start >= own.end && part.end <= start)
  const around = parts.article.filter((each) => each.start <= start && start < each.end)
  // Behind the text the time of its article is its own; where none holds the text, one that stands in no aside.
  const isOwnTime = (part: Part): boolean =>
    part.end <= start ||
    (around.length > 0
      ? around.some((each) => holds(each, part))
      : ![...parts.article, ...parts.aside].some((each) => holds(each, part)))
  const times = timesAround(page, parts.time.filter(isOwnTime), start)
  const dated = timesAround(
    page,
    parts.dated.filter((part) => part.end <= start || part.attribute('itemprop') !== null),
    start,
  )
  const published: ToldTime<Sheet>[] = [
    // Of a text that scripts hold, and of parts of a DOM, nobody knows what stands before what.
    ...timesIn(page, isCut && start !== -1 ? between : parts.time).published,
    ...publishedIn(page),
    ...dated.above.filter(isNear),
    ...timesStated(above),
    (sheet) => timeShown(sheet, withoutOthers(above)),
    ...timesStated(line).filter(isNear),
    ...[withTimeAlone(line), timesBelow].map((html) => (sheet: Sheet) => [timeShown(sheet, html)].find(isNear) ?? null),
    ...[...times.above, ...dated.below, ...times.below].filter(isNear),
    (sheet) => [timeShown(sheet, behind)].find(isNear) ?? null,
    ...[publishedInScripts(page.html)].filter(isNear),
  ]
  return {
    above,
    published: zonedFirst(published, page),
    updated: timesIn(page, parts.time).updated,
    days() {
      const headed = parts.time.findLast(({ end }) => end <= ((isCut ? own : parts.h1.at(-1))?.start ?? start))
      const headedBy = headed === undefined ? [] : timesIn(page, [headed]).published
      const aside = [dayInPath(page.url), ...dayLines(withTimeAlone(line))]
      const lines = [...dayLines(above), ...dayLines(timesBelow), ...aside, ...dayLines(behind)]
      return [...publishedIn(page), ...lines, ...headedBy, ...datedIn(page)]
    },
  }
}
