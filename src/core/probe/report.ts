import type { Access } from '../model.ts'
import type { DataText } from './data-texts.ts'
import { english, type Message } from '../../words/words.ts'

/** Which of an edition's stories: the newest, one of about an hour ago, one of about a week ago; `given`: by its address. */
export type Age = 'newest' | 'hour' | 'week' | 'given'

/** How an address was answered, without a word of what the answer said. */
export interface Answered {
  /** Without credentials; of a path that holds words, what stands before it. */
  url: string
  /** The host that it led to, where that is another; else `null`. */
  ledTo: string | null
  /** Of the last answer; `null` where none came. */
  status: number | null
  /** Why there is nothing to read, by the name of the reason; `null` where there is. */
  failure: string | null
  /** Of the body, inflated. */
  bytes: number
  contentType: string | null
  contentEncoding: string | null
}

/** How much two sources have in common. */
export interface Agreement {
  /** The other source. */
  with: string
  /** Both are of one section of one edition. */
  isOfSame: boolean
  /** Stories of the smaller one, and how many of them are in the other too. */
  of: number
  stories: number
  /** Stories that have a headline in both, and how many of them have the same. */
  titled: number
  headlines: number
  /** Stories that have a time in both, and how many of them have the same, within an hour. */
  timed: number
  times: number
}

export interface SourceReport extends Answered {
  name: string
  /** `page`: one that names feeds, as its items. */
  kind: 'list' | 'json' | 'feed' | 'sitemap' | 'page'
  /** What read it; `null` where nothing did. */
  layout: string | null
  /** A mirror need not have it: where it is missing, nothing is wrong. */
  isOptional: boolean
  isCut: boolean
  items: number
  /** Items with the number of a story, with a headline, with a time. */
  numbered: number
  titled: number
  timed: number
  /** ISO 8601 UTC; `null` where no item has a time. */
  newest: string | null
  /** The latest day in the addresses of items; `null` where none has one. */
  newestDay: string | null
  agreements: Agreement[]
  /** Stories that the page links to, and the elements down to most of these links; `null` where it links to none. */
  links: number
  linksAt: string | null
}

/** Who says what of a story, without its words. */
export interface StoryReport extends Answered {
  age: Age
  id: string
  /** The layout that read the page, or `generic`; `null` where nothing did. */
  layout: string | null
  ending: 'whole' | 'closed' | 'open' | null
  /** What speaks against the reading, with figures. */
  doubts: Message[]
  headline: {
    letters: number
    /** All who name one. */
    witnesses: string[]
    /** Those whose headline is another: its length, and the part (0 to 1) of it that is in the story's. */
    others: { witness: string; letters: number; shared: number }[]
  }
  time: {
    published: string | null
    /** ISO 8601 UTC, by witness. */
    says: Record<string, string>
    /** Those whose time is another. */
    others: string[]
  }
  body: {
    letters: number
    paragraphs: number
    /** Letters of prose that the page shows near the body and that are not in it. */
    outside: number
    /** Letters of the same story's text that others have, and the part (0 to 1) of the sentences of it that the body has. */
    says: Record<string, { letters: number; shared: number }>
    /** What the page says the length is, in words or letters. */
    wordCount: number | null
    /** The paragraphs are numbered, to be put in order. */
    isShuffled: boolean
    /** The elements down to those that hold most of the prose; `null` where the page shows none. */
    at: string | null
  }
  pictures: { body: number; captions: number; data: number | null; head: boolean }
  access: { read: Access | null; says: Record<string, Access> }
}

/** What came from where a story may stand as data. Nobody relies on it: nothing is wrong where there is none. */
export interface DataReport extends Answered {
  isJson: boolean
  /** The longest texts in it. */
  texts: DataText[]
}

export interface EditionReport {
  host: string
  /** The paper, by its name in the program; `null` for one that is not known. */
  publisher: string | null
  robots: 'allows' | 'forbids' | 'unread' | 'not asked'
  /** The host that all of it leads to, where that is another edition; else `null`. */
  leadsTo: string | null
  /** How far this machine's clock is ahead of the site's, in seconds; `null` where the site told no time. */
  clockAheadSeconds: number | null
  sources: SourceReport[]
  stories: StoryReport[]
  /** Of its newest story; `null` where it was not asked for. */
  storyData: DataReport | null
}

/** What a self-check against the living site found, for an issue: no word of any story. */
export interface Report {
  program: { version: string; node: string; platform: string; zone: string }
  at: string
  isProxied: boolean
  /** All that were sent: robots.txt, redirects and retries too. */
  requests: number
  /** Addresses that were not asked, since that would have been too many requests. */
  leftOut: number
  editions: EditionReport[]
  verdict: Verdict
  findings: Finding[]
}

export type Verdict = 'known' | 'partly' | 'unreachable' | 'wait'

/** Something that is not as it is known. */
export interface Finding {
  what:
    | 'unread source'
    | 'cut source'
    | 'sources disagree'
    | 'unread story'
    | 'generic story'
    | 'story in doubt'
    | 'other headline'
    | 'other time'
    | 'no time'
  /** The source or story. */
  where: string
}

/** A report as data, for an issue: doubts are in English. */
export function dataOf(report: Report): object {
  const plain = (story: StoryReport) => ({ ...story, doubts: story.doubts.map(english) })
  return { ...report, editions: report.editions.map((each) => ({ ...each, stories: each.stories.map(plain) })) }
}
