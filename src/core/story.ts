import { BODY_TOP_HEADING } from './content.ts'
import { addressOf, identify, sectionOf } from './identity.ts'
import { elementToMarkdown } from './markdown/index.ts'
import { readMarkdown } from './markdown/read.ts'
import type { Extract, Story } from './model.ts'

/** A story made of what a page holds. Consumes `extract.body`. */
export function makeStory(extract: Extract, url: string, author: string): Story {
  const markdown = elementToMarkdown(extract.body, url, { topHeading: BODY_TOP_HEADING })
  const { text, images } = readMarkdown(markdown)
  return {
    id: identify(url).id,
    url: addressOf(url),
    title: extract.title,
    published: extract.published,
    updated: extract.updated,
    section: sectionOf(url),
    author,
    bylines: extract.bylines,
    tags: [author],
    categories: [author],
    keywords: extract.keywords,
    access: extract.access,
    images,
    markdown,
    text,
    html: null,
  }
}
