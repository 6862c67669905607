import matter from 'gray-matter'
import { Lexer, parse, YAMLParseError } from 'yaml'
import { DocumentError, type Document, type FrontMatterEntry, type Headline, msOfDate } from './document.ts'
import { message } from '../../words/words.ts'
import { WordedError } from '../../words/error.ts'
import { readSimple } from './simple.ts'
import { isExcess, MERGE_MARK, UNFINISHED_MERGE, yamlFault } from './yaml-fault.ts'
import { isUrl } from '../url.ts'

/** Formatters put blank lines beside it, which are its. A producer that knew no time wrote `NaN`. */
const STAMP = /^(?:[ \t]*\n)*<!--[ \t]*(-?\d{1,16}|NaN|undefined|null|Invalid Date)?[ \t]*-->[ \t]*\n(?:[ \t]*\n)*/
const RULED = /^([^\n]*)\n-{3,}[ \t]*(?:\n|$)(?:[ \t]*\n)*/
/** As formatters mark headings. */
const MARKED = /^#{1,6}[ \t]+(\[[^\n]*)(?:\n|$)(?:[ \t]*\n)*/
const KEY = /^([^\s#:'"\-[\]{},&*!|>%@`][^:\n]*):(?:\s|$)/
const QUOTED_KEY = /^(?:"([^"\\\n]*)"|'([^'\n]*)')[ \t]*:(?:\s|$)/
/** What else begins a key of its own: one with escapes, an anchor, a tag, a sign before it, a list. */
const ODD_KEY = /^(?:"(?:[^"\\\n]|\\.)*"[ \t]*|'(?:[^'\n]|'')*'[ \t]*|[&!*[{][^:\n]*|[:-][^\s:][^:\n]*):(?:\s|$)/
const TITLE = /^(title\s*:\s*)"(.*)"(\s*)$/
/** A double-quoted scalar of one line as YAML takes it. */
const QUOTED =
  /^(?:[^"\\]|\\(?:[0abtnvfre "/\\N_LP\t]|x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|U00(?:0[\dA-Fa-f]|10)[\dA-Fa-f]{4}))*$/

/** Nobody writes a file of such depth; the parser's work grows far beyond its size, and may end the process. */
const MAX_FLOW_DEPTH = 16
const MAX_EXPLICIT_KEYS = 8
const MAX_INDENT = 200
const MAX_KEYS = 2000
/** gray-matter looks at all of a run of blank lines from each of them. */
const MAX_BLANK_LINES = 1000
const BLANK_LINE = /[\n\r\u2028\u2029](?=[^\S\n\r\u2028\u2029]*[\n\r\u2028\u2029])/g

/** Far more than any story's: what is longer is no front matter. */
const MAX_FRONT_MATTER = 65_536

/** What the lexer puts before a scalar. */
const SCALAR = '\u001f'

/**
 * Reads a story's file: its front matter (YAML 1.2), the stamp, the linked headline, the body.
 * @throws DocumentError naming line and key.
 */
export function parseDocument(text: string): Document {
  if (/^[^\n]*\r\n/.test(text)) throw new DocumentError(message`line 1: lines end in CR LF; the format has LF alone`)
  const head = /^---\n/.exec(text)?.[0]
  if (head === undefined) throw new DocumentError(message`line 1: front matter must begin with a line "---"`)
  const end = /^---(?:\n|$)/m.exec(text.slice(head.length))
  if (end === null) throw new DocumentError(message`line 1: front matter has no closing line "---"`)
  const source = text.slice(head.length, head.length + end.index)
  if (source.length > MAX_FRONT_MATTER) {
    throw new DocumentError(message`line 1: front matter is longer than ${MAX_FRONT_MATTER} characters`)
  }
  const frontMatter = readEntries(source)
  const rest = text.slice(head.length + end.index + end[0].length)
  const line = 2 + lineCount(source) + 1

  const stamp = STAMP.exec(rest)
  if (stamp === null) throw new DocumentError(message`line ${line}: the stamp "<!--milliseconds-->" is missing`)
  const headline = readHeadline(rest.slice(stamp[0].length))
  if (headline === null) {
    throw new DocumentError(
      message`line ${line + 1}: the headline "[title](address)" and its line "------" are missing`,
    )
  }
  return {
    frontMatter,
    stamp: { ms: Number(stamp[1]), source: stamp[0] },
    headline,
    body: rest.slice(stamp[0].length + headline.source.length),
  }
}

/** The linked headline with its rule or mark: `[` to the last `](` of its line, and from there to the `)` at its end. */
function readHeadline(text: string): Headline | null {
  for (const match of [RULED.exec(text), MARKED.exec(text)]) {
    const line = match?.[1]?.replace(/(?<![ \t])[ \t]+$/, '') ?? ''
    const middle = line.lastIndexOf('](')
    if (match === null || !line.startsWith('[') || !line.endsWith(')') || middle === -1) continue
    return { text: line.slice(1, middle), url: line.slice(middle + 2, -1), source: match[0] }
  }
  return null
}

function lineCount(text: string): number {
  return text.split('\n').length - 1
}

function readEntries(source: string): FrontMatterEntry[] {
  const entries = splitEntries(source)
  const values = readYaml(entries.map(repairTitle))
  const read = entries.map((part) => {
    const key = keyOf(part)
    return { key, value: key === null ? null : values[key], source: part }
  })
  let line = 2
  for (const entry of read) {
    checkEntry(entry, line)
    line += lineCount(entry.source)
  }
  for (const key of ['title', 'date', 'from']) {
    if (!read.some((entry) => entry.key === key)) throw new DocumentError(message`line 2: ${key}: the key is missing`)
  }
  return read
}

/** One part a key, with the lines that belong to it; lines before the first key are parts of their own. */
function splitEntries(source: string): string[] {
  const parts: string[] = []
  for (const line of source.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const isKey = KEY.test(line) || ODD_KEY.test(line)
    const own = parts.length === 0 || isKey || line.startsWith('#') || line.trim() === ''
    if (own) parts.push(line)
    else parts.push(`${parts.pop() ?? ''}${line}`)
  }
  return parts
}

function keyOf(part: string): string | null {
  const quoted = QUOTED_KEY.exec(part)
  return quoted?.[1] ?? quoted?.[2] ?? KEY.exec(part)?.[1]?.trimEnd() ?? null
}

/** A title whose inner quotes were left unescaped reads as what stands between its first and last quote. */
function repairTitle(part: string): string {
  const match = TITLE.exec(part)
  if (match === null || QUOTED.test(match[2] ?? '')) return part
  return `${match[1]}${JSON.stringify(match[2])}${match[3]}`
}

/** True for a title that is no YAML by itself, and is read all the same. */
export function isUnescapedTitle({ key, source }: FrontMatterEntry): boolean {
  return key === 'title' && repairTitle(source) !== source
}

const refuse = {
  parse(): never {
    throw new DocumentError(message`line 1: front matter that asks to run code is refused`)
  },
}

function readYaml(parts: readonly string[]): Record<string, unknown> {
  const simple = readSimple(parts)
  if (simple !== null) return simple
  const source = parts.join('')
  if ((source.match(BLANK_LINE) ?? []).length > MAX_BLANK_LINES) {
    throw new DocumentError(message`line 2: it has more than ${MAX_BLANK_LINES} blank lines`)
  }
  try {
    const { data } = matter(`---\n${source}---\n`, {
      language: 'yaml',
      // Left to itself it ends at any line that begins with three dashes: no key behind that would be read.
      delimiters: ['---', '---\n'],
      engines: { yaml: { parse: readMapping }, js: refuse, javascript: refuse, coffee: refuse, coffeescript: refuse },
    })
    return data
  } catch (error) {
    if (error instanceof DocumentError || !(error instanceof Error)) throw error
    // Beside its own errors the parser throws others, for aliases of nothing and for those that would fill the memory.
    throw located(error, parts)
  }
}

/** The parser may notice an unclosed bracket lines later: the first key that does not parse by itself is at fault. */
function located(error: Error, parts: readonly string[]): DocumentError {
  const [before = '', ...merged] = parts.join('').split(MERGE_MARK)
  if (merged.length > 0)
    return new DocumentError(message`line ${2 + lineCount(before)}: ${message`front matter`}: ${UNFINISHED_MERGE}`)
  const at = error instanceof YAMLParseError ? error.pos[0] : 0
  let fault: Error | null = null
  let found = { part: '', line: 2 }
  let line = 2
  let length = 0
  for (const part of parts) {
    fault = isExcess(error) ? null : faultOf(part)
    if (fault !== null || length <= at) found = { part, line }
    if (fault !== null) break
    line += lineCount(part)
    length += part.length
  }
  const { part } = found
  return new DocumentError(
    message`line ${found.line}: ${keyOf(part) ?? message`front matter`}: ${yamlFault(fault ?? error, part)}`,
  )
}

function faultOf(yaml: string): Error | null {
  try {
    parseYaml(yaml)
    return null
  } catch (error) {
    if (error instanceof Error) return error
    throw error
  }
}

function readMapping(yaml: string): object {
  const value = parseYaml(yaml) ?? {}
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new DocumentError(message`line 2: front matter must be keys and values`)
  }
  return value
}

/** In time that grows with the length: an error that quotes its line is made for each of many, so it quotes none. */
function parseYaml(yaml: string): unknown {
  checkNesting(yaml)
  return parse(yaml, { maxAliasCount: 100, uniqueKeys: true, logLevel: 'error', prettyErrors: false })
}

function checkNesting(yaml: string): void {
  let depth = 0
  let explicitKeys = 0
  let keys = 0
  let before = '\n'
  for (const token of new Lexer().lex(yaml)) {
    const isText = before === SCALAR
    const indent = before === '\n' && token.startsWith(' ') ? token.length : 0
    before = token
    if (isText) continue
    if (token === '[' || token === '{') depth += 1
    else if (token === ']' || token === '}') depth -= 1
    else if (token === '?') explicitKeys += 1
    else if (token === ':') keys += 1
    if (depth > MAX_FLOW_DEPTH || explicitKeys > MAX_EXPLICIT_KEYS || indent > MAX_INDENT) {
      throw new WordedError(message`its lists and keys are nested too deep`)
    }
    if (keys > MAX_KEYS) throw new WordedError(message`it has more than ${MAX_KEYS} keys`)
  }
}

function checkEntry({ key, value }: FrontMatterEntry, line: number): void {
  if (key === 'title' && typeof value !== 'string' && typeof value !== 'number') {
    throw new DocumentError(message`line ${line}: title: must be text`)
  }
  if (key === 'date' && Number.isNaN(msOfDate(value))) {
    throw new DocumentError(message`line ${line}: date: "${String(value).slice(0, 40)}" is no time`)
  }
  if (key === 'from' && !isUrl(String(value))) {
    throw new DocumentError(message`line ${line}: from: "${String(value).slice(0, 80)}" is no address`)
  }
}
