import { inSimplified } from '../../core/language.ts'
import { textOfHtml, withoutElements } from '../text.ts'
import { COUNT } from '../generic/clean.ts'
import { isTimeLine } from '../generic/time-line.ts'
import {
  datedIn,
  holds,
  isInPlace,
  publishedIn,
  PUBLICATION,
  timeShown,
  timesIn,
  UPDATE,
  UPDATE_NAME,
} from './extract.ts'
import { endsSentence, wordsIn } from '../../core/text/sentences.ts'
import type { Part } from './page.ts'
import { type Sheet, withoutSiteName } from './paper.ts'
import { dayInPath, firstDay, isNearDay, type ToldTime, zonedFirst } from './times.ts'

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

/** Between the headline and the text, its scripts among it, and without them. */
const BETWEEN_MAX_LENGTH = 200_000
const ABOVE_MAX_LENGTH = 20_000

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

/** So much is looked through for lines of a day. */
const LINES_MAX_LENGTH = 10_000
/** Longer ones are no lines of a day: a sentence may name any. */
const DAY_LINE_MAX_LENGTH = 60
/** What names other days, or is not seen: captions, headlines below the headline, programs, comments. */
const NOT_OF_DAY = /<(figure|h[23]|script|style|template)\b[^<>]*>[^]*?<\/\1\s*>|<!--[^]*?-->/gi
/** What goes on behind or before a day that a sentence names, or between two. */
const IN_SENTENCE =
  /[\d一二三四五六七八九十][日号][，,、]?(?!星期|周|礼拜|来源|作者|发[布表]$)\p{Script=Han}|\b(?:since|until|before|after)\b|\d\s*[–—]\s*\d(?!\d?[:h])/iu
/** What stands before a time or a day that is not the story's: of what readers say, of a picture, of what is still to come. */
const OF_OTHERS =
  /^\D{0,60}\b(?:(?:last|latest) (?:comment|post|reply|visit)|when|where|date and time|deadline|begin(?:s|n)?|starts?|kick-?off|closes?|expires?|recorded|born|photos?)\b\D{0,40}\d|[摄攝][于於]|截止|地[点點][:：]|(?:[图圖]片|[视視][频頻]|[数數][据據]|[资資]料)[来來]源|(?:演出|[开開][幕演赛賽]|活[动動]|比[赛賽]|[会會][议議]|[报報]名|展[览覽]|[举舉][办辦])(?:[时時][间間]|日期)|[记記]者[会會]/i
/** Where elements state their day for machines. */
const STATING = /<(?:time\b|\w+\b[^<>]*?\b(?:datePublished|dc:date|dc:created)\b)[^<>]*>/gi
const STATED = /\s(?:datetime|content)\s*=\s*["']([^"'<>]*)/i

/** Tags of what stands on lines of its own. */
const LINE_TAGS =
  /<\/?(?:div|p|br|hr|li|[oud]l|d[dt]|h[1-6r]|header|hgroup|section|article|main|aside|nav|form|table|tbody|t[dr]|title|head|body|html)\b[^<>]*>/i
/** So much is looked through for a line right above a headline, and for those at the beginning of a text. */
const BESIDE_MAX_LENGTH = 3000
/** A text may begin with a standfirst, and its time below that. */
const FIRST_LINES = 4

/** What ends above what holds the headline, or begins that: the head of the site, with the clock. */
const BOUND = /<(?:main|article|\/(?:header|nav|aside|footer|article))\b[^<>]*>/i
/** What shows the time of the request, by the names of its box. */
const NOW =
  /<\w+\b[^<>]*?\s(?:class|id)\s*=\s*["']?[^"'<>]*(?<![a-z])(?:current|today|now|heute|weather)(?![a-z])[^<>]*>[^<>]*/gi

/** HTML as that of its lines that show something. */
function linesOf(html: string): string[] {
  const lines = html.replace(NOT_OF_DAY, '<br>').split(LINE_TAGS)
  return lines.filter((line) => textOfHtml(line) !== '')
}

const LINK = /<a\b[^<>]*?\shref\s*=\s*["']?(?!["'#]|javascript:)/i

const COMMENT = /<!--(?:(?!<!--)[^])*?-->/g

/** A link of more words leads to a story, and to no section. */
const SECTION_WORDS = 4

/**
 * The line right above a headline, where it may be that of its day: some papers have it there. One with a link may be of another story,
 * as may one below such a link.
 */
function lineAbove(html: string): string {
  const seen = withoutElements(html.slice(-ABOVE_MAX_LENGTH).replace(COMMENT, ''), ['script', 'style'])
  const beside = seen.slice(-BESIDE_MAX_LENGTH).split(BOUND).at(-1) ?? ''
  const lines = linesOf(beside.replace(NOW, '<br>')).toReversed()
  // Whose the story is may stand between the two.
  const nearest = lines.findIndex((each) => /\d/.test(textOfHtml(each)) || !WHOSE.test(inSimplified(textOfHtml(each))))
  const [line = '', before = ''] = nearest === -1 ? [] : lines.slice(nearest)
  const isOfStory = LINK.test(before) && wordsIn(textOfHtml(before.replace(/^[^]*?(?=<a\b)/i, ''))) > SECTION_WORDS
  return textOfHtml(line).length <= DAY_LINE_MAX_LENGTH && !LINK.test(line) && !isOfStory ? line : ''
}

/** A line of whose a story is. */
const WHOSE = /^(?:by\s|(?:来源|\p{Script=Han}{0,6}记者)[:：\s])/iu

/** Whose a story is, beside its time. */
const SIGNED = /^by\s|来源|记者|기자/i

/**
 * A line without its tags where it says that it tells of publication, or whose numbers are those of a time, beside the name of a section
 * and how often it was read at most; empty where others are among them.
 */
function withTimeAlone(line: string): string {
  const pieces = line.split(/<[^<>]*>/)
  const text = inSimplified(textOfHtml(line))
  const isOwn = PUBLICATION.test(text) || SIGNED.test(text) || isTimeLine(text)
  return isOwn || pieces.map(textOfHtml).every((piece) => !/\d/.test(piece) || isTimeLine(piece) || COUNT.test(piece))
    ? pieces.join(' ')
    : ''
}

const DAY_AND_CLOCK = /(?:19|20)\d\d\D.*\d:\d\d/

/** True for a line of a time, with whose the story is beside it or nothing. */
function isOfTime(line: string): boolean {
  const text = textOfHtml(line)
  if (isTimeLine(text)) return true
  if (text.length > DAY_LINE_MAX_LENGTH || !DAY_AND_CLOCK.test(text) || endsSentence(text)) return false
  return SIGNED.test(inSimplified(text)) && !IN_SENTENCE.test(inSimplified(text)) && !OF_OTHERS.test(text)
}

/** Lines at the beginning of a text that tell a time and no more of the story. Where more follow, they head its parts. */
function timeLines(text: string): string {
  const lines = linesOf(text.slice(0, BESIDE_MAX_LENGTH))
  return lines.findLastIndex(isOfTime) < FIRST_LINES ? lines.filter(isOfTime).join('<br>') : ''
}

/** A time in a page's scripts, by a name that says what happened then. */
const IN_SCRIPT =
  /\bvar\s+(?:publish(?:ed)?|pub|create)_?(?:date|time|at)\s*=\s*["']?(\d[^"'<>;]{7,40})["']?\s*(?:;|$)/gim

/** The time that the scripts of a page name as that of publication; `null` where they name several. */
function publishedInScripts(html: string): string | null {
  const told = new Set(Array.from(html.matchAll(IN_SCRIPT), ([, time = '']) => time))
  return told.size === 1 ? ([...told][0] ?? null) : null
}

const PUBLISHED_AT = /^发布(?:日期|时间|[于於在])?[\s:：]*(?=\d)/

/** What begins other things behind a text: another story, what readers say. */
const OTHERS_BEGIN =
  /<(?:h[1-6]|article|aside|footer|form)\b|<\w+\b[^<>]*?\s(?:class|id)\s*=\s*["']?[^"'<>]*(?:comment|reply|replies|pinglun|liuyan|related)/i
/** So many lines from the last of a text on may tell when it was published. */
const LINES_BELOW = 8

/** The lines among these that say when something was published. */
function labelledAmong(lines: readonly string[]): string[] {
  const texts = lines.map((line) => inSimplified(textOfHtml(line)))
  return texts.filter((text) => text.length <= DAY_LINE_MAX_LENGTH && PUBLISHED_AT.test(text) && !endsSentence(text))
}

/**
 * The line soon behind a text, of which `below` begins with the last, that says when it was published; empty where several do: they are
 * of other stories.
 */
function publishedBelow(below: string): string {
  if (!/[发發][布佈]/.test(below)) return ''
  const html = withoutElements(below, ['script', 'style'])
  const [, ...near] = linesOf(html.split(OTHERS_BEGIN, 1)[0] ?? '').slice(0, LINES_BELOW)
  const other = near.findIndex((line) => LINK.test(line) && wordsIn(textOfHtml(line)) > SECTION_WORDS)
  const [told = ''] = labelledAmong(near.slice(0, other === -1 ? undefined : other))
  return new Set(labelledAmong(linesOf(html))).size === 1 ? told : ''
}

/** The HTML above a text without the lines that name the times of something else. */
function withoutOthers(above: string): string {
  return above
    .split(LINE_TAGS)
    .filter((line) => !OF_OTHERS.test(textOfHtml(line)))
    .join('<br>')
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

const isOfUpdate = (tag: string): boolean => UPDATE_NAME.test(tag) && !/publi/i.test(tag)

/** The lines of the HTML above a body that may show the day of publication, and what elements there state. */
function dayLines(above: string): string[] {
  const stated = (tag: string): string => (isOfUpdate(tag) ? '<br>更新<br>' : `<br>${STATED.exec(tag)?.[1] ?? ''}<br>`)
  const shown = above.slice(0, LINES_MAX_LENGTH).replace(NOT_OF_DAY, '<br>').replace(STATING, stated)
  const lines = shown.split(/<[^<>]*>/).map((line) => inSimplified(textOfHtml(line)))
  const filled = lines.filter((line) => line !== '')
  return filled
    .map((line, at) => {
      const label = filled[at - 1] ?? ''
      return UPDATE.test(label) && !/\d/.test(label) ? '' : (line.split(UPDATE)[0] ?? '')
    })
    .filter((line) => line.length <= DAY_LINE_MAX_LENGTH && !IN_SENTENCE.test(line) && !OF_OTHERS.test(line))
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
