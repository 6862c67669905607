import { firstChar, isWideSeam, lastChar } from './characters.ts'
import type { Inline, Text } from '../blocks.ts'

/** Controls, overrides of direction, soft hyphens, zero-width spaces, joiners of words, BOMs, noncharacters: layout, or nothing at all. */
const INVISIBLE =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u180e\u200b\u202d\u202e\u2060-\u2064\u206a-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]/g
const JOINER = /[\u200c\u200d]/
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/
const SPACES = /[\s\u0085]+/g
const NEEDS_CARE =
  /[^\u0020-\u007e\u00a1-\u00ac\u00ae-\u00ff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff\uff00-\uffef]| {2}/

/**
 * Takes out of a text the characters that show nothing and mean nothing. Joiners stay between letters of scripts that
 * need them and in emoji; marks of direction stay where text runs from right to left.
 */
export function withoutInvisible(value: string): string {
  if (!NEEDS_CARE.test(value)) return value
  const visible = value.toWellFormed().replace(INVISIBLE, '')
  const joined = JOINER.test(visible)
    ? visible.replace(
        /(?<![^\u0000-\u02ff\u2e80-\u9fff\u3000-\u30ff\uff00-\uffef])[\u200c\u200d]+|[\u200c\u200d]+(?![^\u0000-\u02ff\u2e80-\u9fff\u3000-\u30ff\uff00-\uffef])/gu,
        '',
      )
    : visible
  return RIGHT_TO_LEFT.test(joined) ? joined : joined.replace(DIRECTION, '')
}

interface Line {
  /** The last character written on this line; empty at its start. */
  before: string
  /** The text that ends in white space which is not yet decided. */
  open: Text | null
  newline: boolean
}

/** True when the open white space is nothing before `next`. */
function isGlue(line: Line, next: string): boolean {
  return next === '' || (line.newline && isWideSeam(line.before, next))
}

function decide(line: Line, next: string): void {
  const { open } = line
  if (open === null) return
  line.open = null
  if (isGlue(line, next)) open.text = open.text.slice(0, -1)
}

function collapseText(node: Text, line: Line): void {
  const value = withoutInvisible(node.text)
  const parts: string[] = []
  let at = 0
  SPACES.lastIndex = 0
  for (let match = SPACES.exec(value); match !== null || at < value.length; match = SPACES.exec(value)) {
    const end = match?.index ?? value.length
    if (end > at) {
      const word = value.slice(at, end)
      if (line.open === node) {
        if (isGlue(line, firstChar(word))) parts.pop()
        line.open = null
      } else decide(line, firstChar(word))
      parts.push(word)
      line.before = lastChar(word)
    }
    if (match === null) break
    at = end + match[0].length
    if (line.before === '') continue
    const newline = /[\n\r\u0085\u2028\u2029]/.test(match[0])
    if (line.open !== null) {
      line.newline ||= newline
      continue
    }
    // A run is one space; a full-width one stays full-width, for it is how Chinese text sets names apart.
    parts.push(!newline && match[0].includes('\u3000') ? '\u3000' : ' ')
    line.open = node
    line.newline = newline
  }
  node.text = parts.join('')
}

function collapseInlines(inlines: readonly Inline[], line: Line): void {
  for (const inline of inlines) {
    if (inline.kind === 'text') collapseText(inline, line)
    else if (inline.kind === 'break') {
      decide(line, '')
      line.before = ''
    } else if (inline.kind === 'code' || inline.kind === 'image') {
      decide(line, 'x')
      line.before = 'x'
    } else collapseInlines(inline.children, line)
  }
}

/**
 * White space as a reader sees it, in place: runs become one space, none stands at a line's edge, and a line break
 * between two Chinese characters is nothing.
 */
export function collapseSpace(inlines: readonly Inline[]): void {
  const line: Line = { before: '', open: null, newline: false }
  collapseInlines(inlines, line)
  decide(line, '')
}

/** The same for a string that stands alone: an attribute, a caption. */
export function collapseString(value: string): string {
  const node: Text = { kind: 'text', text: value }
  collapseSpace([node])
  return node.text
}
