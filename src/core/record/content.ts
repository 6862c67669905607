import type { Content } from '../document/render.ts'
import { onOneLine } from '../text/headline.ts'
import { type MarkdownBody, writeBody } from '../markdown/index.ts'
import { withoutInvisible } from '../markdown/space.ts'
import type { Extract } from '../model.ts'
import { nameOfAddress } from '../url.ts'

/** A headline is one line of one direction: what turns the order of its letters about would do so in a terminal too. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Longer ones are no headlines, and front matter has its bounds. */
const MAX_HEADLINE = 1000

function bounded(headline: string): string {
  const letters = Array.from(headline.slice(0, 2 * MAX_HEADLINE + 1))
  return letters.length > MAX_HEADLINE ? `${letters.slice(0, MAX_HEADLINE).join('')}…` : headline
}

/** What a page need not say of its story. */
interface StoryContext extends Pick<Content, 'day' | 'zone' | 'extra'> {
  /** The address kept in `from`. */
  url: string
  /** The author, the tag and the category. */
  paper: string
}

/** What a document of a story says, of what its page holds. */
export function contentOf(
  { title, published, access }: Pick<Extract, 'title' | 'published' | 'access'>,
  more: StoryContext & { body: Content['body'] },
): Content {
  const { url, day, zone, paper, extra, body } = more
  const shown = onOneLine(withoutInvisible(onOneLine(title)).replace(DIRECTION, '')).toWellFormed()
  return {
    ...{ title: bounded(shown) || nameOfAddress(url), url, published, day, zone, access, extra, body },
    author: paper,
    tags: [paper],
    categories: [paper],
  }
}

/** The same with the page's body as Markdown. Consumes `extract.body`. */
export function contentOfPage(extract: Extract, more: StoryContext): Content & { body: MarkdownBody } {
  const body = writeBody(extract.body.blocks)
  return { ...contentOf(extract, { ...more, body }), body }
}
