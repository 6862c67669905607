import type { Extract } from '../../core/model.ts'
import type { Publisher } from '../../core/publisher.ts'
import type { BodyRules } from '../body/body.ts'
import type { Page, Part, PartSelectors } from './page.ts'

/** What those who read a paper's pages are told of it: the facts by which its pages differ from any other's. */
export interface Paper {
  readonly publisher: Publisher
  /** The names that its pages give it: none of them is a byline. */
  readonly names: readonly string[]
  /** The name of the site at the end of a title, with what sets it off. */
  readonly tail: RegExp
  /** Markup that its pages, or those who hand them on, break in a way of their own, put right. */
  readonly mended?: (html: string) => string
  /** A time in the paper's own spelling, so that `parseTime` reads it. */
  readonly spelledOut?: (text: string) => string
  readonly body: BodyRules
  /** The boxes that stand where the text of a subscriber's story is cut off. */
  readonly paywall?: string
  /** What stands below the beginning of such a text, beside what any paper writes there. */
  readonly forSubscribers?: RegExp
  /** What an address of a story has in a page, wherever it leads. */
  readonly storyLink: RegExp
  /** Paths of its home pages. */
  readonly home: RegExp
  /** Every layout of its pages, newest first: the first that finds its article in a page reads it. */
  readonly generations: readonly Generation[]
  readonly data?: PageData
}

/** What a paper's pages hand their scripts. */
export interface PageData {
  /** The data in a page's text; `undefined` where there are none. */
  readonly in: (html: string) => unknown
  /** True where they tell of a story. */
  readonly holdStory: (data: unknown) => boolean
  /** The HTTP status of the error that stands in them instead of a page; `null` where none does. */
  readonly status: (data: unknown) => number | null
  /** What they say of the page's own story, one of whose headlines is among `headlines`. */
  readonly told: (page: Sheet, headlines: readonly string[]) => PaperData
}

/** What a page's data say of its story: witnesses beside what any page has. */
interface PaperData {
  readonly headline: string | null
  /** By witness, in the order of trust. */
  readonly times: Readonly<Record<string, readonly unknown[]>>
  readonly bodyHtml: string | null
  readonly pictures: number | null
}

/** Data about a story that stand in a page: its own, or those of a story that it recommends. */
export interface Mention {
  /** Addresses that the data name, relative ones too. */
  readonly addresses: readonly string[]
  readonly headline: string | null
}

/** What an article among a page's ld+json says of its story. */
export interface LinkedData extends Mention {
  /** In the order of trust. */
  published: readonly unknown[]
  updated: unknown
  keywords: string[]
  authors: string[]
  articleBody: string | null
  /** Words or letters: pages count either. */
  wordCount: number | null
  /** `isAccessibleForFree` says no, of the article or of a part of it. */
  subscriber: boolean
}

/** What every page says of itself outside its article. */
export interface PageHead {
  /** `<title>`, as it stands. */
  title: string | null
  /** `og:title` or else `<title>`, without the site's name. */
  headline: string | null
  canonical: string | null
  /** What relative addresses in the page are relative to. */
  base: string
  /** Whose story each is, `ownArticle` tells. */
  articles: LinkedData[]
  /** Content of the first `<meta>` with that name or property; `null` for those that name another story than the page's. */
  meta(name: string): string | null
}

/** A page in hand, with what it says of itself. */
export interface Sheet extends Page {
  readonly paper: Paper
  /** The day in its address, `YYYY-MM-DD`. */
  readonly day: string | null
  readonly head: PageHead
  /** The boxes of `paper.paywall`. */
  readonly walls: readonly Part[]
  /** What `paper.data` finds in it, looked for once. */
  data(): unknown
}

/** What a layout finds in a page; its body is still made of elements, which do not leave `sites`. */
export type PageExtract = Omit<Extract, 'body'> & { body: Element }

/** A layout that a paper's pages had for a time. */
export interface Generation {
  readonly name: string
  /** When it was served, as far as is known. */
  readonly era: string
  /** No page but data, which are read where they are whole alone. */
  readonly isData?: true
  /** Written by hand: a page of it may lack its end though all of it is there. */
  readonly isHandMade?: true
  /** Cheap: looks for the marks of the layout in the text. */
  matches(html: string): boolean
  /** What `extract` asks the page for. */
  readonly parts: PartSelectors
  /** `null` when the page is no article of this layout, `'empty'` when its article has no body. */
  extract(page: Sheet): PageExtract | 'empty' | null
}

/** True for a paper of which nothing is known but what a page of it shows. */
export function isOfAny({ generations }: Paper): boolean {
  return generations.length === 0
}

const TAIL_MAX_LENGTH = 60

/** A headline without the name of the site that `<title>` and `og:title` append. */
export function withoutSiteName(title: string, { tail }: Paper): string {
  let text = title.trim()
  for (;;) {
    const found = tail.exec(text.slice(-TAIL_MAX_LENGTH))
    if (found === null) return text
    text = text.slice(0, text.length - found[0].length).trimEnd()
  }
}
