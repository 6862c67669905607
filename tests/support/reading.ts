import { writeBody } from '../../src/core/markdown/index.ts'
import { readPage } from '../../src/sites/index.ts'
import { said } from '../../src/words/words.ts'
import { type InventedStory, NOT_THE_STORY } from './layouts.ts'

/** What is wrong with a page's reading; `null` when it is the story, whole and in order, and nothing else. */
export function fault(html: string, story: InventedStory): string | null {
  const page = readPage({ html, url: story.url })
  if (page.kind === 'refused') return `${page.reason}: ${said(page.detail)}`
  if (page.generation !== 'generic') return `read as ${page.generation}`
  if (page.extract.title !== story.headline) return `headline ${page.extract.title}`
  const text = writeBody(page.extract.body.blocks).markdown
  const missing = story.paragraphs.filter((each) => !text.includes(each))
  if (missing.length > 0) return `missing ${missing.join(' | ')}`
  const places = story.paragraphs.map((each) => text.indexOf(each))
  if (places.some((place, index) => place < (places[index - 1] ?? 0))) return 'out of order'
  const line = text.split('\n').find((each) => each.includes(NOT_THE_STORY))
  return line === undefined ? null : `holds ${line}`
}
