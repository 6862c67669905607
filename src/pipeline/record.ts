import { BODY_TOP_HEADING } from '../core/content.ts'
import { htmlOf, valueOf, type Document } from '../core/document/document.ts'
import { identify, sectionOf } from '../core/identity.ts'
import { elementToMarkdown, toMarkdown } from '../core/markdown/index.ts'
import { readMarkdown } from '../core/markdown/read.ts'
import type { Status, StoryRecord } from '../core/model.ts'
import { isoTime, startOfDay } from '../core/time.ts'
import { readContent } from '../sites/index.ts'

/** What a file does not hold: kept beside it, or null. */
export interface Notes {
  fetched: string | null
  updated: string | null
  bylines: readonly string[]
  keywords: readonly string[]
  path: string | null
  revision: number
  status: Status | null
}

/** The record of a document: what the file says, and what was noted beside it. */
export function recordOf(document: Document, notes: Notes): StoryRecord {
  const url = String(valueOf(document, 'from'))
  const html = htmlOf(document)
  const markdown = html === null ? document.body.replace(/(?<!\n)\n+$/, '') : markdownOf(html, url)
  const contents = readMarkdown(markdown)
  return {
    id: identify(url).id,
    url,
    title: String(valueOf(document, 'title')),
    published: publishedOf(document, url),
    updated: notes.updated ?? text(valueOf(document, 'updated')),
    fetched: notes.fetched,
    section: sectionOf(url),
    author: text(valueOf(document, 'author')),
    bylines: notes.bylines.length > 0 ? [...notes.bylines] : words(valueOf(document, 'bylines')),
    tags: words(valueOf(document, 'tags')),
    categories: words(valueOf(document, 'categories')),
    keywords: notes.keywords.length > 0 ? [...notes.keywords] : words(valueOf(document, 'keywords')),
    access: valueOf(document, 'access') === 'subscriber' ? 'subscriber' : 'public',
    images: contents.images,
    markdown,
    text: contents.text,
    html,
    path: notes.path,
    revision: notes.revision,
    status: notes.status,
    schema: 1,
  }
}

/** The Markdown of a body kept as HTML. */
export function markdownOf(html: string, url: string): string {
  const content = readContent(html, url)
  return content === null
    ? toMarkdown(html, url)
    : elementToMarkdown(content.body, url, { topHeading: BODY_TOP_HEADING })
}

/** Midnight in Singapore of the day in the URL stands for a time that is not known. */
function publishedOf(document: Document, url: string): string | null {
  const ms = Date.parse(String(valueOf(document, 'date')))
  const { day } = identify(url)
  return day !== null && startOfDay(day) === ms ? null : isoTime(ms)
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function words(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value]
  return list.filter((word) => word !== null && word !== undefined && word !== '').map(String)
}
