import { describe, test } from 'vitest'
import { toMarkdown } from '../../src/core/markdown/index.ts'
import { readPage } from '../../src/sites/index.ts'
import { expectInProportion } from '../support/cost.ts'

const URL = 'https://www.zaobao.com.sg/realtime/china/story20260103-9700001'
const COUNT = 4800
const ATTRIBUTES = Array.from({ length: 15 }, (_, index) => `a${index}="v"`).join(' ')

/** What stands around many of one unit. */
const UNITS: Array<[string, string, string, string]> = [
  ['cells of one row', '<table><tr>', '<td>文</td>', '</table>'],
  ['text between rows', '<table>', '文<tr><td>字</td></tr>', '</table>'],
  ['noscript', '', '<noscript><img src=a.jpg></noscript>', ''],
  ['custom elements', '', '<x-y>文</x-y>', ''],
  ['buttons with pictures', '', '<button><img src=/a.jpg></button>', ''],
  ['islands', '', '<astro-island><img src=/a.jpg></astro-island>', ''],
  ['hidden paragraphs', `<p>${'看得见的字'.repeat(COUNT)}</p>`, '<p hidden>藏</p>', ''],
  ['posts by number', '', '<div data-tweet-id=1></div>', ''],
  ['raw text written empty', '', '<p>文</p><script/>', ''],
  ['drawings', '', '<svg><title>图</title></svg>文', ''],
  ['stray end tags', '', '</div>文</span>', ''],
  ['attributes', '', `<p ${ATTRIBUTES}>文</p>`, ''],
]

describe.each(UNITS)('%s take time in proportion', (_, before, unit, after) => {
  const make = (part: number): string => before + unit.repeat(COUNT * part) + after

  test('in Markdown', async () => {
    await expectInProportion(make, (html) => toMarkdown(html))
  })

  test('in a page', async () => {
    await expectInProportion(make, (body) => {
      const html = `<html><body><h1>题</h1><article class="article-body"><p>一段。</p>${body}</article></body></html>`
      readPage({ html, url: URL })
    })
  })
})
