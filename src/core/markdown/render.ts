import { micromark, type Options } from 'micromark'
import { gfmStrikethrough, gfmStrikethroughHtml } from 'micromark-extension-gfm-strikethrough'
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table'
import { gfmTaskListItem, gfmTaskListItemHtml } from 'micromark-extension-gfm-task-list-item'

const EXTENSIONS = [gfmTable(), gfmStrikethrough(), gfmTaskListItem()]
const OPTIONS: Options = {
  allowDangerousHtml: true,
  allowDangerousProtocol: true,
  htmlExtensions: [gfmTableHtml(), gfmStrikethroughHtml(), gfmTaskListItemHtml()],
}

/** No story has as many marks in a paragraph, quotes and lists around a line, or tags that never end. */
const MAX_DELIMITERS = 2000
const MAX_CONTAINERS = 100
const MAX_UNENDED = 200

const RULE_OF_TABLE = /^[ \t>|]*:?-[-:| \t]*$/m
const CONTAINERS = new RegExp(String.raw`^(?:[ \t]*(?:[-+*>]|\d{1,9}[.)])(?=[ \t>]|$)){${MAX_CONTAINERS}}`, 'm')

function count(pattern: RegExp, text: string): number {
  return text.match(pattern)?.length ?? 0
}

/** True when a paragraph, or a row of a table, has too many runs of delimiters. */
function hasTooManyDelimiters(markdown: string): boolean {
  if (count(/[*_~]+/g, markdown) <= MAX_DELIMITERS) return false
  return markdown
    .split(/\n[ \t>]*\n/)
    .flatMap((paragraph) => (RULE_OF_TABLE.test(paragraph) ? paragraph.split('\n') : [paragraph]))
    .some((lines) => count(/[*_~]+/g, lines) > MAX_DELIMITERS)
}

/** True when comments and their like are begun again and again behind the last that ends. */
function hasTooManyUnended(markdown: string): boolean {
  return [
    [/<!--/g, '-->'],
    [/<\?/g, '?>'],
    [/<!\[CDATA\[/g, ']]>'],
    [/<![a-z]/gi, '>'],
  ].some(
    ([begin, end]) => count(begin as RegExp, markdown.slice(markdown.lastIndexOf(end as string) + 1)) > MAX_UNENDED,
  )
}

/**
 * What micromark reads in time that grows with the square of its number, and is therefore read as the text that it is
 * where there is more of it than any story has.
 */
function disabled(markdown: string): string[] {
  return [
    ...(hasTooManyDelimiters(markdown) ? ['attention', 'strikethrough'] : []),
    ...(CONTAINERS.test(markdown) ? ['list', 'blockQuote'] : []),
    ...(hasTooManyUnended(markdown) ? ['htmlText'] : []),
  ]
}

/** Markdown (CommonMark with GFM's tables, strikethrough and task lists) as HTML. For reading back, not for display. */
export function renderMarkdown(markdown: string): string {
  const names = disabled(markdown)
  const extensions = names.length === 0 ? EXTENSIONS : [...EXTENSIONS, { disable: { null: names } }]
  return micromark(markdown, { ...OPTIONS, extensions })
}
