import type { Extract } from '../../core/model.ts'
import type { Publisher } from '../../core/publisher.ts'
import type { BodyRules } from '../body/body.ts'
import type { Head } from './head.ts'
import type { Page, Part, Wanted } from './page.ts'

/** What those who read a paper's pages are told of it: the facts by which its pages differ from any other's. */
export interface Paper {
  readonly publisher: Publisher
  /** The names that its pages give it: none of them is a byline. */
  readonly names: readonly string[]
  /** The name of the site at the end of a title, with what sets it off. */
  readonly tail: RegExp
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
  readonly told: (page: Sheet, headlines: readonly string[]) => Told
}

/** What a page's data say of its story: witnesses beside what any page has. */
export interface Told {
  readonly headline: string | null
  /** By witness, in the order of trust. */
  readonly times: Readonly<Record<string, readonly unknown[]>>
  readonly bodyHtml: string | null
  readonly pictures: number | null
}

/** A page in hand, with what it says of itself. */
export interface Sheet extends Page {
  readonly paper: Paper
  /** The day in its address, `YYYY-MM-DD`. */
  readonly day: string | null
  readonly head: Head
  /** The boxes of `paper.paywall`. */
  readonly walls: readonly Part[]
  /** What `paper.data` finds in it, looked for once. */
  data(): unknown
}

/** A layout that a paper's pages had for a time. */
export interface Generation {
  readonly name: string
  /** When it was served, as far as is known. */
  readonly era: string
  /** Written by hand: a page of it may lack its end though all of it is there. */
  readonly isHandMade?: true
  /** Cheap: looks for the marks of the layout in the text. */
  matches(html: string): boolean
  /** What `extract` asks the page for. */
  readonly parts: Wanted
  /** `null` when the page is no article of this layout, `'empty'` when its article has no body. */
  extract(page: Sheet): Extract | 'empty' | null
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
