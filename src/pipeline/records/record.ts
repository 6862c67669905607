import { idOfName, placeOfPath } from '../../core/archive/path.ts'
import { type Document, fromOf, htmlOf, msOfDate, titleOf, valueOf } from '../../core/document/document.ts'
import { type MarkdownBody, toMarkdown, writeBody } from '../../core/markdown/index.ts'
import { withOriginals } from '../../core/media/kept.ts'
import { bodyBeside } from '../../core/document/beside.ts'
import type { Story, StoryRecord } from '../../core/model.ts'
import { present } from '../../core/present.ts'
import { makeStory } from '../../core/record/story.ts'
import { readContent } from '../../sites/index.ts'
import { whoOf } from '../../sites/publishers.ts'
import { isoOf, publishedOf } from './published.ts'

/** What a file does not hold: kept beside it, or null; what may be left out is where nothing was noted. */
export interface Notes extends Pick<StoryRecord, 'fetched' | 'updated' | 'path' | 'revision' | 'status'> {
  /** Tells a true midnight from a day alone. */
  published?: string | null | undefined
  extraction?: string | undefined
  doubt?: string | undefined
  section?: string | undefined
  lang?: string | undefined
  bylines: readonly string[]
  keywords: readonly string[]
}

/**
 * The record of a document: what the file says, and what was noted beside it. `bodyOf` reads its Markdown; whoever wrote
 * it knows what it says.
 */
export function recordOf(document: Document, notes: Notes, bodyOf: (markdown: string) => MarkdownBody): StoryRecord {
  const url = fromOf(document)
  const html = htmlOf(document)
  const story = makeStory({
    ...whoOf(url, notes.path === null ? null : idOfName(placeOfPath(notes.path).name)),
    ...present({ section: notes.section }),
    url,
    title: text(titleOf(document)) ?? (new URL(url).pathname || url),
    published: publishedOf(document, url, notes.published),
    updated: notes.updated ?? isoOf(msOfDate(valueOf(document, 'updated'))),
    author: authorIn(document),
    bylines: notes.bylines.length > 0 ? [...notes.bylines] : words(valueOf(document, 'bylines')),
    tags: words(valueOf(document, 'tags')),
    categories: words(valueOf(document, 'categories')),
    keywords: notes.keywords.length > 0 ? [...notes.keywords] : words(valueOf(document, 'keywords')),
    access: valueOf(document, 'access') === 'subscriber' ? 'subscriber' : 'public',
    body: bodyOf(html === null ? document.body.replace(/(?<!\n)\n+$/, '') : markdownBeside(html, url)),
    html: text(html),
    extraction: text(valueOf(document, 'extraction')) ?? notes.extraction ?? null,
    doubt: notes.doubt ?? null,
    lang: text(valueOf(document, 'lang')) ?? notes.lang ?? null,
  })
  return recordOfStory(story, notes)
}

/** Those whom a file names as its author, as one; `null` where it names nobody. */
export function authorIn(document: Document): string | null {
  return text(words(valueOf(document, 'author')).join('、'))
}

/** The record of a story, and of what is known beside it. */
export function recordOfStory(
  story: Story,
  notes: Pick<Notes, 'fetched' | 'path' | 'revision' | 'status'>,
): StoryRecord {
  const { fetched, path, revision, status } = notes
  return { ...story, fetched, path, revision, status, schema: 1 }
}

/** The Markdown of a body kept as HTML, its pictures as they stand in it. */
function markdownBeside(html: string, url: string): string {
  const body = bodyBeside({ markdown: markdownOf(html, url) }, html, url)
  return 'markdown' in body ? body.markdown : ''
}

/** The Markdown of a body kept as HTML, its pictures as they stood on the page. */
export function markdownOf(html: string, url: string): string {
  const original = withOriginals(html)
  const content = readContent(original, url)
  return content === null ? toMarkdown(original, url) : writeBody(content.body.blocks).markdown
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** What a key says: one word or several, each perhaps with more about it (`{ name: 张三, url: … }`). */
function words(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value.flat(LISTS_DEEP) : [value]
  return list
    .map((word) => (typeof word === 'object' && word !== null ? Object(word).name : word))
    .filter((word) => word !== null && word !== undefined && word !== '')
    .map(String)
}

/** Site generators have a list of categories, or of their ways. */
const LISTS_DEEP = 3
