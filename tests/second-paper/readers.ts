import { parseHtml } from '../../src/core/html/html.ts'
import { isEnded } from '../../src/core/html/end.ts'
import type { Item } from '../../src/core/model.ts'
import type { Readers } from '../../src/core/publisher.ts'
import { parseTime } from '../../src/core/time/parse.ts'
import { message } from '../../src/words/words.ts'

const MINUTES_EAST = -300

function textIn(html: string, selector: string): string {
  const { body } = parseHtml(html)
  return (body.querySelector(selector)?.textContent ?? '').trim()
}

/** Its pages: `article.rt` with `h1`, `.when` on the town's clock, `.who`, and the text in `.story`. */
function readPage({ html }: { html: string }): ReturnType<Readers['readPage']> {
  const document = parseHtml(html)
  const body = document.body.querySelector('article.rt .story')
  if (body === null || body === undefined)
    return { kind: 'refused', reason: 'unclaimed', detail: message`no article of the town` }
  return {
    kind: 'story',
    generation: 'rivertown',
    extract: {
      title: textIn(html, 'article.rt h1'),
      published: parseTime(textIn(html, 'article.rt .when'), MINUTES_EAST),
      updated: null,
      bylines: [textIn(html, 'article.rt .who')].filter((who) => who !== ''),
      keywords: [],
      access: 'public',
      body,
      source: body.innerHTML,
    },
    ending: isEnded(html) ? 'whole' : 'open',
    address: null,
    doubts: [],
  }
}

/** Its lists: `li.rt-item`. Its sitemaps: an address a line. */
const readList: Readers['readList'] = ({ body, url }) => {
  if (body.startsWith('https:')) {
    const items = body
      .trim()
      .split('\n')
      .map((line): Item => ({ title: null, url: line, published: null, html: null }))
    return { items, end: 'whole' }
  }
  const links = Array.from(parseHtml(body).querySelectorAll('li.rt-item a'))
  if (!body.includes('rt-list')) return null
  const items = links.map((link): Item => ({
    title: link.textContent,
    url: new URL(link.getAttribute('href') ?? '', url).href,
    published: null,
    html: null,
  }))
  return { items, end: 'whole' }
}

export const readers = {
  readPage,
  readList,
  readContent(html) {
    const { body } = parseHtml(`<!DOCTYPE html><body>${html}`)
    return { body, source: html, access: 'public' }
  },
  readSitemapIndex: () => null,
  kindOfList: () => 'rivertown',
  linksTo: () => ({ links: 0, linksAt: null }),
  witnessesIn: () => {
    throw new Error('nobody asks')
  },
} satisfies Readers
