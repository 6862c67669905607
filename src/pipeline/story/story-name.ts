import { printableUrl, shownText } from '../../core/text/printable.ts'
import { isDay } from '../../core/time.ts'
import { DEFAULT_PUBLISHER, isForeign, publisherOf, PUBLISHERS, storyId } from '../../sites/publishers.ts'
import { imitatorOf } from '../configured/imitator.ts'
import { said, t } from '../../words/words.ts'
import { originalOf } from '../../core/web/archived.ts'
import { whereItLeads } from '../../core/web/redirector.ts'
import { isUrl } from '../../core/url.ts'

/** A story as a person names it. */
export type StoryName =
  | { kind: 'address'; url: string }
  /** A number, with the day of its address where that is said. */
  | { kind: 'id'; id: string; day: string | null }
  /** One line that says why it names no story. */
  | { kind: 'fault'; fault: string }

const LIST_MARKER = /^(?:[-*+>]|\d{1,4}[.)]|\[[ xX]\])\s+/
const DAYS_NUMBER = /^(?:story)?(\d{4})(\d{2})(\d{2})-(\d{1,15})\/?$/i
/** A file of an archive, or the part of its name that tells the story. */
const FILE_NAME = /^(?:.*[/\\])?(\d{4})-(\d{2})-(\d{2})-(\d{1,15}|[a-z]{2,12}\.[0-9a-z]{1,20}?)(?:-.*)?(?:\.md)?$/
const LISTS = /^\/(?:_plat|more\/sitemap|sitemaps?|rss|feed)(?:[/.]|$)/

/**
 * What names stories in a line of a list: the `url` of each record, each address where nothing else stands in it, else what a Markdown link
 * leads to, or one of HTML, what stands in `<...>` or in quotes, the first address, else the first word. None in an empty line and
 * in a comment (`#`).
 */
export function namesInLine(line: string): string[] {
  const text = line.trim()
  if (text === '' || text.startsWith('#')) return []
  const records = recordsIn(text)
  if (records !== null) return records
  const words = text.split(/\s+/)
  return words.every((word) => /^https?:/i.test(word)) ? words.map(nameIn) : [nameIn(text)]
}

function nameIn(line: string): string {
  let text = line
  while (LIST_MARKER.test(text)) text = text.replace(LIST_MARKER, '')
  const linked =
    /\]\(\s*<?([^\s<>()]{1,3000})/.exec(text) ??
    /<a\s[^<>]{0,3000}?href\s*=\s*["']?([^\s"'<>]{1,3000})/i.exec(text) ??
    /<([^\s<>]{1,3000})>/.exec(text)
  if (linked?.[1] !== undefined) return linked[1].replaceAll('&amp;', '&')
  // No address has a blank in it: what follows one is a word of whoever wrote the list.
  const [word = ''] = text.split(/\s/, 1)
  const address = word.startsWith('http') ? null : /https?:\/\/[^\s<>"')\],;。，；、）」』】》”’]{1,3000}/.exec(text)
  return address?.[0] ?? word.replace(/^["'`]+|["'`,;。，；、）」』】》”’]+$/g, '')
}

/**
 * The addresses of the records of a line, as `items`, `export` and `--failures` write them, within the brackets and commas of a list, too; a record
 * itself where it has none. `null` for a line of anything else.
 */
function recordsIn(line: string): string[] | null {
  if (!/^\[?\s*\{/.test(line)) return null
  try {
    const records = JSON.parse(`[${line.replace(/^\[|[\],]$/g, '')}]`) as { url?: unknown }[]
    return records.map((record) => (typeof record.url === 'string' ? record.url : JSON.stringify(record)))
  } catch {
    return null
  }
}

/**
 * The story that a text names: by its address, that of a copy in a web archive, its path in the site, its number with or without a
 * day, its file's name. It is asked of its paper, whatever has a copy. `line`: where the text was found, which a fault shows.
 */
export function readName(text: string, line = text): StoryName {
  const dated = DAYS_NUMBER.exec(text) ?? (/^[a-z]+:/i.test(text) ? null : FILE_NAME.exec(text))
  if (dated !== null) {
    const [, year = '', month = '', day = '', id = ''] = dated
    const named = `${year}-${month}-${day}`
    if (!isDay(named)) return fault(text, (shown) => t`${shown} names a day that there is not, ${named}`)
    return { kind: 'id', id: withoutZeros(id), day: named }
  }
  if (/^\d{1,15}$/.test(text)) return { kind: 'id', id: withoutZeros(text), day: null }
  if (/^\/[^/].*\/story\d{8}-\d+\/?$/.test(text)) return { kind: 'address', url: `${DEFAULT_PUBLISHER.origin}${text}` }
  const given = /^\/\/[^/]/.test(text) ? `https:${text}` : text
  const address = withScheme(given)
  const original = originalOf(address)
  const whole = original === address ? given : original
  const url = whereItLeads(original)
  if (/^https?:/i.test(url) && isUrl(url)) {
    const imitator = imitatorOf(url)
    if (imitator !== null) return { kind: 'fault', fault: `${printableUrl(url)}: ${said(imitator)}` }
    const { pathname, search } = new URL(url)
    if (publisherOf(url) !== null && pathname !== '/')
      return isList(url, pathname) ? listFault(url, pathname) : { kind: 'address', url }
    if (isOfAnyPaper(url, whole) && (pathname !== '/' || search !== ''))
      return isFile(pathname) ? listFault(url, pathname) : { kind: 'address', url }
  }
  return fault(line, (shown) => t`${shown} is no address of a story`)
}

function withScheme(text: string): string {
  return /^[\w-]+(\.[\w-]+)+\//.test(text) ? `https://${text}` : text
}

function withoutZeros(id: string): string {
  return id.replace(/^0+(?=\d)/, '')
}

/**
 * Every story's address of a paper has a number in it, also those of the pages before there were any `story...`. A site of this
 * machine may be anyone's.
 */
function isList(url: string, pathname: string): boolean {
  const isNumbered = /\d/.test(pathname) || (isForeign(url) && /-[^/]*-|\.s?html?$/i.test(pathname))
  return storyId(url) === null && (!isNumbered || LISTS.test(pathname) || isFile(pathname))
}

function isFile(pathname: string): boolean {
  return /\.(?:xml|rss|json)$/i.test(pathname)
}

/** A whole address of a paper that nobody knows; a story's path of a known one on such a host is mistyped, or a copy. */
function isOfAnyPaper(url: string, text: string): boolean {
  const { hostname, pathname } = new URL(url)
  return (
    url === text &&
    publisherOf(url) === null &&
    hostname.includes('.') &&
    !PUBLISHERS.some((one) => one.storyAt(pathname) !== null)
  )
}

function listFault(address: string, pathname: string): StoryName {
  const url = printableUrl(address)
  const isSitemap = /\.xml$/i.test(pathname)
  const what = isSitemap
    ? t`a sitemap or feed, not a story; items ${url} prints what it names`
    : t`a list page, not a story; fetch ${url} archives what it names`
  return { kind: 'fault', fault: `${url}: ${what}` }
}

function fault(text: string, say: (shown: string) => string): StoryName {
  return { kind: 'fault', fault: say(`"${shownText(text)}"`) }
}
