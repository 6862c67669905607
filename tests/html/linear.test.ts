import { describe, test } from 'vitest'
import { withRest } from '../../src/core/html/rest.ts'
import { toMarkdown } from '../../src/core/markdown/index.ts'
import { readPage } from '../../src/sites/index.ts'
import { expectInProportion } from '../support/cost.ts'

const URL = 'https://www.zaobao.com.sg/realtime/china/story20260103-9700001'
const COUNT = 3000
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

const BODY = '<ul><li>一</li></ul><p>一段。</p>'
/** Elements that are never ended, and end tags of others. */
const OPEN = (part: number): string => '<ul>'.repeat(16 * COUNT * part) + '</section>'.repeat(16 * COUNT * part)

test.each<[string, (part: number) => string]>([
  ['before it', (part) => `${OPEN(part)}<article>${BODY}</article><p>又一段。</p>`],
  ['behind it', (part) => `<article>${BODY}</div><p>又一段。</p>${OPEN(part)}</article>`],
])('the rest of a body, with much that is open %s, is found in time in proportion', async (_, make) => {
  await expectInProportion(make, (html) => withRest(html, BODY))
})
