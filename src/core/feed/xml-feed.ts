import type { Addresses } from '../identity.ts'
import type { End, Item } from '../model.ts'
import { withBase } from './based.ts'
import { atomHtml, atomTitle, rssHtml, rssTitle } from './content.ts'
import {
  attributesOf,
  elementAt,
  type Element,
  type ElementsByName,
  elementsNamed,
  type Tagged,
  textBehind,
  textOf,
} from './element.ts'
import { firstOf } from '../first.ts'
import { absoluteUrl, type Candidates, type FeedContext, zoneOf, toItems } from './item.ts'
import { canonicalName, declaredPrefixes, type Prefixes } from './namespaces.ts'
import type { Scan } from './scan.ts'
import { languageOfFeed } from './language.ts'
import { picturesOf } from './pictures.ts'
import { collapse, withPicturesBelow } from './text.ts'

/** Elements that hold items or the feed's own fields. */
const CONTAINER = /^(?:rss|rdf:rdf|rdf|feed|channel)$/

const ITEM = /^(?:item|entry)$/

/** What an item is read from. A field that is never closed ends where the next of these begins. */
const FIELD =
  /^(?:title|link|guid|id|pubdate|published|updated|issued|created|modified|description|summary|content|content:encoded|author|category|enclosure|comments|source|dc:.+|atom:.+|media:.+|dcterms:.+)$/

const LONG_FIELD = /^(?:description|summary|content|content:encoded|xhtml:body|body)$/

const LINKS = ['link', 'atom:link']

/** Links that lead to anything but the story. */
const OTHER_LINK =
  /^(?:edit|edit-media|enclosure|replies|service(?:\.[a-z]+)?|license|payment|author|hub|next|previous|first|last|icon|source)$/

/** Times at which an item was published, and changed. */
const PUBLISHED = 'pubdate published atom:published issued dc:date dcterms:issued date created dcterms:created'.split(
  ' ',
)
const UPDATED = 'updated atom:updated modified dcterms:modified'.split(' ')

/** Elements of one name that are read of an item. */
const MAX_ALIKE = 100

/** The outline of an XML feed: what the readers share. */
export interface FeedOutline {
  document: Scan
  prefixes: Prefixes
  atom: boolean
  /** Fields of the feed itself. */
  channel: ElementsByName
  /** `xml:base` of the containers, joined. */
  base: string | null
  /** Those of a feed that is cut off which are there to their end. */
  items: { element: Element; fields: ElementsByName }[]
  end: End
}

/** Items and fields of RSS, RDF, Atom and CDF, in linear time, whatever is broken in them. */
export function outline(document: Scan, feedUrl: string | null): FeedOutline {
  const prefixes = declaredPrefixes(document.text)
  const found: FeedOutline = {
    document,
    prefixes,
    atom: isAtom(document, prefixes),
    channel: new Map(),
    base: null,
    items: [],
    end: document.end,
  }
  const name = namer(found)
  let free = 0
  for (let i = 0; i < document.tags.length; i++) {
    const tag = document.tags[i]!
    if (tag.kind !== 'open' && tag.kind !== 'empty') continue
    const own = name(tag.name)
    if (ITEM.test(own)) {
      const item = readItem(found, i)
      found.items.push(item)
      i = Math.max(i, item.element.after - 1)
    } else if (CONTAINER.test(own)) {
      found.base = baseOf({ document, index: i }, found.base ?? feedUrl) ?? found.base
    } else if (i >= free) {
      const element = elementAt(document, i)
      add(found.channel, own, element)
      free = element.after
    }
  }
  const last = found.items.at(-1)
  if (found.end === 'cut' && last !== undefined && !isClosed(last.element)) found.items.pop()
  return found
}

function isClosed({ document, index }: Element): boolean {
  const { kind, match } = document.tags[index]!
  return kind === 'empty' || match !== -1
}

function isAtom(document: Scan, prefixes: Prefixes): boolean {
  const root = document.tags.find(
    (tag) => tag.kind === 'open' && /(?:^|:)(?:rss|rdf|feed|channel|entry|item)$/.test(tag.name),
  )
  return root !== undefined && /^(?:atom:)?(?:feed|entry)$/.test(canonicalName(root.name, prefixes, ''))
}

function namer({ prefixes, atom }: FeedOutline): (name: string) => string {
  return (name) => canonicalName(name, prefixes, atom ? 'atom:' : '')
}

function add(fields: ElementsByName, name: string, element: Element): void {
  const same = fields.get(name)
  if (same === undefined) fields.set(name, [element])
  else if (same.length < MAX_ALIKE) same.push(element)
}

/**
 * Fields stand directly in the item, or in a group of it. The item ends where it is closed, or else where the next one
 * begins.
 */
function readItem(feed: FeedOutline, index: number): { element: Element; fields: ElementsByName } {
  const { document } = feed
  const { tags } = document
  const name = namer(feed)
  const opener = tags[index]!
  const end = opener.kind === 'empty' ? index + 1 : opener.match === -1 ? tags.length : opener.match
  const fields: ElementsByName = new Map()
  let i = index + 1
  while (i < end) {
    const tag = tags[i]!
    const own = tag.kind === 'open' || tag.kind === 'empty' ? name(tag.name) : ''
    if (ITEM.test(own)) break
    if (own === '' || own === 'media:group') {
      i++
      continue
    }
    const element = elementAt(document, i)
    if (tag.kind === 'open' && tag.match === -1 && LONG_FIELD.test(own)) element.after = unclosedEnd(tags, i, end, name)
    add(fields, own, element)
    i = Math.max(element.after, i + 1)
  }
  return { element: { document, index, after: i }, fields }
}

function unclosedEnd(tags: Scan['tags'], index: number, end: number, name: (name: string) => string): number {
  let i = index + 1
  while (i < end) {
    const tag = tags[i]!
    const own = name(tag.name)
    if ((tag.kind === 'open' || tag.kind === 'empty') && (ITEM.test(own) || FIELD.test(own))) break
    if (tag.kind === 'close' && (ITEM.test(own) || CONTAINER.test(own))) break
    i++
  }
  return i
}

function baseOf(element: Tagged, base: string | null): string | null {
  const declared = attributesOf(element).get('xml:base')
  return declared === undefined ? null : absoluteUrl(declared, base)
}

/** The items of an outlined feed, whatever is broken in them. */
export function readXmlFeed(feed: FeedOutline, context: FeedContext): Item[] {
  const found = feed.items.map(({ element, fields }) => candidates(feed, element, fields, context.base))
  return toItems(found, context)
}

/** RSS means addresses relative to its site, Atom to the feed's own address (RFC 4287, 2). */
export function contextOf(feed: FeedOutline, feedUrl: string | null, addresses: Addresses): FeedContext {
  const links = elementsNamed(feed.channel, LINKS).map(linkOf)
  const leadingTo = (rel: string, to: string | null): string | null =>
    firstOf(links, (link) => (link.rel === rel ? absoluteUrl(link.href, to) : null))
  const own = feedUrl ?? leadingTo('self', null)
  const home = leadingTo('alternate', own)
  const base = feed.base ?? (feed.atom ? (own ?? home) : (home ?? own))
  return { base, home, zone: zoneOf(languageOfFeed(feed), [own, home], addresses) }
}

interface Link {
  rel: string
  type: string
  href: string
}

function linkOf(element: Element): Link {
  const attributes = attributesOf(element)
  const text = textOf(element) || textBehind(element)
  return {
    rel: attributes.get('rel')?.trim().toLowerCase() ?? 'alternate',
    type: attributes.get('type')?.toLowerCase() ?? 'text/html',
    href: /^\s*https?:/i.test(text) ? text : (attributes.get('href') ?? text),
  }
}

function candidates(feed: FeedOutline, element: Element, fields: ElementsByName, base: string | null): Candidates {
  const own = baseOf(element, base) ?? base
  // Links of a text are relative to the story, unless the feed says to what.
  const told = baseOf(element, base) ?? feed.base
  const updates = [...texts(fields, UPDATED), attributesOf(element).get('lastmod') ?? '']
  return {
    title: firstNamed(fields, ['title', 'dc:title', 'atom:title', 'media:title'], (field) =>
      feed.atom || attributesOf(field).has('type') ? atomTitle(field) : rssTitle(field),
    ),
    urls: urls(element, fields, own),
    dates: [...texts(fields, PUBLISHED), ...updates],
    updates,
    html: withPicturesBelow(html(feed, fields, told), picturesOf(fields, own)),
    guid: firstNamed(fields, ['guid', 'id', 'atom:id'], (field) => collapse(textOf(field))),
  }
}

function html(feed: FeedOutline, fields: ElementsByName, base: string | null): string | null {
  const by = (read: (field: Element) => string | null) => (field: Element) => {
    const text = read(field)
    return text === null ? null : withBase(text, baseOf(field, base) ?? base)
  }
  const text = by(feed.atom ? atomHtml : rssHtml)
  return (
    firstNamed(fields, ['content:encoded', 'xhtml:body', 'body', 'fullitem'], by(rssHtml)) ??
    firstNamed(fields, ['content'], text) ??
    firstNamed(fields, ['atom:content'], by(atomHtml)) ??
    firstNamed(fields, ['description', 'summary', 'abstract'], text) ??
    firstNamed(fields, ['atom:summary'], by(atomHtml)) ??
    firstNamed(fields, ['dc:description', 'itunes:summary', 'media:description'], by(rssHtml))
  )
}

/** The story's page first, then identifiers that are addresses; an entry's own address (`self`) is the last resort. */
function urls(element: Element, fields: ElementsByName, base: string | null): Candidates['urls'] {
  const links = elementsNamed(fields, LINKS)
    .map((link) => ({ ...linkOf(link), base: baseOf(link, base) ?? base }))
    .filter(({ rel }) => !OTHER_LINK.test(rel))
    .toSorted((one, other) => rank(one) - rank(other))
  const attributes = attributesOf(element)
  // FeedBurner's links count readers, and lead to another host.
  const original = texts(fields, ['feedburner:origlink'])
  const named = [...identifiers(fields), attributes.get('rdf:about') ?? '', attributes.get('href') ?? '']
  // A text of Atom may stand at an address of its own.
  const elsewhere = elementsNamed(fields, ['content', 'atom:content'])
  return [
    ...original.map((href) => ({ href, base })),
    ...links.filter(({ rel }) => rel !== 'self'),
    ...elsewhere.map((field) => ({ href: attributesOf(field).get('src') ?? '', base: baseOf(field, base) ?? base })),
    ...named.map((href) => ({ href, base })),
    ...links.filter(({ rel }) => rel === 'self'),
  ].filter(({ href }) => href.trim() !== '')
}

function rank({ rel, type }: Link): number {
  return (rel === 'alternate' ? 0 : 2) + (type.includes('html') ? 0 : 1)
}

/** Identifiers that are the story's address: RSS says so by isPermaLink, which is true unless denied. */
function identifiers(fields: ElementsByName): string[] {
  const guids = (fields.get('guid') ?? []).filter((guid) => {
    const permanent = attributesOf(guid).get('ispermalink')
    return permanent?.trim().toLowerCase() !== 'false'
  })
  return [...guids, ...(fields.get('id') ?? [])]
    .map((field) => textOf(field))
    .filter((id) => /^\s*https?:\/\//i.test(id))
}

function texts(fields: ElementsByName, names: string[]): string[] {
  return elementsNamed(fields, names).flatMap((field) => collapse(textOf(field)) ?? [])
}

function firstNamed(fields: ElementsByName, names: string[], read: (field: Element) => string | null): string | null {
  return firstOf(elementsNamed(fields, names), read)
}
