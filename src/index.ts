/** The pure core for people who build on it: it reads no file, opens no connection, and has no state. */
import { decode } from './core/text/charset.ts'
import { readFeed } from './core/feed/feed.ts'
import type { Item, Story } from './core/model.ts'
import { contentOfPage } from './core/record/content.ts'
import { storyOfPage } from './core/record/story.ts'
import { readPage } from './sites/index.ts'
import { aboutOf, addresses, whoOf } from './sites/publishers.ts'

export type { Document, FrontMatterEntry, Headline, Stamp } from './core/document/document.ts'
export type { Access, Item, Picture, RecordStatus, Story, StoryRecord } from './core/model.ts'
export { DocumentError } from './core/document/document.ts'
export { FeedError } from './core/feed/feed.ts'
export { canonicalUrl, storyId } from './sites/publishers.ts'
export { parseDocument } from './core/document/parse.ts'
export { renderDocument } from './core/document/render.ts'
export { toMarkdown } from './core/markdown/index.ts'

/**
 * The record's fields that a page holds, as `convert --format json` gives them; `null` when it is no article (a challenge, a
 * login, a home page, one that is larger than any). Bytes are decoded by their byte order mark, their declaration, then as
 * UTF-8, then as GB 18030.
 */
export function extractStory(page: string | Uint8Array, url: string): Story | null {
  const html = typeof page === 'string' ? page : decode(page, null)
  const read = readPage({ html, url })
  if (read.kind !== 'story') return null
  const content = contentOfPage(read.extract, { ...aboutOf(url), day: '', extra: [] })
  return storyOfPage(content, read.extract, read, whoOf(url))
}

/**
 * The items of a feed: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1.x, and what is nearly one of these. A fault
 * in one item costs no other item. Takes linear time whatever the source is; opens no connection.
 *
 * @param source Text, or bytes as they came (decoded by their byte order mark or declaration).
 * @param feedUrl Where the feed was had: relative addresses are resolved against it, its site or its `xml:base`. Without
 *   it, and where the feed names no address of its own either, a relative address stays relative.
 * @returns The items in the feed's order, at most 10,000; none when the feed has none. Of a feed that is cut off
 *   those that are there to their end.
 * @throws {FeedError} The source is no feed.
 */
export async function parseFeed(source: string | Uint8Array, feedUrl?: string): Promise<Item[]> {
  const { items } = await readFeed(
    typeof source === 'string' ? source : decode(source, null),
    feedUrl ?? null,
    addresses,
  )
  return items.map(({ title, url, published, html }) => ({ title, url, published, html }))
}
