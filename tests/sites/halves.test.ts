import { expect, test } from 'vitest'
import { parseHtml } from '../../src/core/html/html.ts'
import { readPage } from '../../src/sites/index.ts'
import { inventedStory, seeded } from '../support/layouts.ts'
import { PAGES, type PageStory } from '../support/pages.ts'
import { said } from '../../src/words/words.ts'

const STORIES = 25

function storiesOf(seed: number): Array<PageStory & { paragraphs: string[] }> {
  const random = seeded(seed)
  return Array.from({ length: STORIES }, () => {
    const { headline, paragraphs, url } = inventedStory(random)
    const whole = [...paragraphs, ...inventedStory(random).paragraphs.map((each) => `${each}完${headline}。`)]
    const bodyHtml = whole.map((text) => `<p>${text}</p>`).join('')
    return { title: headline, url, published: '2026-03-12T02:00:00.000Z', bodyHtml, paragraphs: whole }
  })
}

/** The page after a redesign that moved the second half of each body into a sibling of its container. */
function halved(html: string, paragraphs: readonly string[]): string | null {
  const document = parseHtml(html)
  const middle = paragraphs[Math.ceil(paragraphs.length / 2)]
  const first = Array.from(document.querySelectorAll('p')).find((each) => each.textContent?.trim() === middle)
  const container = first?.parentElement ?? null
  if (first === undefined || container === null) return null
  const sibling = document.createElement('div')
  sibling.setAttribute('class', 'x9-rest')
  for (let node: Node | null = first; node !== null;) {
    const next: Node | null = node.nextSibling
    sibling.appendChild(node)
    node = next
  }
  container.parentNode?.insertBefore(sibling, container.nextSibling)
  return `<!DOCTYPE html>${document.documentElement.outerHTML}`
}

/** `html` with ld+json that holds the whole text beside the paper's own. */
function withArticleBody(html: string, { title, url, paragraphs }: ReturnType<typeof storiesOf>[number]): string {
  const data = { '@type': 'NewsArticle', headline: title, url, articleBody: paragraphs.join('\n') }
  return html.replace('</head>', `<script type="application/ld+json">${JSON.stringify(data)}</script></head>`)
}

test.each(Object.entries(PAGES))(
  'half of a %s body in an unknown sibling is never passed off as whole',
  (_, makePage) => {
    for (const story of storiesOf(5)) {
      const html = halved(makePage(story), story.paragraphs)
      // Bodies that the page holds as data alone cannot be moved.
      if (html === null) continue
      const page = readPage({ html, url: story.url })
      if (page.kind !== 'story') throw new Error(said(page.detail))
      const text = page.extract.body.text
      const whole = story.paragraphs.every((each) => text.includes(each))
      expect(whole || page.doubts.length > 0, `${page.generation}: ${text}`).toBe(true)
      if (!html.includes('articleBody')) {
        const told = readPage({ html: withArticleBody(html, story), url: story.url })
        if (told.kind !== 'story') throw new Error(said(told.detail))
        expect(story.paragraphs.filter((each) => !told.extract.body.text.includes(each))).toEqual([])
      }
    }
  },
)

test.each(Object.entries(PAGES))('whole pages of %s raise no alarm', (_, makePage) => {
  for (const story of storiesOf(6)) {
    const page = readPage({ html: makePage(story), url: story.url })
    expect(page.kind === 'story' ? page.doubts : page.detail).toEqual([])
  }
})

test.each(Object.entries(PAGES))('a %s page that lacks half and has captions is told by its data', (_, makePage) => {
  const [story] = storiesOf(7)
  if (story === undefined) throw new Error('no story')
  const paragraphs = Array.from('甲乙丙丁戊己', (name) => `${name.repeat(8)}的渡口昨天重新开放。`)
  const figure = (name: string) =>
    `<figure><img src="https://static.zaobao.com.sg/i/${name}.jpg"><figcaption>${name}渡口的样子，有人排队等船。</figcaption></figure>`
  const half = paragraphs.slice(0, 3).map((text) => `<p>${text}</p>`)
  const bodyHtml = `${figure('东')}${half[0]}${figure('西')}${half.slice(1).join('')}`
  const html = withArticleBody(makePage({ ...story, bodyHtml }), { ...story, paragraphs })
  const page = readPage({ html, url: story.url })
  if (page.kind !== 'story') throw new Error(said(page.detail))
  const text = page.extract.body.text
  expect(text.includes('己己') || page.doubts.length === 1).toBe(true)
})
