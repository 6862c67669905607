import { smallLettersOf } from '../../core/text/letters.ts'
import { urlOf } from '../../core/url.ts'
import { isCommonName, isPersonName, isPlaceName, KOREAN } from '../person.ts'
import { AND, authorsIn, isSigned, LABEL, PICTURE_IN_TAG, type Shown, tagOf, withoutLabel } from './author-lines.ts'
import { unique } from './bylines.ts'
import type { Sheet } from './paper.ts'

/** Names of people in lines of a page. */

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

export const LINE_MAX_LENGTH = 100

export const firstNames = (each: readonly string[][]): string[] => each.find((names) => names.length > 0) ?? []

/** What of a page tells which words are a person's name. */
export interface NameRules {
  isJapanese: boolean
  isPerson: (name: string) => boolean
}

/** The rules of a page whose story has the headline `title`: its site, which both may name, is no person. */
export function nameRulesOf(page: Sheet, title: string): NameRules {
  const isJapanese = /\p{Script=Hiragana}/u.test(title)
  const host = urlOf(page.url)?.hostname.replace(/^www\./, '') ?? ''
  const called = [host, ...page.paper.names].map(smallLettersOf).filter((name) => name !== '')
  // A title may have the author between its headline and its site.
  const names = called.filter((name) => !called.some((each) => each.length < name.length && name.endsWith(each)))
  return {
    isJapanese,
    isPerson: (name) => isPersonName(name, isJapanese) && !names.some((each) => each.includes(smallLettersOf(name))),
  }
}

/** The names with which a text begins. Behind a comma alone may stand a place or a role, unless it is a list. */
export function namesAt(said: string, { isJapanese, isPerson }: NameRules, isList = false): string[] {
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

function namesBehind(label: RegExp, line: string, rules: NameRules): string[] {
  const found = label.exec(line.slice(0, LINE_MAX_LENGTH))
  const behind = found === null ? '' : line.slice(found.index + found[0].length).replace(REPORTS, '$1 ')
  return GOES_ON.test(behind) && !/by/i.test(found?.[0] ?? '') ? [] : namesAt(behind, rules)
}

/** The names behind the label of a line; none where it has none. */
export function labelledIn(line: string, rules: NameRules): string[] {
  if (OF_PICTURE.test(line) || OF_BOOK.test(line)) return []
  const korean = BEFORE_REPORTER.exec(line.slice(0, BEGINNING))?.[1]
  if (korean !== undefined) return [korean]
  const isSentence = line.length > LINE_MAX_LENGTH || SENTENCE_END.test(line)
  const labels = isSentence ? [DATELINE, IN_NOTE] : [LABEL, REPORTER, DESK]
  return firstNames(labels.map((label) => namesBehind(label, line, rules)))
}

/** The names in brackets at the end of a text. In Japanese words in round ones look like names. */
export function namesAtEnd(line: string, rules: NameRules): string[] {
  const { isJapanese, isPerson } = rules
  const said = ENDING.exec(line)?.[1] ?? ''
  const labelled = labelledIn(said, rules)
  if (labelled.length > 0 || (isJapanese && !line.endsWith('】'))) return labelled
  const each = said.split(/[、\s]/)
  const isAny = each.length === 1 && said.length < NAME_ALONE
  const isName = (name: string): boolean => isPerson(name) && (line.endsWith('】') || isCommonName(name))
  return EASTERN.test(said) && !isAny && each.every(isName) ? each : []
}

/** The names in a line that elements say are an author's. */
export function markedIn({ line, html }: Shown, rules: NameRules): string[] {
  const said = line.text.replace(/^[[［【]/, '')
  const isOther = isPlaceName(said) || PICTURE_IN_TAG.test(tagOf(line.box, html))
  const alone = EASTERN.test(said) && !isOther && isSigned(line, html) ? [said] : []
  return unique([...authorsIn(line, html), ...alone].flatMap((each) => namesAt(withoutLabel(each), rules)))
}
