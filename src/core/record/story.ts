import type { Content } from '../document/render.ts'
import { doubtOf } from '../extraction.ts'
import { readMarkdown } from '../markdown/read.ts'
import type { Extract, Story } from '../model.ts'
import { type Message } from '../../words/words.ts'

/** What a story's other fields are made from: its Markdown tells `images` and `text`. */
export type Told = Omit<Story, 'images' | 'text'>

/** The story that is told: the one maker of a record's fields, whether a page or a file tells them. */
export function makeStory(told: Told): Story {
  const { text, images } = readMarkdown(told.markdown)
  const {
    id,
    url,
    section,
    title,
    published,
    updated,
    author,
    bylines,
    tags,
    categories,
    keywords,
    access,
    markdown,
    html,
    extraction,
    doubt,
  } = told
  return {
    id,
    url,
    title,
    published,
    updated,
    section,
    author,
    bylines,
    tags,
    categories,
    keywords,
    access,
    images: images.filter((image) => image.url !== ''),
    markdown,
    text,
    html,
    extraction,
    doubt,
  }
}

/** The story that a page holds, of the content that its document says and of what no document says. */
export function storyOfPage(
  content: Content & { body: { markdown: string } },
  { updated, bylines, keywords }: Pick<Extract, 'updated' | 'bylines' | 'keywords'>,
  { generation, doubts }: { generation: string; doubts: readonly Message[] },
  who: Pick<Story, 'id' | 'section'>,
): Story {
  const { title, url, published, author, tags, categories, access, body } = content
  return makeStory({
    ...who,
    ...{ title, url, published, updated, author, access, keywords, bylines },
    tags: [...tags],
    categories: [...categories],
    markdown: body.markdown,
    html: null,
    extraction: generation,
    doubt: doubtOf(doubts),
  })
}
