import { inSimplified } from '../../core/language.ts'
import { endsSentence, wordsIn } from '../../core/text/sentences.ts'
import { COUNT } from '../generic/clean.ts'
import { isTimeLine } from '../generic/time-line.ts'
import { textOfHtml, withoutElements } from '../text.ts'
import { PUBLICATION, UPDATE, UPDATE_NAME } from './shown-times.ts'

/** Lines of a page of no known layout, above its text, in it and below it, that may tell when its story was published. */

/** Between the headline and the text, or above the headline, without scripts. */
export const ABOVE_MAX_LENGTH = 20_000
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
export function lineAbove(html: string): string {
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
export function withTimeAlone(line: string): string {
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
export function timeLines(text: string): string {
  const lines = linesOf(text.slice(0, BESIDE_MAX_LENGTH))
  return lines.findLastIndex(isOfTime) < FIRST_LINES ? lines.filter(isOfTime).join('<br>') : ''
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
export function publishedBelow(below: string): string {
  if (!/[发發][布佈]/.test(below)) return ''
  const html = withoutElements(below, ['script', 'style'])
  const [, ...near] = linesOf(html.split(OTHERS_BEGIN, 1)[0] ?? '').slice(0, LINES_BELOW)
  const other = near.findIndex((line) => LINK.test(line) && wordsIn(textOfHtml(line)) > SECTION_WORDS)
  const [told = ''] = labelledAmong(near.slice(0, other === -1 ? undefined : other))
  return new Set(labelledAmong(linesOf(html))).size === 1 ? told : ''
}

/** The HTML above a text without the lines that name the times of something else. */
export function withoutOthers(above: string): string {
  return above
    .split(LINE_TAGS)
    .filter((line) => !OF_OTHERS.test(textOfHtml(line)))
    .join('<br>')
}

export const isOfUpdate = (tag: string): boolean => UPDATE_NAME.test(tag) && !/publi/i.test(tag)

/** The lines of the HTML above a body that may show the day of publication, and what elements there state. */
export function dayLines(above: string): string[] {
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
