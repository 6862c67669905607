import { type Box, boxAround, outlineOf, type TextLine } from '../../core/html/outline.ts'
import { smallLettersOf } from '../../core/text/letters.ts'
import { urlOf } from '../../core/url.ts'
import { isHeading, isLink } from '../generic/blocks.ts'
import { isOtherByName } from '../generic/furniture.ts'
import type { GenericBody } from '../generic/index.ts'
import { collapse, textOfHtml } from '../text.ts'
import { unique } from './bylines.ts'
import { HEAD_PARTS, nameOfMeta } from './head.ts'
import type { Sheet } from './paper.ts'
import { isPersonName, KOREAN } from './person.ts'

const WESTERN = /^\p{Lu}/u
const EASTERN = /^[\p{Script=Han}\p{Script=Katakana}]/u

/** What stands behind names: places, days, roles, addresses. */
const BEHIND =
  /[|｜丨•()（）【】[\]［］/／@\d]|\s[·–—-]+\s|\s(?:in|for|from|with|at|avec|à|pour|aus|für|mit|con|para|en|desde|per|voor|met|em|on|a|le|am|el|il)\s/u
const AND = /,?\s(?:and|&|y|e|et|und|и)\s/u

/** `By`, `Von`, `作者：` where a line, or a part of it, begins. */
const LABEL = new RegExp(
  String.raw`(?:^|[\d|·•–—-]\s)(?:(?:(?:words|story|written|posted|submitted|reported|text|escrito|texto|écrit|publié)\s)?(?:by|par|por)|(?:ein \p{L}+ )?von|di|door|автор(?=:)|بقلم|(?:author|autore?|auteur|texte?)(?=\s?:))\s?:?\s` +
    String.raw`|(?:^|[\s（(【［[])(?:作者|撰文|撰稿|[采採][写寫]|[执執][笔筆]|文字?|著者|取材・文|[记記]者)\s?[/／:：|｜丨＝・]\s?`,
  'iu',
)
/** `本报记者 甲`, `［記者甲`. */
const REPORTER = /(?:^|[（(［[【\s])(?:\p{Script=Han}{0,8}?[记記]者|作者)\s?/u
const BEFORE_REPORTER = new RegExp(String.raw`(?:^|[)\]=]\s?|\s)(${KOREAN})\s?(?:[가-힣]{0,3}기자|특파원)(?=[\s=|·]|$)`)
const LABEL_ALONE = /^(?:(?:written |posted )?by|par|por|von|di|door|作者|文|[记記]者)\s?[:：]?$/i

const LINE_MAX_LENGTH = 100
/** A byline stands soon below a headline, or a text. */
const MOST_LINES = 40
/** Its last, and the one behind it. */
const LINES_BELOW = 2
const TAG_MAX_LENGTH = 500
const BEGINNING = 60
const SENTENCE_END = /[.!?…。！？]$/
/** `泥河1月5日电（记者 甲）`, with which a text begins. */
const DATELINE = /^[^（(［[【。]{0,24}[（(［[【]\p{Script=Han}{0,8}?[记記]者\s?/u
/** What goes on so is a sentence, but behind `By`, which begins few. */
const GOES_ON = /^[^,]*,\s\p{Ll}/u

/** Names of elements, and addresses, that are of an author for machines. */
const OF_AUTHOR =
  /\s(?:(?:itemprop|rel)\s*=\s*["']?(?:[^"'<>]*\s)?author\b|class\s*=\s*["']?[^"'<>]*\bp-author\b|href\s*=\s*["']?[^"'\s<>]*\/(?:authors?|auteurs?|autor(?:en|es|i)?)\/[^"'\s<>])/i
/** Of a book, of what a reader says. */
const OF_OTHER = /\sitemtype\s*=(?![^<>]*(?:Article|Posting|Person)\b)/i
/** What a line of who wrote a story is called; without it `By Popular Demand` may be the beginning of anything. */
const SIGN_IN_TAG =
  /<[^<>]*(?:by-?line|author|autore?n?\b|auteur|writer|firma|verfasser|posted-?by|submitted|createdby|username|contributor|journalist|\bpersons?\b|\bpeople\b|\bstaff\b)/i
const COLON = /^[\p{L}\s]{1,20}:/u
/** `Reviewed by`, `编辑：`. */
const OTHER_LABEL = /^\D*\p{L}\D*$/u
const INLINE = /<(a|b|span|strong)\b([^<>]*)>([^]*?)<\/\1\s*>/gi
const INLINE_MAX_LENGTH = 2000

/** Names under which pages tell machines who wrote them; many have that of the site there, or of its maker. */
const AUTHOR_META =
  /^(?:author|article:author|parsely-author|sailthru\.author|dc\.creator|byl|cxenseparse:author|citation_author)$/
/** What parts a line that has names among times and places. */
const PARTS = /\s?[·|•]\s?|(?:^|\s)[—–-]\s?|,\s?|\s(?:and|&)\s/

const withoutLabel = (said: string): string => said.replace(LABEL, '').replace(/\s?기자$/, '')

/** Behind a text no more is looked through. */
const BELOW_MAX_LENGTH = 4000
const ARTICLE_END = /<\/(?:article|main)\b|<(?:footer|article)\b/i
const HEADLINE_WORDS = 4

/** More authors are those of a list. */
const MOST_NAMES = 10

/** True where an element of a page begins with a name, or has little before it. */
const isIn = (html: string, name: string): boolean => new RegExp(`>[^<>{}"]{0,40}${name}`).test(html)

const isBeside = (box: Box): boolean => isOtherByName(box) || /^(?:aside|nav|figure|blockquote)$/.test(box.localName)

/** True for a line that may begin another story. */
const beginsOther = (line: TextLine): boolean =>
  isHeading(line) || boxAround(line.box, isBeside) !== null || (isLink(line) && line.words > HEADLINE_WORDS)

const tagOf = (box: Box, html: string): string => html.slice(box.start, Math.min(box.inner, box.start + TAG_MAX_LENGTH))
const innerOf = ({ start, end }: TextLine, html: string): string =>
  html.slice(start, Math.min(end, start + INLINE_MAX_LENGTH))

/** True for a line that a colon or the names of its elements set off from others that begin so. */
function isSigned(line: TextLine, html: string): boolean {
  if (COLON.test(line.text) || SIGN_IN_TAG.test(innerOf(line, html))) return true
  return boxAround(line.box, (box) => SIGN_IN_TAG.test(tagOf(box, html))) !== null
}

/** The texts in a line that elements say are an author's. */
function authorsIn(line: TextLine, html: string): string[] {
  if (boxAround(line.box, (box) => OF_OTHER.test(tagOf(box, html))) !== null) return []
  if (boxAround(line.box, (box) => OF_AUTHOR.test(tagOf(box, html))) !== null) return [line.text]
  const found = Array.from(innerOf(line, html).matchAll(INLINE), ([, , tag = '', text = '']) =>
    OF_AUTHOR.test(tag) ? textOfHtml(text) : '',
  )
  return found.filter((name) => name !== '' && !OTHER_LABEL.test(line.text.split(name, 1)[0]!.replace(LABEL, '')))
}

interface Story {
  title: string
  told: readonly string[]
  above: string
  text: Pick<GenericBody, 'start' | 'last'>
}

function linesIn(html: string): { line: TextLine; html: string }[] {
  const { blocks } = outlineOf(html)
  return blocks.slice(0, MOST_LINES).map((line) => ({ line, html }))
}

/**
 * Who wrote the story of a page of no known layout. `told`: whom ld+json names; `above`: the HTML between the headline and `text`. What
 * ld+json and `<meta>` name is believed where the page shows it: sites have their own name there, and accounts. What the page says with
 * a label goes before.
 */
export function bylinesOf(page: Sheet, { title, told, above, text }: Story): string[] {
  const isJapanese = /\p{Script=Hiragana}/u.test(title)
  const names = [urlOf(page.url)?.hostname ?? '', ...page.paper.names].map(smallLettersOf)

  const isPerson = (name: string): boolean =>
    isPersonName(name, isJapanese) && !names.some((each) => each.includes(smallLettersOf(name)))

  /** The names with which a text begins. Behind a comma alone may stand a place or a role, unless it is a list. */
  function namesAt(said: string, isList = false): string[] {
    const shown = collapse(said).split(BEHIND)[0]?.trim() ?? ''
    if (isJapanese && isPerson(shown)) return [shown]
    const isEastern = EASTERN.test(shown)
    const parts = shown.split(isEastern ? /\s?[、，,&]\s?|\s/ : AND)
    const isOne = isEastern || (parts.length === 1 && !isList)
    const each = isOne ? parts.map((part) => part.split(',', 1)[0] ?? '') : parts.flatMap((part) => part.split(/,\s?/))
    const end = each.findIndex((name) => !isPerson(name))
    return each.slice(0, end === -1 ? undefined : end)
  }

  function namesBehind(label: RegExp, line: string): string[] {
    const found = label.exec(line.slice(0, LINE_MAX_LENGTH))
    const behind = found === null ? '' : line.slice(found.index + found[0].length)
    return GOES_ON.test(behind) && !/by/i.test(found?.[0] ?? '') ? [] : namesAt(behind)
  }

  /** The names behind the label of a line; none where it has none. */
  function labelledIn(line: string): string[] {
    const korean = BEFORE_REPORTER.exec(line.slice(0, BEGINNING))?.[1]
    if (korean !== undefined) return [korean]
    if (line.length > LINE_MAX_LENGTH || SENTENCE_END.test(line)) return namesBehind(DATELINE, line)
    const labelled = namesBehind(LABEL, line)
    return labelled.length > 0 ? labelled : namesBehind(REPORTER, line)
  }

  const isPlaced = text.start !== -1
  const below = isPlaced ? page.html.slice(text.last, text.last + BELOW_MAX_LENGTH).split(ARTICLE_END, 1)[0]! : ''
  const first = isPlaced ? page.html.slice(text.start, text.start + BELOW_MAX_LENGTH) : ''
  const lead = linesIn(above).filter(({ line }) => !beginsOther(line))
  const foot = linesIn(below).slice(0, LINES_BELOW)
  const end = foot.findIndex(({ line }) => beginsOther(line))
  const near = [...lead, ...linesIn(first).slice(0, 1), ...foot.slice(0, end === -1 ? undefined : end)]
  const lines = near.map(({ line }) => line.text)
  const labelled = near.map(({ line, html }, at) => {
    const isBehind = LABEL_ALONE.test(lines[at - 1] ?? '')
    const found = labelledIn(isBehind ? `${lines[at - 1]} ${line.text}` : line.text)
    return !isSigned(line, html) && WESTERN.test(found[0] ?? '') ? [] : found
  })
  const marked = lead.flatMap(({ line, html }) => authorsIn(line, html)).flatMap((name) => namesAt(name))
  const shown = labelled.find((each) => each.length > 0) ?? unique(marked)

  const parts = lead
    .filter(({ line }) => line.text.length <= LINE_MAX_LENGTH)
    .flatMap(({ line }) => line.text.split(PARTS).map(withoutLabel))
  const isNear = (name: string) => parts.some((part) => part.startsWith(name))
  const namesOf = (said: readonly string[]): string[] => {
    const short = said.filter((each) => each.length <= LINE_MAX_LENGTH).slice(0, MOST_NAMES)
    return unique(short.flatMap((each) => namesAt(withoutLabel(each), true))).slice(0, MOST_NAMES)
  }
  const metas = page.parts(HEAD_PARTS).meta.filter((meta) => AUTHOR_META.test(nameOfMeta(meta)))
  const linked = namesOf(told).filter((name) => !isPlaced || isNear(name) || isIn(page.html, name))
  const named = namesOf(metas.map((meta) => meta.attribute('content') ?? '')).filter(isNear)
  const isOfShown = (each: readonly string[]) => shown.length === 0 || shown.some((name) => each.includes(name))
  return [linked, named].find((each) => each.length > 0 && isOfShown(each)) ?? shown
}
