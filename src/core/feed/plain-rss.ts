import type { Item } from '../model.ts'
import { isObject } from '../shape.ts'
import { attributesIn, attributesOf, type Element, elementsNamed, textBehind, textOf } from './element.ts'
import { type Candidates, type FeedContext, toItems } from './item.ts'
import { collapse, markup, plainText, textIn } from './text.ts'
import type { FeedOutline } from './xml-feed.ts'

/** rss-parser takes 11 s for 100,000 items, and its XML reader more than one pass over each text. */
const MAX_ITEMS = 2000
const MAX_CHARACTERS = 8_000_000
const MAX_DEPTH = 32

/**
 * Steps that rss-parser may take to make the snippets that nobody asked it for. Its pattern for tags runs from every
 * `<` to the next `>` that no line break follows: 20 kB of `<` are 200 million steps.
 */
const MAX_SNIPPET_STEPS = 20_000_000

/** Elements of HTML that no feed vocabulary shares: rss-parser puts markup inside a field out of order. */
const HTML =
  /^(?:xhtml:)?(?:p|div|br|a|img|span|b|i|em|strong|u|ul|ol|li|table|tr|td|h[1-6]|figure|section|blockquote|pre|code|font|center|style|script|iframe)$/

/** Fields of an item that it passes over, though they may hold what the item has nowhere else. */
const PASSED_OVER =
  /^(?:atom:|dcterms:|media:|feedburner:origlink|enclosure$|itunes:summary|dc:(?:title|description)|xhtml:|(?:content|summary|abstract|published|updated|issued|created|modified|date|id|body|fullitem)$)/

/** Fields of which it knows the first alone. */
const ONCE = /^(?:title|link|pubdate|dc:date|description|content:encoded)$/

/**
 * Whether rss-parser may be given a feed: RSS without a fault in it, of a size that it reads at once, all of whose
 * fields it knows. Atom is not its thing: it forgets of what type a text is.
 */
export function isPlainRss(feed: FeedOutline): boolean {
  return isModest(feed) && isKnownRss(feed) && snippetSteps(feed) <= MAX_SNIPPET_STEPS
}

function isModest({ document, items }: FeedOutline): boolean {
  const { text, clean, depth } = document
  return clean && depth <= MAX_DEPTH && items.length <= MAX_ITEMS && text.length <= MAX_CHARACTERS
}

function isKnownRss({ document, prefixes, atom, items }: FeedOutline): boolean {
  const { text, tags } = document
  const root = tags.find(({ kind }) => kind === 'open')
  if (atom || root === undefined || text.includes('xml:base')) return false
  // Its XML reader looks at the whole of any other declaration again at each of its characters.
  if (/<!(?!--|\[CDATA\[|doctype\b)/i.test(text)) return false
  // It knows a name in one case alone.
  if (/<(?:pubdate|PUBDATE|PubDate|Pubdate)[\s>]/.test(text)) return false
  if (root.name !== 'rdf:rdf' && !attributesIn(document, root).has('version')) return false
  if ([...prefixes].some(([written, meant]) => written !== meant)) return false
  return !tags.some(({ name }) => HTML.test(name)) && items.every(({ fields }) => [...fields].every(isRead))
}

function isRead([name, elements]: [string, Element[]]): boolean {
  if (name === 'link' && elements.some((link) => attributesOf(link).has('href') || textBehind(link).trim() !== ''))
    return false
  return !PASSED_OVER.test(name) && (elements.length === 1 || !ONCE.test(name))
}

function snippetSteps({ items }: FeedOutline): number {
  let steps = 0
  for (const { fields } of items) {
    for (const field of elementsNamed(fields, ['description', 'content:encoded']))
      steps += stepsToTagEnds(textOf(field))
  }
  return steps
}

function stepsToTagEnds(html: string): number {
  let steps = 0
  let open = 0
  let starts = 0
  for (const { 0: mark, index } of html.matchAll(/<|>(?=[^\n])/g)) {
    if (mark === '<') {
      open++
      starts += index
    } else {
      steps += open * index - starts
      open = 0
      starts = 0
    }
  }
  return steps + open * html.length - starts
}

/** What rss-parser gives of an item, `guids` being what the options below ask for. */
type ParsedItem = Partial<
  Record<'title' | 'link' | 'pubDate' | 'date' | 'content' | 'content:encoded' | 'guids' | 'rdf:about', unknown>
>

/** Reads plain RSS with rss-parser; null when it refuses the feed, or gives fewer items than the feed has. */
export async function readPlainRss(feed: FeedOutline, context: FeedContext): Promise<Item[] | null> {
  const { default: Parser } = await import('rss-parser')
  const parser = new Parser<object, ParsedItem>({ customFields: { item: [['guid', 'guids', { keepArray: true }]] } })
  try {
    const { items } = await parser.parseString(feed.document.text)
    if (items.length !== feed.items.length) return null
    const found = items.map((item) => candidates(item, context))
    return toItems(found, context)
  } catch {
    return null
  }
}

function candidates(item: ParsedItem, { base }: FeedContext): Candidates {
  const urls = [textIn(item.link), ...permalinks(item.guids), textIn(item['rdf:about'])]
  const dates = [textIn(item.pubDate), textIn(item.date)]
  return {
    title: plainText(textIn(item.title) ?? ''),
    urls: urls.filter((url) => url !== null).map((href) => ({ href, base })),
    dates: dates.filter((date) => date !== null),
    updates: [],
    html: markup(textIn(item['content:encoded']) ?? '') ?? markup(textIn(item.content) ?? ''),
    guid: collapse(guids(item.guids)[0]?.text ?? ''),
  }
}

/** xml2js gives an element as its text, or, where it has attributes, as `{ _: text, $: attributes }`. */
function guids(parsed: unknown): { text: string; denied: boolean }[] {
  return (Array.isArray(parsed) ? parsed : []).flatMap((guid: unknown) => {
    const { _: text, $: attributes } = isObject(guid) ? guid : { _: guid, $: null }
    const denied = isObject(attributes) && String(attributes['isPermaLink']).toLowerCase() === 'false'
    return typeof text === 'string' ? [{ text, denied }] : []
  })
}

function permalinks(parsed: unknown): string[] {
  return guids(parsed).flatMap(({ text, denied }) => (!denied && /^\s*https?:\/\//i.test(text) ? [text] : []))
}
