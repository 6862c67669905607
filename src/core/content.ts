import type { Content } from './document/render.ts'
import { addressOf } from './identity.ts'
import type { Extract } from './model.ts'

/** Headings of a body start below the story's own, which is a level-2 heading. */
export const BODY_TOP_HEADING = 3

/** What a document of a story says, of what its page holds. `paper` is the author, the tag and the category. */
export function contentOf(
  { title, published, access }: Extract,
  more: { url: string; day: string; paper: string; extra: Content['extra']; body: Content['body'] },
): Content {
  const { url, day, paper, extra, body } = more
  return {
    ...{ title, url: addressOf(url), published, day, access, extra, body },
    author: paper,
    tags: [paper],
    categories: [paper],
  }
}
