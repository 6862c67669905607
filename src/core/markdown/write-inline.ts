import { DELIMITERS } from './delimiters.ts'
import { type Dangers, escapeLineStart, escapeText, findDangers } from './escape.ts'
import { settleMarks } from './marks.ts'
import { type Code, type Image, type Inline, type Link, type Mark, plain, type Text } from './tree.ts'
import { destination } from './url.ts'

/** Where a line stands: only a paragraph's lines begin at the margin, where a word may look like a block. */
export type LinePlace = 'paragraph' | 'heading' | 'cell'

/** Two spaces, for they end a line in kramdown too; a cell knows no line. */
const BREAKS: Readonly<Record<LinePlace, string>> = { paragraph: '  \n', heading: ' ', cell: '<br>' }
const LIQUID = /\{[{%]/

/** A bit of the line: text still to be escaped, or Markdown. */
type Bit = { text: string; inBrackets: boolean } | string

interface Writing {
  place: LinePlace
  bits: Bit[]
}

function pushText({ text }: Text, inBrackets: boolean, writing: Writing): void {
  writing.bits.push({ text, inBrackets })
}

function pushCode(code: Code, writing: Writing): void {
  // In a cell a backslash would be read before `|`, and neither Liquid nor kramdown's tables spare code.
  if (LIQUID.test(code.text) || code.text.includes('|')) {
    // kramdown reads no backslash within the tag, all read references.
    const safe = code.text.replace(/[!-/:-@[-`{-~]/g, (char) => `&#${char.charCodeAt(0)};`)
    writing.bits.push(`<code>${safe}</code>`)
    return
  }
  const fence = fenceFor(code.text)
  const pad = /^`|`$|^ .*[^ ].* $/.test(code.text) ? ' ' : ''
  writing.bits.push(`${fence}${pad}${code.text}${pad}${fence}`)
}

function fenceFor(code: string): string {
  const runs = new Set((code.match(/`+/g) ?? []).map(({ length }) => length))
  let size = 1
  while (runs.has(size)) size += 1
  return '`'.repeat(size)
}

function title(value: string): string {
  if (value === '') return ''
  return ` "${escapeAlone(value, true).replaceAll('"', String.raw`\"`)}"`
}

function pushImage(image: Image, writing: Writing): void {
  writing.bits.push('![')
  if (image.alt !== '') writing.bits.push({ text: image.alt, inBrackets: true })
  writing.bits.push(`](${destination(image.url)}${title(image.title)})`)
}

function pushLink(link: Link, writing: Writing): void {
  const isBare = /^https?:\/\/[^\s<>\\{}|]+$/.test(link.url) && !/&#?\w+;/.test(link.url)
  if (isBare && link.title === '' && link.children.length === 1 && plain(link.children) === link.url) {
    writing.bits.push(`<${link.url}>`)
    return
  }
  writing.bits.push('[')
  pushAll(link.children, true, writing)
  writing.bits.push(`](${destination(link.url)}${title(link.title)})`)
}

function pushMark(mark: Mark, inBrackets: boolean, writing: Writing): void {
  const delimiter = mark.tag ? undefined : DELIMITERS[mark.mark]
  writing.bits.push(delimiter ?? `<${mark.mark}>`)
  pushAll(mark.children, inBrackets, writing)
  writing.bits.push(delimiter ?? `</${mark.mark}>`)
}

function pushAll(inlines: readonly Inline[], inBrackets: boolean, writing: Writing): void {
  for (const inline of inlines) {
    if (inline.kind === 'text') pushText(inline, inBrackets, writing)
    else if (inline.kind === 'code') pushCode(inline, writing)
    else if (inline.kind === 'break') writing.bits.push(BREAKS[writing.place])
    else if (inline.kind === 'image') pushImage(inline, writing)
    else if (inline.kind === 'link') pushLink(inline, writing)
    else pushMark(inline, inBrackets, writing)
  }
}

function lookOver(bits: readonly Bit[]): Dangers {
  const stretches = bits.flatMap((bit, index) =>
    typeof bit === 'string'
      ? []
      : [{ value: bit.text, before: edge(bits[index - 1], -1), after: edge(bits[index + 1], 0) }],
  )
  const marks = bits.filter((bit) => typeof bit === 'string')
  return findDangers(stretches, {
    star: marks.some((bit) => bit.startsWith('*')),
    tilde: marks.includes('~~'),
    code: marks.some((bit) => bit.startsWith('`')),
  })
}

function edge(bit: Bit | undefined, side: 0 | -1): string {
  if (bit === undefined) return ''
  return (typeof bit === 'string' ? bit : bit.text).at(side) ?? ''
}

function render(bits: readonly Bit[], place: LinePlace): string {
  const dangers = lookOver(bits)
  let result = ''
  let before = ''
  for (const [index, bit] of bits.entries()) {
    if (typeof bit === 'string') {
      result += bit
      before = bit.slice(-1) || before
      continue
    }
    const after = edge(bits[index + 1], 0)
    const escaped = escapeText(bit.text, {
      dangers,
      before,
      after,
      inBrackets: bit.inBrackets,
      inTable: place === 'cell',
    })
    const startsLine = place === 'paragraph' && (before === '' || before === '\n')
    const isAlone = after === '' || after === ' '
    const guarded = startsLine ? escapeLineStart(escaped, isAlone) : escaped
    result += guarded
    before = guarded.slice(-1) || before
  }
  return place === 'heading' ? result.replace(/(^|\s)(#+)$/, String.raw`$1\$2`) : result
}

function tagBreaks(inline: Inline): Inline {
  if (inline.kind === 'break') return { ...inline, tag: true }
  return inline.kind === 'mark' || inline.kind === 'link'
    ? { ...inline, children: inline.children.map(tagBreaks) }
    : inline
}

/** One line of inline content as Markdown. */
export function writeInlines(inlines: readonly Inline[], place: LinePlace): string {
  const [only] = inlines
  const isPlain = inlines.length === 1 && only?.kind === 'text'
  const writing: Writing = { place, bits: [] }
  const line = place === 'cell' ? inlines.map(tagBreaks) : inlines
  pushAll(isPlain ? line : settleMarks(line), false, writing)
  return render(writing.bits, place)
}

/** A text that stands alone on its line, within brackets or not. */
export function escapeAlone(value: string, inBrackets: boolean): string {
  const stretch = { value, before: inBrackets ? '[' : '', after: inBrackets ? ']' : '' }
  const dangers = findDangers([stretch], { star: false, tilde: false, code: false })
  return escapeText(value, { dangers, before: stretch.before, after: stretch.after, inBrackets, inTable: false })
}
