import { type Message, message } from '../../words/words.ts'
import { calendarNeighbours, dayNamed } from '../days.ts'
import { isLanguage, languageOfTag } from '../language.ts'
import type { Zone } from '../time.ts'
import { nearest } from '../text/nearest.ts'
import { parseDuration } from '../units.ts'
import { type QueryField, FIELDS, type MarkField, MARKS, type TextField } from './fields.ts'
import { fold } from './fold.ts'
import { isWord, type Pieces, piecesOf } from './pieces.ts'
import { type SectionPlace, sectionsMeant, sectionsOfPaper } from './sections.ts'

/** What is asked of a story. */
export type Query =
  /** A phrase stands there; `isOpen`: its last word may go on. */
  | { kind: 'words'; field: TextField; pieces: Pieces; isOpen: boolean }
  | { kind: 'mark'; mark: MarkField; value: string }
  /** Its day (`YYYY-MM-DD`) is one of these, both included; `null`: no bound. */
  | { kind: 'days'; from: string | null; to: string | null }
  | { kind: 'and' | 'or'; parts: readonly Query[] }
  | { kind: 'not'; part: Query }

/** A query for a phrase. */
export type PhraseQuery = Query & { kind: 'words' }

/** A query that was read; `fault`: why it is searched as plain text. */
interface ParsedQuery {
  query: Query
  fault: Message | null
}

/** What days are told by, and where sections are that are named with their paper (`paper:name`). */
interface QueryContext {
  nowMs: number
  zone: Zone
  sections: ReadonlyMap<string, SectionPlace>
}

/** Names of fields that can be told from words when they are mistyped: Chinese words before a colon differ by a letter from many. */
const NEAR = [...FIELDS.keys()].filter((name) => /^[a-z]{4,}$/.test(name))

const MAX_TERMS = 200
const MAX_DEPTH = 40
/** Of AND, OR and NOT in one another FTS5 reads no more; parentheses that only hold one thing do not count. */
const MAX_PARTS_DEPTH = 20
const MISSING = message`something is missing beside AND, OR or NOT, or between parentheses`
const TOO_DEEP = message`too many parentheses or fields in one another`

/** A day, month or year as it is written alone; a span of them. */
const DAY = String.raw`\d{4}(?:-\d{2}){0,2}`
const DATE = new RegExp(String.raw`^(?:\d{4}(?:-\d{2}){1,2}|${DAY}(?:\.\.|~)(?:${DAY})?|(?:\.\.|~)${DAY}|\.\.)$`)

class Fault extends Error {
  readonly words: Message

  constructor(words: Message) {
    super(words.template)
    this.words = words
  }
}

/** Signs of the language of queries as input methods type them too: in full width, quotes in pairs. What cannot be seen goes. */
function inAscii(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u0085]/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/[“”„‟「」『』]/g, '"')
}

/**
 * The query that a text asks, read as the README says; `null` where there is nothing in it to look for. A faulty one is
 * read as the words that it holds.
 */
export function parseQuery(text: string, context: QueryContext): ParsedQuery | null {
  const source = inAscii(text)
  if (piecesOf(fold(source)).count === 0) return null
  try {
    return { query: readQuery(source, context), fault: null }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const query = plainQuery(source)
    return query === null ? null : { query, fault: error.words }
  }
}

/** Signs and words of the language left out, what else there is looked for as it stands. */
function plainQuery(source: string): Query | null {
  const words = source.split(/[ "()]+/).map((word) => word.replace(/^-+(?=.)/, ''))
  const parts = words.filter((word) => !/^(?:AND|OR|NOT|\||-+)$/.test(word)).map((word) => wordsIn('any', word))
  const asked = parts.filter((part) => part.pieces.count > 0).slice(0, MAX_TERMS)
  return asked.length === 0 ? null : joined('and', asked)
}

function joined(kind: 'and' | 'or', parts: readonly Query[]): Query {
  const [only] = parts
  return only !== undefined && parts.length === 1 ? only : { kind, parts }
}

function wordsIn(field: TextField, text: string, isOpen = false): PhraseQuery {
  const pieces = piecesOf(fold(text))
  return { kind: 'words', field, pieces, isOpen: isOpen && isWord(pieces, pieces.count - 1) }
}

function readQuery(source: string, context: QueryContext): Query {
  const hasColon = source.includes(':')
  let at = 0
  let terms = 0

  const skipBlanks = (): void => void (at += /^ */.exec(source.slice(at))?.[0].length ?? 0)
  /** Takes a word of the language that stands alone. */
  function takes(word: string): boolean {
    skipBlanks()
    const isThere = source.startsWith(word, at) && /^(?:[ ()"]|$)/.test(source.slice(at + word.length))
    if (isThere) at += word.length
    return isThere
  }

  function readOr(field: QueryField, depth: number): Query {
    const parts = [readAnd(field, depth)]
    while (takes('OR') || takes('|')) parts.push(readAnd(field, depth))
    return joined('or', parts)
  }

  function readAnd(field: QueryField, depth: number): Query {
    const parts: Query[] = []
    for (;;) {
      skipBlanks()
      const before = at
      const isOther = at >= source.length || (depth > 0 && source[at] === ')') || takes('OR') || takes('|')
      at = before
      if (isOther) break
      if (parts.length > 0 && takes('AND')) skipBlanks()
      parts.push(readNot(field, depth))
    }
    if (parts.length === 0) throw new Fault(MISSING)
    return joined('and', parts)
  }

  function readNot(field: QueryField, depth: number): Query {
    for (let isNot = false; ; isNot = !isNot) {
      const isSign = /^-[^ )-]/.test(source.slice(at, at + 2))
      if (isSign) at += 1
      else if (!takes('NOT')) {
        skipBlanks()
        const part = readOne(field, depth)
        return isNot ? { kind: 'not', part } : part
      }
    }
  }

  function readOne(field: QueryField, depth: number): Query {
    if (depth > MAX_DEPTH) throw new Fault(TOO_DEEP)
    if (at >= source.length || takes('AND') || takes('OR') || takes('|')) throw new Fault(MISSING)
    if (/^-+(?:[ )]|$)/.test(source.slice(at))) throw new Fault(message`a - stands before nothing`)
    if (/^\)[^ )]/.test(source.slice(at)) && /^ ?$/.test(source.slice(0, at).slice(-1)))
      throw new Fault(message`a parenthesis closes nothing`)
    if (source[at] === '(') {
      at += 1
      const group = readOr(field, depth + 1)
      skipBlanks()
      if (source[at] !== ')') throw new Fault(message`a parenthesis is not closed`)
      at += 1
      return group
    }
    if (source[at] === '"') {
      const end = source.indexOf('"', at + 1)
      if (end === -1) throw new Fault(message`a quotation mark is not closed`)
      const quoted = source.slice(at + 1, end)
      at = end + 1
      const isOpen = source[at] === '*'
      if (isOpen) at += 1
      return termOf(field, quoted, { isOpen })
    }
    const [written = '', name = ''] = hasColon ? (/^([\p{L}\p{M}]+):/u.exec(source.slice(at)) ?? []) : []
    const named = FIELDS.get(fold(name))
    const isMistyped = name !== '' && named === undefined && /^[^ /]/.test(source.slice(at + written.length))
    const near = isMistyped ? nearest(fold(name), NEAR) : null
    if (near !== null) throw new Fault(message`${`${name}:`} is no field; did you mean ${`${near}:`}?`)
    if (named === undefined) return termOf(field, bareWord(), null)
    at += written.length
    if (/^(?:[ )]|$)/.test(source.slice(at, at + 1))) throw new Fault(message`nothing stands behind ${`${name}:`}`)
    return readOne(named, depth + 1)
  }

  /** Up to a blank, or to a parenthesis that closes what was opened before it. */
  function bareWord(): string {
    const start = at
    for (let open = 0; at < source.length && source[at] !== ' '; at += 1) {
      if (source[at] === '(') open += 1
      if (source[at] === ')' && (open -= 1) < 0) break
    }
    // One that closes nothing is a sign like others.
    if (at === start) at += 1
    return source.slice(start, at)
  }

  function termOf(field: QueryField, text: string, quoted: { isOpen: boolean } | null): Query {
    terms += 1
    if (terms > MAX_TERMS) throw new Fault(message`more than ${MAX_TERMS} things are asked for`)
    if (field === 'any' && quoted === null && DATE.test(text)) return daysOf('date', text, context)
    if (field === 'any' || field === 'title' || field === 'author') {
      const words =
        quoted === null
          ? wordsIn(field, text.replace(/(?<=.)\*$/, ''), text.endsWith('*'))
          : wordsIn(field, text, quoted.isOpen)
      if (words.pieces.count === 0)
        throw new Fault(quoted === null ? MISSING : message`nothing stands between quotation marks`)
      return words
    }
    if (field === 'date' || field === 'after' || field === 'before') return daysOf(field, text, context)
    return markOf(field, text, context)
  }

  const query = readOr('any', 0)
  if (depthOf(query) > MAX_PARTS_DEPTH) throw new Fault(TOO_DEEP)
  return query
}

function depthOf(query: Query): number {
  if (query.kind === 'not') return 1 + depthOf(query.part)
  return query.kind === 'and' || query.kind === 'or' ? 1 + Math.max(...query.parts.map(depthOf)) : 0
}

function markOf(mark: MarkField, text: string, { sections }: QueryContext): Query {
  const value = text.toLowerCase().replace(/^\/+|\/+$/g, '')
  if (mark === 'lang') {
    const lang = languageOfTag(value)
    if (lang === null || !isLanguage(lang)) throw new Fault(message`${text} is no language`)
    return { kind: 'mark', mark, value: lang }
  }
  if (mark === 'section') return sectionOf(value, sections)
  if (mark === 'publisher') return { kind: 'mark', mark, value }
  const known = MARKS[mark].get(fold(value))
  if (known === undefined) {
    const choices = [...MARKS[mark].keys()].map((each) => `${mark}:${each}`)
    throw new Fault(message`there is no ${`${mark}:${value}`}; there is ${choices}`)
  }
  return { kind: 'mark', mark, value: known }
}

function sectionOf(value: string, sections: QueryContext['sections']): Query {
  const anyOf = (names: readonly string[]): Query =>
    joined(
      'or',
      names.map((name) => ({ kind: 'mark', mark: 'section', value: name })),
    )
  const [place] = sectionsOfPaper(value).flatMap((name) => sections.get(name) ?? [])
  if (place === undefined) return anyOf(sectionsMeant(value))
  const ofPaper: Query = { kind: 'mark', mark: 'publisher', value: place.publisher }
  return place.paths.length === 0 ? ofPaper : joined('and', [ofPaper, anyOf(place.paths)])
}

/** `after` counts its own day in, as `from` of a span; `before` does not. */
function daysOf(field: 'date' | 'after' | 'before', text: string, { nowMs, zone }: QueryContext): Query {
  const day = (written: string, end: 'first' | 'last'): string => {
    // Minutes name no day: `1m` is more often meant as a month.
    const named = /^[\d.]+(?:m|m?s)$/.test(written) ? null : dayNamed(written, end, nowMs, zone)
    if (named === null) throw noDay(written)
    return named
  }
  if (field === 'after') return { kind: 'days', from: day(text, 'first'), to: null }
  if (field === 'before') return { kind: 'days', from: null, to: calendarNeighbours(day(text, 'first'))[0] }
  const [from = '', to] = text.split(/\.\.|~/)
  if (to === undefined) {
    const isBack = parseDuration(from) !== null
    return { kind: 'days', from: day(from, 'first'), to: day(isBack ? 'today' : from, 'last') }
  }
  if (from === '' && to === '') throw noDay(text)
  const first = from === '' ? null : day(from, 'first')
  const last = to === '' ? null : day(to, 'last')
  if (first !== null && last !== null && first > last) throw new Fault(message`${from} lies after ${to}`)
  return { kind: 'days', from: first, to: last }
}

function noDay(text: string): Fault {
  return new Fault(message`${text} names no day; write 2021-11-10, 2021-11, 2021, yesterday or 7d`)
}
