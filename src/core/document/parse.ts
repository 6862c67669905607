import matter from 'gray-matter'
import { parse as parseYaml, YAMLParseError } from 'yaml'
import { DocumentError, type Document, type Entry } from './document.ts'

/** Formatters put blank lines beside it, which are its. A producer that knew no time wrote `NaN`. */
const STAMP = /^(?:[ \t]*\n)*<!--[ \t]*(-?\d{1,16}|NaN)[ \t]*-->[ \t]*\n(?:[ \t]*\n)*/
const HEADLINE = /^\[([^\n]*)\]\(([^\n]*?)\)[ \t]*\n-{3,}[ \t]*(?:\n|$)(?:[ \t]*\n)*/
/** As formatters mark headings. */
const MARKED_HEADLINE = /^#{1,6}[ \t]+\[([^\n]*)\]\(([^\n]*?)\)[ \t]*(?:\n|$)(?:[ \t]*\n)*/
const KEY = /^([^\s#:'"\-[\]{},&*!|>%@`][^:\n]*):(?:\s|$)/
const TITLE = /^(title\s*:\s*)"(.*)"(\s*)$/

/**
 * Reads a story's file: its front matter (YAML 1.2), the stamp, the linked headline, the body.
 * @throws DocumentError naming line and key.
 */
export function parseDocument(text: string): Document {
  if (/^[^\n]*\r\n/.test(text)) throw new DocumentError('line 1: lines end in CR LF; the format has LF alone')
  const head = /^---\n/.exec(text)?.[0]
  if (head === undefined) throw new DocumentError('line 1: front matter must begin with a line "---"')
  const end = /^---(?:\n|$)/m.exec(text.slice(head.length))
  if (end === null) throw new DocumentError('line 1: front matter has no closing line "---"')
  const source = text.slice(head.length, head.length + end.index)
  const frontMatter = readEntries(source)
  const rest = text.slice(head.length + end.index + end[0].length)
  const line = 2 + lineCount(source) + 1

  const stamp = STAMP.exec(rest)
  if (stamp === null) throw new DocumentError(`line ${line}: the stamp "<!--milliseconds-->" is missing`)
  const below = rest.slice(stamp[0].length)
  const headline = HEADLINE.exec(below) ?? MARKED_HEADLINE.exec(below)
  if (headline === null) {
    throw new DocumentError(`line ${line + 1}: the headline "[title](address)" and its line "------" are missing`)
  }
  return {
    frontMatter,
    stamp: { ms: Number(stamp[1]), source: stamp[0] },
    headline: { text: headline[1] ?? '', url: headline[2] ?? '', source: headline[0] },
    body: rest.slice(stamp[0].length + headline[0].length),
  }
}

function lineCount(text: string): number {
  return text.split('\n').length - 1
}

function readEntries(source: string): Entry[] {
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
    if (!read.some((entry) => entry.key === key)) throw new DocumentError(`line 2: ${key}: the key is missing`)
  }
  return read
}

/** One part a key, with the lines that belong to it; lines before the first key are parts of their own. */
function splitEntries(source: string): string[] {
  const parts: string[] = []
  for (const line of source.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const own = parts.length === 0 || KEY.test(line) || line.startsWith('#') || line.trim() === ''
    if (own) parts.push(line)
    else parts.push(`${parts.pop() ?? ''}${line}`)
  }
  return parts
}

function keyOf(part: string): string | null {
  return KEY.exec(part)?.[1]?.trimEnd() ?? null
}

/** A title whose inner quotes were left unescaped reads as what stands between its first and last quote. */
function repairTitle(part: string): string {
  const match = TITLE.exec(part)
  if (match === null || parses(part)) return part
  return `${match[1]}${JSON.stringify(match[2])}${match[3]}`
}

/** True for a title that is no YAML by itself, and is read all the same. */
export function isUnescapedTitle({ key, source }: Entry): boolean {
  return key === 'title' && repairTitle(source) !== source
}

const refuse = {
  parse(): never {
    throw new DocumentError('line 1: front matter that asks to run code is refused')
  },
}

function readYaml(parts: readonly string[]): Record<string, unknown> {
  const source = parts.join('')
  try {
    const { data } = matter(`---\n${source}---\n`, {
      language: 'yaml',
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
  const what = error.message.split(/ at line |\n/)[0] ?? ''
  let line = 2
  for (const part of parts) {
    if (!parses(part)) return new DocumentError(`line ${line}: ${keyOf(part) ?? 'front matter'}: ${what}`)
    line += lineCount(part)
  }
  const told = error instanceof YAMLParseError ? error.linePos?.[0].line : undefined
  return new DocumentError(`line ${(told ?? 1) + 1}: ${what}`)
}

function parses(yaml: string): boolean {
  try {
    parseYaml(yaml, { logLevel: 'error' })
    return true
  } catch {
    return false
  }
}

function readMapping(yaml: string): object {
  return asMapping(parseYaml(yaml, { maxAliasCount: 100, uniqueKeys: true, logLevel: 'error' }))
}

function asMapping(value: unknown): object {
  if (value === null || value === undefined) return {}
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new DocumentError('line 2: front matter must be keys and values')
  }
  return value
}

function checkEntry({ key, value }: Entry, line: number): void {
  if (key === 'title' && typeof value !== 'string' && typeof value !== 'number') {
    throw new DocumentError(`line ${line}: title: must be text`)
  }
  if (key === 'date' && Number.isNaN(Date.parse(String(value)))) {
    throw new DocumentError(`line ${line}: date: "${String(value).slice(0, 40)}" is no time`)
  }
  if (key === 'from' && !URL.canParse(String(value))) {
    throw new DocumentError(`line ${line}: from: "${String(value).slice(0, 80)}" is no address`)
  }
}
