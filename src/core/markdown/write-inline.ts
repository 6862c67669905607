import { DELIMITERS } from './delimiters.ts'
import { settleMarks } from './marks.ts'
import { type Bit, escapeAlone, type LinePlace, writeLine } from './write-line.ts'
import { type Code, type Image, type Inline, type Link, type Mark, plain, withBreaks } from '../blocks.ts'
import { destination } from './url.ts'

/** Two spaces, for they end a line in kramdown too; a cell knows no line. */
const BREAKS: Readonly<Record<LinePlace, string>> = { paragraph: '  \n', item: '  \n', heading: ' ', cell: '<br>' }
const LIQUID = /\{[{%]/

interface Writing {
  place: LinePlace
  bits: Bit[]
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
  return ` "${escapeAlone(value).replaceAll('"', String.raw`\"`)}"`
}

function pushImage(image: Image, writing: Writing): void {
  writing.bits.push('![')
  if (image.alt !== '') writing.bits.push({ text: image.alt, inBrackets: true })
  const { url, path } = image
  const from = path === undefined ? image.title : `${image.title} ${url}`.trimStart()
  writing.bits.push(`](${destination(path === undefined ? url : `../${path}`)}${title(from)})`)
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
  const isDelimited = !mark.tag && DELIMITERS[mark.mark] !== undefined
  writing.bits.push(isDelimited ? { mark, opens: true } : `<${mark.mark}>`)
  pushAll(mark.children, inBrackets, writing)
  writing.bits.push(isDelimited ? { mark, opens: false } : `</${mark.mark}>`)
}

function pushAll(inlines: readonly Inline[], inBrackets: boolean, writing: Writing): void {
  for (const inline of inlines) {
    if (inline.kind === 'text') writing.bits.push({ text: inline.text, inBrackets })
    else if (inline.kind === 'code') pushCode(inline, writing)
    else if (inline.kind === 'break') writing.bits.push(BREAKS[writing.place])
    else if (inline.kind === 'image') pushImage(inline, writing)
    else if (inline.kind === 'link') pushLink(inline, writing)
    else pushMark(inline, inBrackets, writing)
  }
}

/** One line of inline content as Markdown. */
export function writeInlines(inlines: readonly Inline[], place: LinePlace): string {
  const [only] = inlines
  const isPlain = inlines.length === 1 && only?.kind === 'text'
  const writing: Writing = { place, bits: [] }
  const line = place === 'cell' ? withBreaks(inlines, (it) => ({ ...it, tag: true })) : inlines
  pushAll(isPlain ? line : settleMarks(line), false, writing)
  return writeLine(writing.bits, place)
}
