/** The pure core for people who build on it: it reads no file, opens no connection, and has no state. */
import { decode } from './core/text/charset.ts'
import type { Story } from './core/model.ts'
import { contentOfPage } from './core/record/content.ts'
import { storyOfPage } from './core/record/story.ts'
import { readPage } from './sites/index.ts'
import { paperOf } from './sites/zaobao/index.ts'

export type { Document, Entry, Headline, Stamp } from './core/document/document.ts'
export type { Access, Item, Picture, Status, Story, StoryRecord } from './core/model.ts'
export { DocumentError } from './core/document/document.ts'
export { FeedError, parseFeed } from './core/feed/feed.ts'
export { canonicalUrl, storyId } from './core/identity.ts'
export { parseDocument } from './core/document/parse.ts'
export { renderDocument } from './core/document/render.ts'
export { toMarkdown } from './core/markdown/index.ts'

/**
 * The record's fields that a page holds, as `convert --format json` gives them; `null` when it is no article (a challenge, a
 * login, a home page, one that is larger than any). Bytes are decoded by their byte order mark, their declaration, then as UTF-8, then as GB 18030.
 */
export function extractStory(page: string | Uint8Array, url: string): Story | null {
  const html = typeof page === 'string' ? page : decode(page, null)
  const read = readPage({ html, url })
  if (read.kind !== 'story') return null
  const content = contentOfPage(read.extract, { url, day: '', paper: paperOf(url), extra: [] })
  return storyOfPage(content, read.extract, read)
}
