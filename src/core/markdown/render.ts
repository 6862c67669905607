import { compile, type Options, parse, postprocess, preprocess } from 'micromark'
import { gfmStrikethrough, gfmStrikethroughHtml } from 'micromark-extension-gfm-strikethrough'
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table'
import { gfmTaskListItem, gfmTaskListItemHtml } from 'micromark-extension-gfm-task-list-item'
import { withLiterals } from './literal.ts'

const EXTENSIONS = [gfmTable(), gfmStrikethrough(), gfmTaskListItem()]
const OPTIONS: Options = {
  allowDangerousHtml: true,
  allowDangerousProtocol: true,
  htmlExtensions: [gfmTableHtml(), gfmStrikethroughHtml(), gfmTaskListItemHtml()],
}

/**
 * No story has as many marks and brackets in a paragraph, quotes and lists around or beside its text, tags that never end, or
 * underlined headings.
 */
const MAX_DELIMITERS = 2000
const MAX_CONTAINERS = 100
const MAX_RUNS = 2000
const MAX_UNDERLINES = 1000
const MAX_UNENDED = 200

const DELIMITER = /\*+|_+|~+|\]/g

/** A marker of a quote or an item, with what stands before it. */
const MARKER = String.raw`(?:[ \t]*(?:[-+*>]|\d{1,9}[.)])(?=[ \t>]|$))`
/** What a line stands in. */
const MARKERS = new RegExp(`^${MARKER}+`)
const CONTAINERS = new RegExp(`^${MARKER}{${MAX_CONTAINERS}}`, 'm')
const RULE_OF_TABLE = /^[ \t>]*(?=[-:| \t]*[|:])[-:| \t]*-[-:| \t]*$/
const BLOCK_START = /^(?:[-+*<>]|\d{1,9}[.)]|#{1,6}|[`~]{3})/

function count(pattern: RegExp, text: string): number {
  return text.match(pattern)?.length ?? 0
}

/** The texts of a paragraph: each row of a table that it may hold is one, all the rest is one. */
function textsOf(paragraph: string): string[] {
  const lines = paragraph.split('\n')
  const rule = lines.findIndex((line) => RULE_OF_TABLE.test(line))
  if (rule === -1) return [paragraph]
  const around = /^[ \t>]*/.exec(lines[rule] ?? '')?.[0] ?? ''
  const isRow = (line: string): boolean =>
    line.startsWith(around) && line.includes('|') && !BLOCK_START.test(line.slice(around.length).trimStart())
  let end = rule + 1
  while (end < lines.length && isRow(lines[end] ?? '')) end += 1
  return [...lines.slice(rule + 1, end), [...lines.slice(0, rule), ...lines.slice(end)].join('\n')]
}

/** True when a paragraph, or a row of a table, has too many marks and brackets. */
function hasTooManyDelimiters(markdown: string): boolean {
  if (count(DELIMITER, markdown) <= MAX_DELIMITERS) return false
  return markdown
    .split(/\n[ \t>]*\n/)
    .flatMap(textsOf)
    .some((text) => count(DELIMITER, text) > MAX_DELIMITERS)
}

/** True when quotes and lists begin, or end and leave what follows outside, again and again. */
function hasTooManyRuns(markdown: string): boolean {
  let runs = 0
  let open = ''
  let isLazy = false
  for (const line of markdown.split(/\r\n?|\n/)) {
    const markers = (MARKERS.exec(line)?.[0] ?? '').replace(/\d+/g, '')
    // Of a list within an item, both on one line, no more than that line can be.
    if (markers !== '' && (markers !== open || markers.trim().length > 1)) runs += 1
    // A line that stands in a quote or an item without its marker.
    isLazy = markers === '' && line.trim() !== '' && (isLazy || open !== '')
    if (isLazy) runs += 1
    // What is indented, and a list's next item behind a blank line, are of the same list.
    const ends = line.trim() === '' ? open.includes('>') : !/^[ \t]/.test(line)
    if (markers !== '' || ends) open = markers
  }
  return runs > MAX_RUNS
}

/** How comments and their like begin and end. */
const ENDED: readonly (readonly [RegExp, string])[] = [
  [/<!--/g, '-->'],
  [/<\?/g, '?>'],
  [/<!\[CDATA\[/g, ']]>'],
  [/<![a-z]/gi, '>'],
]

/** True when comments and their like are begun again and again behind the last that ends. */
function hasTooManyUnended(markdown: string): boolean {
  return ENDED.some(([begin, end]) => count(begin, markdown.slice(markdown.lastIndexOf(end) + 1)) > MAX_UNENDED)
}

/**
 * What micromark reads in time that grows with the square of its number, and is therefore read as the text that it is
 * where there is more of it than any story has.
 */
function disabled(markdown: string): string[] {
  return [
    ...(hasTooManyDelimiters(markdown)
      ? ['attention', 'strikethrough', 'labelStartImage', 'labelStartLink', 'labelEnd']
      : []),
    ...(CONTAINERS.test(markdown) || hasTooManyRuns(markdown) ? ['list', 'blockQuote'] : []),
    ...(count(/^[ \t]*(?:=+|-+)[ \t]*$/gm, markdown) > MAX_UNDERLINES ? ['setextUnderline'] : []),
    ...(hasTooManyUnended(markdown) ? ['htmlText'] : []),
  ]
}

function eventsOf(markdown: string) {
  const names = disabled(markdown)
  const parser = parse({ extensions: [...EXTENSIONS, { disable: { null: names } }] })
  const { constructs } = parser
  // What is disabled by its name alone would still end a piece of text.
  constructs.text = withLiterals(constructs.text, names)
  constructs.string = withLiterals(constructs.string, names)
  return postprocess(parser.document().write(preprocess()(markdown, undefined, true)))
}

/** Markdown (CommonMark with GFM's tables, strikethrough and task lists) as HTML. For reading back, not for display. */
export function renderMarkdown(markdown: string): string {
  return compile(OPTIONS)(eventsOf(markdown))
}

/** A picture as it is written in Markdown. */
interface WrittenPicture {
  /** Where its link begins, behind `](`, and where it ends, before `)`. */
  start: number
  end: number
  /** Its link and its title as they stand there, without quotes and angle brackets. */
  link: string
  title: string
}

/** The pictures of a Markdown text that carry their own link, in its order; none that stands in the description of another. */
export function picturesWritten(markdown: string): WrittenPicture[] {
  const found: WrittenPicture[] = []
  const open: (WrittenPicture | null)[] = []
  for (const [what, { type, start, end }] of eventsOf(markdown)) {
    const written = open.at(-1) ?? null
    const text = markdown.slice(start.offset, end.offset)
    if (type === 'image' || type === 'link') {
      const isOutermost = open.every((one) => one === null)
      if (what === 'enter')
        open.push(type === 'image' && isOutermost ? { start: 0, end: 0, link: '', title: '' } : null)
      else if ((open.pop()?.end ?? 0) > 0) found.push(written!)
    } else if (written === null || what === 'enter') continue
    else if (type === 'resource') Object.assign(written, { start: start.offset + 1, end: end.offset - 1 })
    else if (type === 'resourceDestinationString') written.link = text
    else if (type === 'resourceTitleString') written.title = text
  }
  return found
}
