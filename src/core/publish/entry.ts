import type { StoryRecord } from '../model.ts'
import { hostOf } from './address.ts'
import { notesOf } from './notes.ts'
import { type PictureAt, storyHtml } from './story-html.ts'
import { changedAt, publishedAt } from './story-times.ts'
import { escapeXml } from './xml.ts'

/** What a feed says of itself. */
export interface FeedAbout {
  title: string
  /** A URI that no other feed has; of JSON Feed none is asked for. */
  id: string
  /** The address at which it stands; `null` where that is not known. */
  self: string | null
  /** When it is made: the time of a feed without entries. */
  nowMs: number
}

/** A story as a feed's entry, written. */
export interface WrittenEntry {
  published: string
  updated: string
  text: string
}

/** A kind of feed: how a story is written, and the document around stories, in parts. */
export interface FeedFormat {
  /** `canonical`: the address by which a story is identified, of its URL. */
  entry: (record: StoryRecord, canonical: (url: string) => string) => string
  /** `entries` in their order. */
  document: (about: FeedAbout, entries: readonly WrittenEntry[]) => Iterable<string>
}

/** A story as an entry of a feed of that kind. */
export function entryOf(record: StoryRecord, { entry }: FeedFormat, canonical: (url: string) => string): WrittenEntry {
  return { published: publishedAt(record), updated: changedAt(record), text: entry(record, canonical) }
}

/** Entries in the order of feeds, the newest first. */
export function newestFirst(entries: readonly WrittenEntry[]): WrittenEntry[] {
  return entries.toSorted((a, b) => (a.published === b.published ? 0 : a.published < b.published ? 1 : -1))
}

/** A feed's readers have nothing of the archive: pictures come from where the page has them. */
const FROM_AFAR: PictureAt = ({ url }) => url

/** What a feed shows of a story: what is to be told of it, then its body. */
export function contentHtml(record: StoryRecord): string {
  const notes = notesOf(record).map((note) => `<p><em>${escapeXml(note)}</em></p>\n`)
  return `${notes.join('')}${storyHtml(record, FROM_AFAR)}`
}

/** The paper and who wrote it, each once; the host where nobody is named. */
export function authorsOf({ author, bylines, url }: StoryRecord): string[] {
  const named = [...new Set([author, ...bylines])].filter((name) => name !== null)
  return named.length > 0 ? named : [hostOf(url, url) ?? url]
}

/** The section and the page's keywords, each once. */
export function termsOf({ section, keywords }: StoryRecord): string[] {
  return [...new Set([section, ...keywords])].filter((term) => term !== null)
}
