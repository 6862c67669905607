import { isLink } from '../generic/blocks.ts'
import type { GenericBody } from '../generic/index.ts'
import { collapse } from '../text.ts'
import { beginsOther, inlineIn, isSigned, linesIn, ownOf, SIGN_IN_TAG, textOf, withoutLabel } from './author-lines.ts'
import {
  firstNames,
  labelledIn,
  LINE_MAX_LENGTH,
  markedIn,
  namesAt,
  namesAtEnd,
  type NameRules,
  nameRulesOf,
} from './author-names.ts'
import { unique } from './bylines.ts'
import { HEAD_PARTS, nameOfMeta } from './head.ts'
import type { Sheet } from './paper.ts'
import { quoted } from '../../core/text/quoted.ts'

const WESTERN = /^\p{Lu}/u
const LABEL_ALONE = /^(?:(?:written |posted )?by|par|por|von|di|door|作者|文|[记記]者)\s?[:：]?$/i
/** A byline stands soon below a headline, or a text. */
const MOST_LINES = 40
/** Its last, and the one behind it. */
const LINES_BELOW = 2

/** Names under which pages tell machines who wrote them; many have that of the site there, or of its maker. */
const AUTHOR_META =
  /^(?:author|article:author|parsely-author|sailthru\.author|dc\.creator|byl|cxenseparse:author|citation_author)$/
/** What parts a line that has names among times and places. */
const PARTS = /\s?[·|•]\s?|(?:^|\s)[—–-]\s?|,\s?|\s(?:and|&)\s/

/** Behind a text no more is looked through. */
const BELOW_MAX_LENGTH = 4000
const ARTICLE_END = /<\/(?:article|main)\b|<(?:footer|article)\b/i
/** More authors are those of a list. */
const MOST_NAMES = 10

/** True where an element of a page begins with a name, or has little before it. */
const isIn = (html: string, name: string): boolean => new RegExp(`>[^<>{}"]{0,40}${quoted(name)}`).test(html)

interface Story {
  title: string
  told: readonly string[]
  above: string
  text: Pick<GenericBody, 'start' | 'last'>
}

/** The lines above a text, at its beginning and below it in which a byline may stand. */
function linesAround(html: string, above: string, text: Story['text']) {
  const isPlaced = text.start !== -1
  const below = isPlaced ? html.slice(text.last, text.last + BELOW_MAX_LENGTH).split(ARTICLE_END, 1)[0]! : ''
  const first = linesIn(isPlaced ? html.slice(text.start, text.start + BELOW_MAX_LENGTH) : '')
  const behind = linesIn(below).slice(0, LINES_BELOW)
  const end = behind.findIndex(beginsOther)
  return {
    lead: ownOf(linesIn(above).slice(0, MOST_LINES)),
    begin: first.slice(0, 1),
    // A caption or a standfirst may count as text: a byline follows.
    next: first.slice(2, 3).some(({ line }) => isLink(line)) ? [] : ownOf(first.slice(1, 2)),
    foot: behind.slice(0, end === -1 ? undefined : end),
  }
}

/** Whom the first of these lines names that has a label; where none has, those whom elements say are authors. */
function shownIn({ lead, begin, next, foot }: ReturnType<typeof linesAround>, rules: NameRules): string[] {
  const near = [...lead, ...begin, ...next, ...foot]
  const lines = near.map(({ line, html }) => textOf(line, html))
  const labelled = near.map(({ line, html }, at) => {
    const isBehind = LABEL_ALONE.test(lines[at - 1] ?? '')
    const isLast = at >= near.length - foot.length
    const found = firstNames([
      labelledIn(isBehind ? `${lines[at - 1]} ${lines[at]}` : lines[at]!, rules),
      isLast ? namesAtEnd(lines[at]!, rules) : [],
    ])
    if (!isSigned(line, html) && WESTERN.test(found[0] ?? '')) return []
    const marked = markedIn({ line, html }, rules)
    return found.length > 0 && found.every((name) => marked.includes(name)) ? marked : found
  })
  return labelled.find((each) => each.length > 0) ?? unique([...lead, ...next].flatMap((each) => markedIn(each, rules)))
}

/** The names that machines are told. */
function namesTold(said: readonly string[], rules: NameRules): string[] {
  const short = said.filter((each) => each.length <= LINE_MAX_LENGTH).slice(0, MOST_NAMES)
  return unique(short.flatMap((each) => namesAt(withoutLabel(collapse(each)), rules, true))).slice(0, MOST_NAMES)
}

/** The texts in lines above a headline that elements say are an author's. */
function signedIn(html: string): Set<string> {
  const signs = linesIn(html)
    .slice(-MOST_LINES)
    .filter((each) => !beginsOther(each))
    .flatMap(({ line, html: around }) => [
      ...(isSigned(line, around) ? [line.text] : []),
      ...inlineIn(line, around).flatMap((each) => (SIGN_IN_TAG.test(`<${each.tag}`) ? [each.text] : [])),
    ])
  return new Set(signs.map(withoutLabel))
}

/**
 * Who wrote the story of a page of no known layout. `told`: whom ld+json names; `above`: the HTML between the headline and `text`. What
 * ld+json and `<meta>` name is believed where the page shows it: sites have their own name there, and accounts. What the page says with
 * a label goes before.
 */
export function bylinesOf(page: Sheet, { title, told, above, text }: Story): string[] {
  const rules = nameRulesOf(page, title)
  const around = linesAround(page.html, above, text)
  const shown = shownIn(around, rules)
  const parts = around.lead
    .filter(({ line }) => line.text.length <= LINE_MAX_LENGTH)
    .flatMap(({ line, html }) => [...line.text.split(PARTS), ...inlineIn(line, html).map((each) => each.text)])
    .map(withoutLabel)
  const isNear = (name: string) => parts.some((part) => part.startsWith(name))
  const isPlaced = text.start !== -1
  const linked = namesTold(told, rules).filter((name) => !isPlaced || isNear(name) || isIn(page.html, name))
  const metas = page.parts(HEAD_PARTS).meta.filter((meta) => AUTHOR_META.test(nameOfMeta(meta)))
  const metaNames = namesTold(
    metas.map((meta) => meta.attribute('content') ?? ''),
    rules,
  )
  // An element of authors may stand above the headline.
  const signed = isPlaced && !metaNames.every(isNear) ? signedIn(page.html.slice(0, text.start)) : new Set()
  const named = metaNames.filter((name) => isNear(name) || signed.has(name))
  const isOfShown = (each: readonly string[]) => shown.length === 0 || shown.some((name) => each.includes(name))
  return [linked, named].find((each) => each.length > 0 && isOfShown(each)) ?? shown
}
