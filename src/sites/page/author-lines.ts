import { type Box, boxAround, outlineOf, type TextLine } from '../../core/html/outline.ts'
import { isHeading, isLink } from '../generic/blocks.ts'
import { isOtherByName } from '../generic/furniture.ts'
import { isPersonName } from '../person.ts'
import { textOfHtml } from '../text.ts'

/** Lines of a page that may tell who wrote a story, and what their elements say of that. */

const LETTERS = /^[\p{Lu}\p{Script=Han}]/u
export const AND = /,?\s(?:and|&|y|e|et|und|и)\s/u

/** `By`, `Von`, `作者：` where a line, or a part of it, begins. */
export const LABEL = new RegExp(
  String.raw`(?:^|[\d|·•–—-]\s)(?:(?:(?:words|story|written|posted|submitted|reported|text|escrito|texto|écrit|publié)\s)?(?:by|par|por)|(?:ein \p{L}+ )?von|di|door|автор(?=:)|بقلم|كتبت?(?=\s?:)|(?:author|autore?|auteur|texte?)(?=\s?:))\s?:?\s` +
    String.raw`|(?:作者(?=[：:])|(?:^|[\s（(【［[〔])(?:作者|(?:[独獨]家)?[报報][导導道]|撰文|撰稿|[采採][写寫]|[执執][笔筆]|文字?|著者|取材・文|[记記]者))\s?[/／:：|｜丨＝・]\s?`,
  'iu',
)
/** Names of elements, and addresses, that are of an author for machines. */
const OF_AUTHOR =
  /\s(?:(?:itemprop|rel)\s*=\s*["']?(?:[^"'<>]*\s)?author\b|class\s*=\s*["']?[^"'<>]*\bp-author\b|href\s*=\s*["']?[^"'\s<>]*\/(?:authors?|reporters?|auteurs?|autor(?:en|es|i)?)\/[^"'\s<>])/i
/** Of a book, of what a reader says. */
const OF_OTHER = /\sitemtype\s*=(?![^<>]*(?:Article|Posting|Person)\b)/i
/** What a line of who wrote a story is called; without it `By Popular Demand` may be the beginning of anything. */
export const SIGN_IN_TAG =
  /<[^<>]*(?:by-?line|author|reporter|autore?n?\b|auteur|writer|firma|verfasser|posted-?by|submitted|createdby|username|contributor|journalist|\bpersons?\b|\bpeople\b|\bstaff\b)/i
/** Of who or what a picture shows. */
export const PICTURE_IN_TAG = /<[^<>]*(?:photo|caption|image)/i
const COLON = /^[\p{L}\s]{1,20}:/u
/** `Reviewed by`, `编辑：`. */
const OTHER_LABEL = /^\D*\p{L}\D*$/u
/** Looked at from each start tag: one may stand in another. */
const INLINE = /<(a|b|span|strong)\b([^<>]*)>(?=([^]*?)<\/\1\s*>)/gi
const INLINE_MAX_LENGTH = 2000

const TAG_MAX_LENGTH = 500
const HEADLINE_WORDS = 4

export const withoutLabel = (said: string): string => said.replace(LABEL, '').replace(/\s?기자$/, '')

const isBeside = (box: Box): boolean =>
  box.isHidden ||
  isOtherByName(box) ||
  /^(?:aside|nav|figure|blockquote)$/.test(box.localName) ||
  /quote/i.test(box.names)

export const tagOf = (box: Box, html: string): string =>
  html.slice(box.start, Math.min(box.inner, box.start + TAG_MAX_LENGTH))
const innerOf = ({ start, end }: TextLine, html: string): string =>
  html.slice(start, Math.min(end, start + INLINE_MAX_LENGTH))

/** True for a line that a colon or the names of its elements set off from others that begin so. */
export function isSigned(line: TextLine, html: string): boolean {
  if (COLON.test(line.text) || SIGN_IN_TAG.test(innerOf(line, html))) return true
  return boxAround(line.box, (box) => SIGN_IN_TAG.test(tagOf(box, html))) !== null
}

/** A line, and the HTML in which it stands. */
export interface Shown {
  line: TextLine
  html: string
}

/** The elements of a line: what their tags have, and their texts. */
export const inlineIn = (line: TextLine, html: string): { tag: string; text: string }[] =>
  Array.from(innerOf(line, html).matchAll(INLINE), ([, , tag = '', text = '']) => ({ tag, text: textOfHtml(text) }))

/** The text of a line, with a line break behind each name that an element holds alone: what follows is none of it. */
export function textOf(line: TextLine, html: string): string {
  const names = inlineIn(line, html).filter(({ text }) => LETTERS.test(text) && isPersonName(withoutLabel(text), false))
  return names.reduce((said, { text }) => said.replace(text, `${text}\n`), line.text)
}

/** The texts in a line that elements say are an author's. */
export function authorsIn(line: TextLine, html: string): string[] {
  if (boxAround(line.box, (box) => OF_OTHER.test(tagOf(box, html))) !== null) return []
  if (boxAround(line.box, (box) => OF_AUTHOR.test(tagOf(box, html))) !== null) return [textOf(line, html)]
  const found = inlineIn(line, html).flatMap(({ tag, text }) => (text !== '' && OF_AUTHOR.test(tag) ? [text] : []))
  return found.filter((name, at) => {
    const before = line.text.split(name, 1)[0]!
    const between = at === 0 ? before : before.split(found[at - 1]!).at(-1)!
    return !OTHER_LABEL.test(between.replace(LABEL, '').replace(AND, ''))
  })
}

/** True for a line that is a link to another story. */
const isLinkToOther = ({ line, html }: Shown): boolean =>
  isLink(line) && line.words > HEADLINE_WORDS && authorsIn(line, html).length === 0

/** True for a line that may begin another story. */
export function beginsOther({ line, html }: Shown): boolean {
  if (boxAround(line.box, isBeside) !== null || isLinkToOther({ line, html })) return true
  return isHeading(line) && authorsIn(line, html).length === 0
}

/** Lines without those that begin another story, and what stands below a link to one: a heading, below any link. */
export const ownOf = (lines: readonly Shown[]): Shown[] =>
  lines.filter((each, at) => {
    const isBelow = isHeading(each.line) ? ({ line }: Shown) => isLink(line) : isLinkToOther
    return !beginsOther(each) && !lines.slice(Math.max(0, at - 1), at).some(isBelow)
  })

export function linesIn(html: string): Shown[] {
  return outlineOf(html).blocks.map((line) => ({ line, html }))
}
