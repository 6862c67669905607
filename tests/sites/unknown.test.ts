import { expect, test } from 'vitest'
import { writeBody } from '../../src/core/markdown/index.ts'
import { readPage } from '../../src/sites/index.ts'
import { said } from '../../src/words/words.ts'
import {
  APP_LAYOUTS,
  inventedPage,
  type InventedStory,
  inventedStory,
  LAYOUTS,
  NEWS_LAYOUTS,
  NOT_THE_STORY,
  seeded,
} from '../support/layouts.ts'

const PAGES_A_LAYOUT = 15
const PAGES_OF_APPS = 6

/** What is wrong with a page's reading; `null` when it is the story, whole and in order, and nothing else. */
function fault(html: string, story: InventedStory): string | null {
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

test.each([
  ['whose layout nobody knows', LAYOUTS, 'zh', PAGES_A_LAYOUT],
  ['with what pages of news have among their paragraphs', NEWS_LAYOUTS, 'zh', PAGES_A_LAYOUT],
  ['in English, with what pages of news have among their paragraphs', NEWS_LAYOUTS, 'en', PAGES_A_LAYOUT],
  ['as applications and lists have them', APP_LAYOUTS, 'zh', PAGES_OF_APPS],
  ['in English, as applications and lists have them', APP_LAYOUTS, 'en', PAGES_OF_APPS],
] as const)(
  'of a hundred pages %s, ninety-nine are read whole, with nothing of what stands around',
  (_, kinds, language, pages) => {
    const random = seeded(20_260_312)
    const wrong = kinds.flatMap((kind) =>
      Array.from({ length: pages }, () => {
        const story = inventedStory(random, language)
        return fault(inventedPage(kind, story, random).html, story)
      }).flatMap((found) => (found === null ? [] : [`${kind}: ${found}`])),
    )
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(0.01 * kinds.length * pages)
  },
)

test("another site's page is read without a layout, though its classes have the names of one", () => {
  const { headline, paragraphs } = inventedStory(seeded(3), 'en')
  const html = `<!DOCTYPE html><html><head><title>${headline}</title><meta property="og:type" content="article"></head><body><h1>${headline}</h1><div class="article-body"><div class="sticky"><a href="https://x.example/share">${NOT_THE_STORY} on one</a><a href="https://y.example/share">${NOT_THE_STORY} on two</a></div>${paragraphs.map((each) => `<p>${each}</p>`).join('')}</div></body></html>`
  for (const [head, generation] of [
    ['', 'generic'],
    ['<link rel="prev" href="https://www.zaobao.com/realtime/china/story20260312-1">', 'global-bootstrap'],
  ]) {
    const url = 'https://news.example/2026/03/ferry'
    const page = readPage({ html: html.replace('</head>', `${head}</head>`), url })
    expect(page).toMatchObject({ kind: 'story', generation })
    if (generation === 'generic') expect(fault(html, { headline, paragraphs, url })).toBeNull()
  }
})

test("another site's page that has paths like the paper's, and does not name the paper, is cleaned by none of its rules", () => {
  const { headline, paragraphs } = inventedStory(seeded(3), 'en')
  const [first, ...others] = paragraphs.map((each) => `<p>${each}</p>`)
  const html = `<!DOCTYPE html><html><head><title>${headline}</title><meta property="og:type" content="article"><link rel="prev" href="/realtime/china/story20260312-1"></head><body><h1>${headline}</h1><div class="article-body"><div class="tint">${first}</div>${others.join('')}</div></body></html>`
  expect(fault(html, { headline, paragraphs, url: 'https://news.example/2026/03/ferry' })).toBeNull()
})
