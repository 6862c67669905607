import type { Extract, Extraction, Listing } from './model.ts'
import type { Testimony } from './probe/testimony.ts'
import type { Zone } from './time.ts'
import type { Message } from '../words/words.ts'

/** What the path of a story's address tells. */
export interface StoryPath {
  /**
   * As the publisher numbers its stories: digits and small letters, unique at this publisher alone; `null` where it does not:
   * its `path` tells a story then.
   */
  number: string | null
  /** `YYYY-MM-DD`, in the publisher's zone; `null` where its addresses name none. */
  day: string | null
  /** What stands before the story: `realtime/china`; `null` where nothing does. */
  section: string | null
  /** The path as `from` keeps it, with nothing behind the story. */
  path: string
  /**
   * Which of several renderings of the same text it leads to: the script, of a paper that shows each story in two. Left out
   * where there is one alone.
   */
  variant?: string
}

/** What has pages: a list page, a JSON list; the paper's own feed, and RSSHub's (`rss`), which have one alone. */
export interface Pageable {
  kind: 'list' | 'json' | 'feed' | 'rss'
  /** Its first page. */
  url: string
}

/** Where the stories of one month are named. */
export interface Sitemaps {
  /** The first day that they know: `2016-01-01`. */
  first: string
  /** The sitemap of a month (`2026-09`) of an edition, which names every story published in it. */
  ofMonth: (month: string, origin: string) => string
  /** The index of all of them. */
  index: (origin: string) => string
}

/** The parts of a paper that are read, by the names that users give. */
export interface Sections {
  /** In the order in which they are shown. */
  names: readonly string[]
  /** The paths under which the site shows a section, given by its name or a path; that of its list first. */
  pathsOf: (section: string) => string[]
  /** All paths of the section to which a path belongs; left out where stories of one section lie under no other. */
  sisters?: (path: string) => string[]
}

/**
 * All that the program knows of a paper, but how its pages are read (`Readers`). A folder of `sites/` makes the
 * value, and a line of `sites/publishers.ts` takes it in.
 */
export interface Publisher {
  /** One word of small letters: the `publisher` of records, and the prefix of its ids. */
  name: string
  /** What messages call it. */
  title: Message | string
  /** Author, tag and category of each of its stories. */
  paper: string
  /**
   * What its ids begin with: `''`, or its name and a stop, so that no two publishers' ids meet. Only one publisher has
   * none, and its numbers are digits.
   */
  idPrefix: '' | `${string}.`
  /** The clock of its addresses, lists and pages. */
  zone: Zone
  /** The host that stands for all of them: they are one server to its manners. */
  site: string
  /** True for its hosts, which are in small letters without final dot. They are asked by https, whatever a link says. */
  owns: (host: string) => boolean
  /** The host that has the whole page of one that has it for phones alone; left out where there is none of these. */
  mainHost?: (host: string) => string
  /** True for hosts that republish it under a name that looks like its own. */
  isImitator: (host: string) => boolean
  /** Names of query parameters that tell where a reader came from, beside those of everybody. */
  tracking: RegExp
  /**
   * What a path tells of the story that it is the address of; `null` when it is no story's. Escapes are decoded in it.
   * `query`, from its mark on, is part of the path where a headline in it has a question mark that nobody escaped.
   */
  storyAt: (path: string, query?: string) => StoryPath | null
  /**
   * Other addresses under which an earlier version, which did not know the paper, may have archived the story of an address;
   * left out where no version archived any without knowing it.
   */
  formerUrls?: (url: string, story: StoryPath) => string[]
  /** An address at which a story may be found of which no more is known; the site may lead on from there. */
  urlOf: (story: Pick<StoryPath, 'number' | 'day' | 'section'>, origin: string) => string
  /** Scheme and host of the edition that is asked when nothing names another. */
  origin: string
  /** The same of each edition, that one first. */
  editions: readonly string[]
  sections: Sections
  /**
   * The sources of a section, given by its name or a path, best first. `origin`: an edition or a mirror of one. `rsshub`:
   * an instance of RSSHub.
   */
  sourcesOf: (section: string, options: { origin?: string; rsshub?: string }) => Pageable[]
  /** The source that a list page or JSON list is, given by its address alone, and the path of its section. */
  sourceAt: (url: string) => Pageable & { path: string }
  /** The address of page `n` (from 0) of a source; `null` where it has no more pages. Left out where each has one alone. */
  pageOf?: (source: Pageable, n: number) => string | null
  /** `null` where it has none by the month. */
  sitemaps: Sitemaps | null
  /**
   * Where the story of an address may stand as data; `null` where it does not. Nobody has seen that, so that only a look at
   * the site asks for it. Left out by papers that have no such thing.
   */
  storyData?: (url: string) => string | null
}

/**
 * A page in hand: its text, decoded, and where it was found. Links are relative to `storyUrl`, the story's address where that is
 * another. `listed`: the headline that its source showed; `written`: the one of its file, by which it is told where none was shown.
 */
export interface PageSource {
  html: string
  url: string
  storyUrl?: string
  listed?: string | null
  written?: string | null
  /** What others than the page say against a reading of it, where a reading without a layout is the one alternative. */
  others?: (extract: Extract) => readonly Message[]
}

/** A list as it was fetched: its text, decoded, and where it came from. */
export interface ListSource {
  body: string
  url: string
}

/** How a paper's pages and lists are read: functions of what is handed in, which open no connection. */
export interface Readers {
  /**
   * True for a page at an address of no paper that has the marks of one of this paper's layouts, and names the paper's site and
   * a story of it: a copy. Any other page of another site is none of the paper's, and is not for its readers.
   */
  claims: (page: PageSource) => boolean
  /**
   * The story in a page, or why there is none. Which layout it has is told by what it holds. Throws `HtmlTooDeepError` where
   * the HTML is nested beyond reason. `by: 'tree'` looks elements up in the DOM of the whole page, to compare.
   */
  readPage: (page: PageSource, by?: 'text' | 'tree') => Extraction
  /**
   * A list of stories: a list page in any layout, a JSON list, a sitemap; told by what it is, not by its address or declared
   * type. Times are resolved against `nowMs`, the run's clock. `null` when it is no list of a known kind; no items when it is
   * one without entries. Throws an `Error` of one line for a page that is larger than any list.
   */
  readList: (source: ListSource, nowMs: number) => Listing | null
  /**
   * A story's body on its own, as a feed's item or a file in the seed's format carries it; `null` when nothing is left of it, or
   * more than any story has.
   */
  readContent: (html: string, url: string) => Pick<Extract, 'body' | 'source' | 'doubts' | 'access'> | null
  /** The kinds of list that a source is, by name: `json`, `sitemap`, those of its markup; `null` when it is none known. Throws as `readList` does. */
  kindOfList: (source: ListSource, nowMs: number) => string | null
  /** How many stories a page links to, and the elements down to most of these links, by names and classes. */
  linksTo: (html: string) => { links: number; linksAt: string | null }
  /** What each witness in a page says of its story: `text` is what was read of it, `null` where nothing was. */
  witnessesIn: (page: PageSource, more: { text: string | null; day: string | null; listed: string | null }) => Testimony
  /** Letters of an extract's `source` that are no part of the story, by the rule that says so. */
  droppedFrom: (source: string) => ReadonlyMap<string, number>
}
