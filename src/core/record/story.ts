import type { Content } from '../document/render.ts'
import { doubtOf } from '../extraction.ts'
import { languageOfText } from '../language.ts'
import { wordsOf } from '../markdown/contents.ts'
import type { MarkdownBody } from '../markdown/index.ts'
import type { Extract, Story } from '../model.ts'
import type { Message } from '../../words/words.ts'

/** What a story's fields are made from: the body tells `markdown`, `images` and `text`. */
type StoryFields = Omit<Story, 'markdown' | 'images' | 'text'> & { body: MarkdownBody }

/** The story that is told: the one maker of a record's fields, whether a page or a file tells them. */
export function makeStory({ body, ...told }: StoryFields): Story {
  const { id, url, title, published, updated, section, publisher } = told
  const { author, bylines, tags, categories, keywords, access, html, extraction, doubt } = told
  const { markdown, text, images } = body
  return {
    ...{ id, url, title, published, updated, section, publisher },
    lang: told.lang ?? languageOfText(`${title}\n${wordsOf(body)}`),
    ...{ author, bylines, tags, categories, keywords, access },
    images: images.filter((image) => image.url !== ''),
    ...{ markdown, text, html, extraction, doubt },
  }
}

/** The story that a page holds, of the content that its document says and of what no document says. */
export function storyOfPage(
  content: Content & { body: MarkdownBody },
  { updated, bylines, keywords }: Pick<Extract, 'updated' | 'bylines' | 'keywords'>,
  { generation, doubts, lang }: { generation: string; doubts: readonly Message[]; lang: string | null },
  who: Pick<Story, 'id' | 'section' | 'publisher'>,
): Story {
  const { title, url, published, author, tags, categories, access, body } = content
  return makeStory({
    ...who,
    ...{ title, url, published, updated, author, access, keywords, bylines, lang },
    tags: [...tags],
    categories: [...categories],
    body,
    html: null,
    extraction: generation,
    doubt: doubtOf(doubts),
  })
}
