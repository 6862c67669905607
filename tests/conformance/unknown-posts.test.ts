import { expect, test } from 'vitest'
import { writeBody } from '../../src/core/markdown/index.ts'
import { parseHtml } from '../../src/core/html/html.ts'
import { readPage } from '../../src/sites/index.ts'
import { inventedPage, LAYOUTS, NOT_THE_STORY, seeded } from '../support/layouts.ts'
import { postsIn, sharedFolder } from '../support/shared.ts'
import { said } from '../../src/words/words.ts'

const folder = sharedFolder()
/** Of all layouts for each post, one in so many: all take ten seconds more and tell the same. */
const EVERY = 4

const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')

function paragraphsOf(html: string): string[] {
  const body = parseHtml(`<!DOCTYPE html><body>${html}`).body
  return Array.from(body.querySelectorAll('p'))
    .filter((each) => each.closest('figcaption') === null)
    .map((each) => each.textContent.replace(/\s+/g, ' ').trim())
    .filter((text) => text !== '')
}

test.runIf(folder !== null)('bodies of real posts in layouts that nobody knows are read whole', () => {
  const random = seeded(258)
  let pages = 0
  const wrong = postsIn(folder ?? '').flatMap((post, at) =>
    LAYOUTS.filter((_, layout) => (at + layout) % EVERY === 0).flatMap((kind) => {
      const story = { headline: post.title.trim(), paragraphs: paragraphsOf(post.bodyHtml), url: post.url }
      const page = readPage({ html: inventedPage(kind, story, random).html, url: post.url })
      pages += 1
      if (page.kind === 'refused') return [`${kind} ${post.file}: ${page.reason}: ${said(page.detail)}`]
      const text = writeBody(page.extract.body.blocks).markdown
      const missing = story.paragraphs.filter((each) => !letters(text).includes(letters(each)))
      const kept = text.includes(NOT_THE_STORY)
      return missing.length > 0 || kept
        ? [`${kind} ${post.file}: ${missing.join(' | ')}${kept ? ' and more' : ''}`]
        : []
    }),
  )
  expect(wrong.length, `of ${pages}: ${wrong.join('\n')}`).toBeLessThanOrEqual(0.01 * pages)
})
