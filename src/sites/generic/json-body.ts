import { paragraphHtml } from '../body/markup.ts'
import { isAnotherHeadline, isOfAnotherMatter } from '../../core/witness.ts'
import { literalEnd, literalValue } from '../literals.ts'
import { isObject, type Json, parseJson } from '../json.ts'
import { endsSentence, wordsIn } from '../../core/text/sentences.ts'
import { isSameLine } from './blocks.ts'

interface JsonBody {
  html: string
  words: number
}

const MIN_PARAGRAPHS = 2
/** A story of one paragraph: some 80 Chinese characters. */
const ONE_PARAGRAPH_WORDS = 48
const MIN_LITERAL = 100
const MAX_VALUES = 50_000
const MAX_DEPTH = 40
const PARAGRAPH_WORDS = 9
const SHORT_SENTENCE_WORDS = 2
const PARAGRAPH_TAG = /<p[\s>]/gi
const NAMES_A_STORY = ['url', 'href', 'link', 'path', 'permalink']

/** The texts that data have under some keys. */
function textsAt(value: Json, ...keys: string[]): string[] {
  return keys.map((key) => value[key]).filter((text) => typeof text === 'string')
}

/** What data say of another story: it has a headline, and that is not the page's. */
function isAnothers(value: unknown, headline: string | null): boolean {
  if (!isObject(value) || headline === null) return false
  const titles = textsAt(value, 'title', 'headline')
  return titles.length > 0 && titles.every((title) => isAnotherHeadline(title, headline, ''))
}

/** A teaser of another story, not a part of this one. */
function isTeaser(value: unknown, headline: string | null): boolean {
  if (!isObject(value) || !NAMES_A_STORY.some((key) => key in value)) return false
  const titles = textsAt(value, 'title', 'headline', 'name')
  return titles.length > 0 && !titles.some((title) => headline !== null && isSameLine(title, headline))
}

/** An address alone, or of one picture in several sizes, as `srcset` has them. */
const ADDRESSES = /^\s*(?:https?:)?\/\/[!-~]+(?:\s+[\d.]+[wx]\s*(?:,|$)|\s*$)/

/** The longest text in a value of a few levels: `{"type": "paragraph", "model": {"text": "…"}}`. */
function longestText(value: unknown, headline: string | null, depth = 0): string {
  if (typeof value === 'string') return ADDRESSES.test(value) ? '' : value
  if (depth > 5 || isTeaser(value, headline) || isAnothers(value, headline)) return ''
  const inner = Array.isArray(value) ? (value as unknown[]) : isObject(value) ? Object.values(value) : []
  return inner.map((each) => longestText(each, headline, depth + 1)).reduce((a, b) => (b.length > a.length ? b : a), '')
}

function bodyOfList(list: readonly unknown[], headline: string | null): JsonBody | null {
  const texts = list.map((each) => longestText(each, headline))
  if (texts.filter((text) => wordsIn(text) >= PARAGRAPH_WORDS).length < MIN_PARAGRAPHS) return null
  const paragraphs = texts.filter((text) => {
    const words = wordsIn(text)
    return words >= PARAGRAPH_WORDS || (words >= SHORT_SENTENCE_WORDS && endsSentence(text))
  })
  const html = paragraphs.map((text) => (text.includes('</') ? text : paragraphHtml(text))).join('\n')
  return { html, words: wordsIn(paragraphs.join('\n').replace(/<[^<>]*>/g, ' ')) }
}

function bodyOfText(text: string): JsonBody | null {
  const paragraphs = text.match(PARAGRAPH_TAG)?.length ?? 0
  if (paragraphs === 0) return null
  const words = wordsIn(text.replace(/<[^<>]*>/g, ' '))
  return paragraphs >= MIN_PARAGRAPHS || words >= ONE_PARAGRAPH_WORDS ? { html: text, words } : null
}

/** Values that texts of scripts hold: JSON, string literals in a script, JSON in strings, to a bounded number. */
function* valuesIn(scripts: readonly string[], texts: readonly string[], headline: string | null): Generator {
  const queue: Array<{ value: unknown; depth: number; script: boolean }> = []
  for (const text of scripts) queue.push({ value: text, depth: 0, script: true })
  for (const text of texts) queue.push({ value: text, depth: 0, script: false })
  for (let index = 0; index < queue.length && index < MAX_VALUES; index += 1) {
    const { value, depth, script } = queue[index] ?? { value: null, depth: 0, script: false }
    if (!script) yield value
    if (depth > MAX_DEPTH) continue
    const inner = typeof value === 'string' ? innerOf(value, script) : childrenOf(value, headline)
    for (const each of inner) queue.push({ value: each, depth: depth + 1, script: false })
  }
}

function childrenOf(value: unknown, headline: string | null): unknown[] {
  if (Array.isArray(value)) return value
  if (!isObject(value) || isTeaser(value, headline)) return []
  const children = Object.values(value)
  if (!isAnothers(value, headline)) return children
  // Its own texts are left out: a site's title may stand above the story's data.
  return children.filter((child) => typeof child !== 'string')
}

/** A script that gives data a name: `window.__DATA__ = {…};`. */
const ASSIGNED = /^[^{}'"`]{0,200}?=\s*(\{[^]*\})[\s;]*$/

function innerOf(text: string, script: boolean): unknown[] {
  if (text.length < MIN_LITERAL) return []
  if (/^\s*[{["]/.test(text)) {
    const parsed = parseJson(text)
    if (parsed !== undefined) return [parsed]
  }
  const assigned = script ? parseJson(ASSIGNED.exec(text)?.[1] ?? '') : undefined
  if (assigned !== undefined) return [assigned]
  return script ? literalsIn(text) : []
}

const STREAMED = /\b__next_f\.push\(/
const STREAM_ROW = /^[\da-f]+:(?:T[\da-f]+,)?/gim

/** The rows of what a server of React components streamed into the page, piece by piece: `1a:["$","p",null,{…}]`. */
function streamRows(scripts: readonly string[]): string[] {
  const stream = scripts.filter((script) => STREAMED.test(script)).flatMap((script) => literalsIn(script, 1))
  return stream.join('').split(STREAM_ROW)
}

/** The longer string literals of a script. */
function literalsIn(script: string, least = MIN_LITERAL): string[] {
  const found: string[] = []
  const quote = /["'`]/g
  for (let match = quote.exec(script); match !== null; match = quote.exec(script)) {
    const end = literalEnd(script, match.index)
    if (end === -1) break
    if (end - match.index >= least) found.push(literalValue(script.slice(match.index, end)))
    quote.lastIndex = end
  }
  return found
}

/**
 * The longest body among the data that a page's scripts hold: HTML of two paragraphs or more, or a list of them. Those of
 * another headline are another story's; one that says nothing of the page's is taken only where no other is there.
 */
export function jsonBody(scripts: readonly string[], headline: string | null): string | null {
  let best = null as (JsonBody & { isOther: boolean }) | null
  for (const value of valuesIn(scripts, streamRows(scripts), headline)) {
    const found =
      typeof value === 'string' ? bodyOfText(value) : Array.isArray(value) ? bodyOfList(value, headline) : null
    if (found === null || /^\s*[{[]/.test(found.html)) continue
    const isOther = headline !== null && isOfAnotherMatter(headline, found.html.replace(/<[^<>]*>/g, ''))
    if (best === null || (best.isOther === isOther ? found.words > best.words : !isOther)) best = { ...found, isOther }
  }
  return best?.html ?? null
}
