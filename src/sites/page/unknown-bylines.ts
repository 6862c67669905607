import { smallLettersOf } from '../../core/text/letters.ts'
import { quoted } from '../../core/text/quoted.ts'
import { urlOf } from '../../core/url.ts'
import { isLink } from '../generic/blocks.ts'
import type { GenericBody } from '../generic/index.ts'
import { collapse } from '../text.ts'
import {
  AND,
  authorsIn,
  beginsOther,
  inlineIn,
  isSigned,
  LABEL,
  linesIn,
  ownOf,
  PICTURE_IN_TAG,
  type Shown,
  SIGN_IN_TAG,
  tagOf,
  textOf,
  withoutLabel,
} from './author-lines.ts'
import { unique } from './bylines.ts'
import { HEAD_PARTS, nameOfMeta } from './head.ts'
import type { Sheet } from './paper.ts'
import { isCommonName, isPersonName, isPlaceName, KOREAN } from '../person.ts'

/** Names of months and days of the week. */
const DAYS = [
  'january jan february feb march mar april apr may june jun july jul august aug september sept sep october oct november nov december dec',
  'monday mon tuesday tues tue wednesday wed thursday thurs thu friday fri saturday sat sunday sun',
  'januar jänner februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag',
  'janvier février mars avril juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche',
  'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miércoles jueves viernes sábado domingo',
  'gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre lunedì martedì mercoledì giovedì venerdì sabato domenica',
  'janeiro fevereiro março maio junho julho setembro outubro novembro dezembro segunda-feira terça-feira quarta-feira quinta-feira sexta-feira',
  'januari februari maart mei augustus maandag dinsdag woensdag donderdag vrijdag zaterdag zondag',
]
const WESTERN = /^\p{Lu}/u
const EASTERN = /^[\p{Script=Han}\p{Script=Katakana}]/u

/** What stands behind names: places, days, roles, addresses. */
const BEHIND =
  /[|｜丨•]|\((?!(?:\p{Lu}\.)+\))|(?<!\p{Lu}\.)\)|[（）【】〔〕《[\]［］/／@\d]|\s[·–—-]+\s|\s(?:in|for|from|with|at|avec|à|pour|aus|für|mit|con|para|en|desde|per|voor|met|em|on|a|le|am|el|il)\s|\n(?!,|\s(?:and|&|y|e|et|und|и)\s)/u
/** A day or what was done on it behind a name. Of months some are names: no month is a day without a number. */
const WHEN = new RegExp(
  String.raw`\s(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:first |last )?(?:posted|published|updated|created|modified)|today|yesterday|publié|mis à jour|veröffentlicht|aktualisiert|publicado|actualizado|atualizado|pubblicato|aggiornato|gepubliceerd|(?:${DAYS.join(' ').replaceAll(' ', '|')})\.?,?\s(?:\p{L}+[.,]*\s)?\d+)(?!\p{L})`,
  'iu',
)
/** `本报记者 甲`, `［記者甲`, `泥河记者 | 甲`. */
const REPORTER = /(?:^|[（(［[【〔\s])(?:\p{Script=Han}{0,8}?[记記]者|作者)\s?[|｜]?\s?/u
/** `生活中心／甲報導`: of two letters most are places. */
const DESK = /^\p{Script=Han}{2,6}[心组組部][／/](?=[^／/]{3,}[报報][导導道]$)/u
/** What touches a name behind it: `甲泥河5日電`, `甲報導`. */
const REPORTS = /(?<=^|、)(\p{Script=Han}{2,3})(?:[综綜]合|整理|\p{Script=Han}{2,})?(?:\d{1,2}日[电電]|[报報][导導道])/u
const BEFORE_REPORTER = new RegExp(String.raw`(?:^|[)\]=]\s?|\s)(${KOREAN})\s?(?:[가-힣]{0,3}기자|특파원)(?=[\s=|·]|$)`)
/** `记者 甲 摄`, `사진=갑 기자`. */
const OF_PICTURE = /(?:[摄攝]|(?<![文/／]\s?)[图圖])[)）\]】〕]?$|^사진/
/** `《泥河》，作者：甲`, in what a story is about. */
const OF_BOOK = /^《[^》]*》|(?:书名|書名|出版社|定[价價])\s?[:：]|ISBN/
const LABEL_ALONE = /^(?:(?:written |posted )?by|par|por|von|di|door|作者|文|[记記]者)\s?[:：]?$/i

const LINE_MAX_LENGTH = 100
/** A byline stands soon below a headline, or a text. */
const MOST_LINES = 40
/** Its last, and the one behind it. */
const LINES_BELOW = 2
const BEGINNING = 60
const SENTENCE_END = /[.!?…。！？]$/
/** `泥河1月5日电（记者 甲）`, with which a text begins. */
const DATELINE =
  /^(?:【[^】]{1,24}】)?[^（(［[【〔。]{0,24}[（(［[【〔](?:\p{Script=Han}{0,8}?[记記]者|文[／/|｜:：])\s?/u
/** `本文来自泥河，作者：甲，`, in a sentence. */
const IN_NOTE =
  /^[^\p{L}]*(?:[本原]文|文章|[来來]源|[转轉][自载載])[^。]{0,60}[，,；;（(]作者\s?[:：]\s?(?=\p{Script=Han}{2,4}[，,；;。）)])/u
/** `……。（甲）`, with which a text ends. */
const ENDING = /(?:^|[。！？!?…”」』"])[（(【]([^（）()【】]{2,30})[）)】]$/u
/** A shorter name alone in brackets may be any word. */
const NAME_ALONE = 3
/** What goes on so is a sentence, but behind `By`, which begins few. */
const GOES_ON = /^[^,]*,\s\p{Ll}/u

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

const firstNames = (each: readonly string[][]): string[] => each.find((names) => names.length > 0) ?? []

/**
 * Who wrote the story of a page of no known layout. `told`: whom ld+json names; `above`: the HTML between the headline and `text`. What
 * ld+json and `<meta>` name is believed where the page shows it: sites have their own name there, and accounts. What the page says with
 * a label goes before.
 */
export function bylinesOf(page: Sheet, { title, told, above, text }: Story): string[] {
  const isJapanese = /\p{Script=Hiragana}/u.test(title)
  const host = urlOf(page.url)?.hostname.replace(/^www\./, '') ?? ''
  const called = [host, ...page.paper.names].map(smallLettersOf).filter((name) => name !== '')
  // A title may have the author between its headline and its site.
  const names = called.filter((name) => !called.some((each) => each.length < name.length && name.endsWith(each)))

  const isPerson = (name: string): boolean =>
    isPersonName(name, isJapanese) && !names.some((each) => each.includes(smallLettersOf(name)))

  /** The names with which a text begins. Behind a comma alone may stand a place or a role, unless it is a list. */
  function namesAt(said: string, isList = false): string[] {
    const shown = said.split(WHEN, 1)[0]?.split(BEHIND, 1)[0]?.replaceAll('\n', '').trim() ?? ''
    if (isJapanese && isPerson(shown)) return [shown]
    const isEastern = EASTERN.test(shown)
    const parts = shown.split(isEastern ? /\s?[、，,&]\s?|\s/ : AND)
    const isOne = isEastern || (parts.length === 1 && !isList)
    const all = isOne ? parts.map((part) => part.split(',', 1)[0] ?? '') : parts.flatMap((part) => part.split(/,\s?/))
    const [first = '', ...rest] = all
    const isForOther = isEastern && rest.length > 0 && !isPerson(first) && isPerson(rest[0]!)
    const each = isForOther ? rest : all
    const end = each.findIndex((name) => !isPerson(name))
    return each.slice(0, end === -1 ? undefined : end)
  }

  function namesBehind(label: RegExp, line: string): string[] {
    const found = label.exec(line.slice(0, LINE_MAX_LENGTH))
    const behind = found === null ? '' : line.slice(found.index + found[0].length).replace(REPORTS, '$1 ')
    return GOES_ON.test(behind) && !/by/i.test(found?.[0] ?? '') ? [] : namesAt(behind)
  }

  /** The names behind the label of a line; none where it has none. */
  function labelledIn(line: string): string[] {
    if (OF_PICTURE.test(line) || OF_BOOK.test(line)) return []
    const korean = BEFORE_REPORTER.exec(line.slice(0, BEGINNING))?.[1]
    if (korean !== undefined) return [korean]
    const isSentence = line.length > LINE_MAX_LENGTH || SENTENCE_END.test(line)
    const labels = isSentence ? [DATELINE, IN_NOTE] : [LABEL, REPORTER, DESK]
    return firstNames(labels.map((label) => namesBehind(label, line)))
  }

  /** The names in brackets at the end of a text. In Japanese words in round ones look like names. */
  function namesAtEnd(line: string): string[] {
    const said = ENDING.exec(line)?.[1] ?? ''
    const labelled = labelledIn(said)
    if (labelled.length > 0 || (isJapanese && !line.endsWith('】'))) return labelled
    const each = said.split(/[、\s]/)
    const isAny = each.length === 1 && said.length < NAME_ALONE
    const isName = (name: string): boolean => isPerson(name) && (line.endsWith('】') || isCommonName(name))
    return EASTERN.test(said) && !isAny && each.every(isName) ? each : []
  }

  /** The names in a line that elements say are an author's. */
  const markedIn = ({ line, html }: Shown): string[] => {
    const said = line.text.replace(/^[[［【]/, '')
    const isOther = isPlaceName(said) || PICTURE_IN_TAG.test(tagOf(line.box, html))
    const alone = EASTERN.test(said) && !isOther && isSigned(line, html) ? [said] : []
    return unique([...authorsIn(line, html), ...alone].flatMap((each) => namesAt(withoutLabel(each))))
  }

  const isPlaced = text.start !== -1
  const below = isPlaced ? page.html.slice(text.last, text.last + BELOW_MAX_LENGTH).split(ARTICLE_END, 1)[0]! : ''
  const first = isPlaced ? page.html.slice(text.start, text.start + BELOW_MAX_LENGTH) : ''
  const lead = ownOf(linesIn(above).slice(0, MOST_LINES))
  const behind = linesIn(below).slice(0, LINES_BELOW)
  const end = behind.findIndex(beginsOther)
  const foot = behind.slice(0, end === -1 ? undefined : end)
  const [begin, second, third] = linesIn(first).map((each) => [each])
  // A caption or a standfirst may count as text: a byline follows.
  const next = third?.some(({ line }) => isLink(line)) ? [] : ownOf(second ?? [])
  const near = [...lead, ...(begin ?? []), ...next, ...foot]
  const lines = near.map(({ line, html }) => textOf(line, html))
  const labelled = near.map(({ line, html }, at) => {
    const isBehind = LABEL_ALONE.test(lines[at - 1] ?? '')
    const isLast = at >= near.length - foot.length
    const found = firstNames([
      labelledIn(isBehind ? `${lines[at - 1]} ${lines[at]}` : lines[at]!),
      isLast ? namesAtEnd(lines[at]!) : [],
    ])
    if (!isSigned(line, html) && WESTERN.test(found[0] ?? '')) return []
    const marked = markedIn({ line, html })
    return found.length > 0 && found.every((name) => marked.includes(name)) ? marked : found
  })
  const shown = labelled.find((each) => each.length > 0) ?? unique([...lead, ...next].flatMap(markedIn))

  const parts = lead
    .filter(({ line }) => line.text.length <= LINE_MAX_LENGTH)
    .flatMap(({ line, html }) => [...line.text.split(PARTS), ...inlineIn(line, html).map((each) => each.text)])
    .map(withoutLabel)
  const isNear = (name: string) => parts.some((part) => part.startsWith(name))
  const namesOf = (said: readonly string[]): string[] => {
    const short = said.filter((each) => each.length <= LINE_MAX_LENGTH).slice(0, MOST_NAMES)
    return unique(short.flatMap((each) => namesAt(withoutLabel(collapse(each)), true))).slice(0, MOST_NAMES)
  }
  const metas = page.parts(HEAD_PARTS).meta.filter((meta) => AUTHOR_META.test(nameOfMeta(meta)))
  const linked = namesOf(told).filter((name) => !isPlaced || isNear(name) || isIn(page.html, name))
  const metaNames = namesOf(metas.map((meta) => meta.attribute('content') ?? ''))
  // An element of authors may stand above the headline.
  const isSaid = isPlaced && !metaNames.every(isNear)
  const before = isSaid ? linesIn(page.html.slice(0, text.start)).slice(-MOST_LINES) : []
  const signs = before
    .filter((each) => !beginsOther(each))
    .flatMap(({ line, html }) => [
      ...(isSigned(line, html) ? [line.text] : []),
      ...inlineIn(line, html).flatMap((each) => (SIGN_IN_TAG.test(`<${each.tag}`) ? [each.text] : [])),
    ])
  const signed = new Set(signs.map(withoutLabel))
  const named = metaNames.filter((name) => isNear(name) || signed.has(name))
  const isOfShown = (each: readonly string[]) => shown.length === 0 || shown.some((name) => each.includes(name))
  return [linked, named].find((each) => each.length > 0 && isOfShown(each)) ?? shown
}
