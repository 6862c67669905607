import { expect, test } from 'vitest'
import { DocumentError } from '../../src/core/document/document.ts'
import { parseDocument } from '../../src/core/document/parse.ts'
import { parseHtml } from '../../src/core/html/html.ts'
import { toMarkdown } from '../../src/core/markdown/index.ts'
import { fingerprint } from '../../src/core/archive/plan.ts'
import { openQueue } from '../../src/core/archive/queue.ts'
import { seedBody } from '../../src/core/markdown/seed-body.ts'
import { readContent, readPage } from '../../src/sites/index.ts'
import { expectInProportion } from '../support/cost.ts'
import { figure } from '../support/figures.ts'
import { drupal8Page, PAGES, type PageStory } from '../support/pages.ts'
import { message } from '../../src/words/words.ts'

const URL_ASKED = 'https://www.zaobao.com/realtime/china/story20211110-1212150'
const spaces = (part: number) => ' '.repeat(300_000 * part)

const story = (more: Partial<PageStory>): PageStory => ({
  ...{ title: '渡轮', url: URL_ASKED, published: '2021-11-10T07:37:00.000Z', bodyHtml: '<p>甲。</p>' },
  ...more,
})
const read = (html: string) => readPage({ html, url: URL_ASKED })

const WORK: [string, (part: number) => unknown][] = [
  ['white space in ld+json', (part) => read(PAGES.reactB1(story({ title: `甲${spaces(part)}乙` })))],
  [
    'quotes that never end in ld+json',
    (part) => read(`<script type="application/ld+json">{"a":1,${'\\"'.repeat(100_000 * part)}</script><p>文`),
  ],
  ['tags that never end in a headline', (part) => read(PAGES.reactB2(story({ title: '<a b'.repeat(80_000 * part) })))],
  [
    'tags that never end',
    (part) => [parseHtml('<a b'.repeat(100_000 * part)), seedBody('<a b="'.repeat(100_000 * part))],
  ],
  [
    'numbered children',
    (part) => read(drupal8Page(story({ bodyHtml: '<p data-s="XYBGE======">字</p>'.repeat(20_000 * part) }))),
  ],
  [
    'ideographic spaces behind line breaks',
    (part) => read(`<meta charset="gbk">.shtml<td class="text">文<br>${'\u3000'.repeat(3000 * part)}尾</td>`),
  ],
  ['marks in a byline', (part) => read(drupal8Page(story({ byline: `甲${'/'.repeat(300_000 * part)}乙` })))],
  [
    'spaces in a byline',
    (part) => read(PAGES.bootstrap(story({ byline: `文/甲${'&nbsp;/'.repeat(50_000 * part)}乙` }))),
  ],
  [
    'source sets',
    (part) => readContent(`<p>文</p>${`<img srcset="${'a'.repeat(39_000)} b">`.repeat(50 * part)}`, URL_ASKED),
  ],
  ['styles', (part) => toMarkdown(`<p><span style="${'text-decoration:'.repeat(60_000 * part)}">文</span></p>`)],
  [
    'what a feed shows',
    (part) =>
      ['<', '<img ', '<script>', '<style '].map((unit) =>
        fingerprint({ title: null, html: unit.repeat(500_000 * part) }),
      ),
  ],
  [
    'front matter of spaces',
    (part) => expect(() => parseDocument(`---\na${spaces(part)}b\n---\n`)).toThrow(DocumentError),
  ],
  [
    'failures of 20,000 stories',
    (part) => {
      const queue = openQueue([])
      for (let n = 0; n < 20_000 * part; n += 1) {
        const item = { id: `${n}`, url: URL_ASKED, day: null, title: null, published: null, html: null, source: 'a' }
        queue.failed(item, message`a`, n, true)
      }
      expect(queue.entries(0)).toHaveLength(20_000 * part)
    },
  ],
]

test.each(WORK)('takes time in proportion: %s', async (name, work) => {
  figure(name, `${await expectInProportion((part) => part, work)} ms`)
})
