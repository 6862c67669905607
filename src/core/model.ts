import type { Message } from '../words/words.ts'
import type { Block } from './blocks.ts'

/**
 * The values that travel through the program, defined once: meaning, unit, source and what stands where something is
 * absent. Absent is `null`, never an empty string.
 */

/** One entry of a feed, list page or sitemap, before its page was read. */
export interface Item {
  /** The headline as the source shows it, on one line. */
  title: string | null
  /** Absolute URL of the page, query and all; relative only where nothing tells what it is relative to. */
  url: string | null
  /** ISO 8601 UTC with milliseconds; a source that tells only the day gives `null`. */
  published: string | null
  /** `YYYY-MM-DD`, of a feed's item of which the day alone is told; left out where more is, or nothing. */
  day?: string
  /** When its feed says that it was changed last, as `published`; left out where it does not. */
  updated?: string
  /** The story's HTML where the source carries it (RSSHub does), else `null`. */
  html: string | null
  /** What its feed identifies it by, address or not; left out where there is none. */
  guid?: string
  /** Its language, as its feed declares it of this item; left out where it does not. */
  lang?: string
  /** The id under which an earlier version archived it, where today it would be another. */
  id?: string
}

/** What a feed, list page or sitemap names. */
export interface Listing {
  /** In its order. Of a source that is cut off, those alone that are there to their end. */
  items: Item[]
  end: End
  /** The address of a feed's site; left out where the feed names none. */
  home?: string
  /** The language that a feed declares, as it does; left out where it declares none. */
  lang?: string
}

/** Whether a source was read to its end, ends before its time (it was cut in transfer), or goes on beyond what is read. */
export type End = 'whole' | 'cut' | 'beyond'

/** Who a story is, for ever: the key of the archive. */
export interface Identity {
  /** The number of `storyYYYYMMDD-NUMBER`; else the first ten hex digits of the canonical URL's SHA-256. */
  id: string
  /** `YYYY-MM-DD` in the story's URL, by its paper's clock; `null` when the URL names none. */
  day: string | null
}

/** A picture of a story. */
export interface Picture {
  /** Absolute URL. */
  url: string
  /** Caption with its credit as plain text. */
  caption: string | null
  /** Where it is kept, relative to the archive, with `/`; `null` where it is not. */
  path: string | null
}

export type Access = 'public' | 'subscriber'

/** What a page (or a feed item's own content) says of a story: the record's fields that it holds. */
export interface Story {
  id: string
  /** Address as first archived: https, host, edition and section as given, no query, no fragment. */
  url: string
  title: string
  /** ISO 8601 UTC with milliseconds; `null` when the day alone is known. */
  published: string | null
  /** Time of the last change as the page states it, ISO 8601 UTC; `null` when it states none. */
  updated: string | null
  /** The URL's path before the story: `realtime/china`. */
  section: string | null
  /** The paper, by its name in the program; `null` where it is not known. */
  publisher: string | null
  /** The language of its text: `zh-Hans`, `zh-Hant`, `zh` where no letter tells which, `en`; `null` where it is not known. */
  lang: string | null
  /** The paper. */
  author: string | null
  /** Who wrote, reported, photographed, translated: as the page prints them, without the label (文/). */
  bylines: string[]
  tags: string[]
  categories: string[]
  keywords: string[]
  access: Access
  /** Pictures in the order of the body. A function of `markdown`. */
  images: Picture[]
  /** The body as Markdown, no trailing newline. */
  markdown: string
  /** The body as plain text, paragraphs separated by a blank line. A function of `markdown`. */
  text: string
  /** The body in the seed's form (what stands between `<div>` and `</div>`) when bodies are kept as HTML. */
  html: string | null
  /** What read it: a page layout's name, `generic` where none claimed the page, `feed` for a feed's text; `null` when not noted. */
  extraction: string | null
  /** What another witness says against the text, with figures: `the page has 640 more letters`; `null` where none does. */
  doubt: string | null
}

export type RecordStatus = 'written' | 'revised' | 'unchanged'

/** One line of NDJSON: a story with what the archive knows of it. The JSON Schema is made from `record/schema.ts`. */
export interface StoryRecord extends Story {
  /** When the page was last read, ISO 8601 UTC; `null` when the archive's own notes are gone. */
  fetched: string | null
  /** Relative to the archive, with `/`; `null` when nothing was archived (`convert`). */
  path: string | null
  /** 1 for the first text, one more for each later one. */
  revision: number
  /** What the run did; `null` in `export` and `convert`. */
  status: RecordStatus | null
  /** Version of this record's schema. */
  schema: 1
}

/** Validators of an HTTP response, byte for byte as received (RFC 9110, 8.8). */
export interface Validators {
  etag: string | null
  lastModified: string | null
}

/** The body of a story as its page or a feed has it, without ads, promotion, navigation and chrome. */
export interface StoryBody {
  /** Lead picture(s) and text in reading order, links absolute. Consumed by what writes them as Markdown. */
  blocks: Block[]
  /** All its text, white space as the page has it. */
  text: string
  /** The HTML in which it was read, links as the page has them. */
  html: string
}

/** What a page generation finds in a page, before it is made a `Story`: plain values, without a DOM. */
export interface Extract {
  title: string
  /** ISO 8601 UTC with milliseconds; `null` when the page tells the day alone or nothing. */
  published: string | null
  /** The day, `YYYY-MM-DD`, of a page that tells it alone; absent where no layout looks for it. */
  day?: string
  updated: string | null
  bylines: string[]
  keywords: string[]
  access: Access
  body: StoryBody
  /** The same part of the page as it stands there, ads included, for bodies that are kept as HTML. */
  source: string
  /** What the markup of the body says against its text, a line each: what of the page was never ended. */
  doubts: readonly Message[]
}

/** Why a page is not archived. */
export type Refusal =
  | 'too-large'
  | 'challenge'
  | 'consent'
  | 'login'
  | 'home'
  | 'not-found'
  | 'maintenance'
  | 'imitator'
  | 'no-page'
  | 'unclaimed'
  | 'empty'

/**
 * How a page ends: with its end; `closed`, without it, but a hand-made page's article has its own; or `open`. A page that
 * was cut off in transfer ends in one of the last two ways, and so do pages that never had an end.
 */
export type Ending = 'whole' | 'closed' | 'open'

/** A page read: the story in it, or why there is none. `detail` is one line for a person. */
export type Extraction =
  | {
      kind: 'story'
      /** The layout that read it, or `generic`. */
      generation: string
      extract: Extract
      ending: Ending
      /** The page's own, absolute, as its head names it; `null` when it names none. */
      address: string | null
      /** What other witnesses in the page say against this reading, a line each. */
      doubts: readonly Message[]
      /** The language of its text, by what the page says and by the text; `null` where neither tells. */
      lang: string | null
    }
  /** `what`: what a challenge is; `detail` says also that it is no article. */
  | { kind: 'refused'; reason: Refusal; detail: Message; what?: Message }
