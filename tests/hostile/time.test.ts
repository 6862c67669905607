import { expect, test } from 'vitest'
import { DocumentError } from '../../src/core/document/document.ts'
import { parseDocument } from '../../src/core/document/parse.ts'
import { parseHtml } from '../../src/core/html/html.ts'
import { toMarkdown } from '../../src/core/markdown/index.ts'
import { fingerprint } from '../../src/core/archive/plan.ts'
import { failed, openQueue } from '../../src/core/archive/queue.ts'
import { seedBody } from '../../src/core/markdown/seed-body.ts'
import { readContent, readPage } from '../../src/sites/index.ts'
import { figure } from '../support/figures.ts'
import { drupal8Page, PAGES, type PageStory } from '../support/pages.ts'

/** Generous: each takes a fraction of it, while quadratic work on such input takes minutes, or for ever. */
const DEADLINE_MS = 20_000
const URL_ASKED = 'https://www.zaobao.com/realtime/china/story20211110-1212150'
const spaces = ' '.repeat(300_000)

const story = (more: Partial<PageStory>): PageStory => ({
  ...{ title: '渡轮', url: URL_ASKED, published: '2021-11-10T07:37:00.000Z', bodyHtml: '<p>甲。</p>' },
  ...more,
})
const read = (html: string) => readPage({ html, url: URL_ASKED })

const WORK: [string, () => unknown][] = [
  ['white space in ld+json', () => read(PAGES.reactB1(story({ title: `甲${spaces}乙` })))],
  ['tags that never end in a headline', () => read(PAGES.reactB2(story({ title: '<a b'.repeat(80_000) })))],
  ['tags that never end', () => [parseHtml('<a b'.repeat(100_000)), seedBody('<a b="'.repeat(100_000))]],
  ['numbered children', () => read(drupal8Page(story({ bodyHtml: '<p data-s="XYBGE======">字</p>'.repeat(20_000) })))],
  [
    'ideographic spaces behind line breaks',
    () => read(`<meta charset="gbk">.shtml<td class="text">文<br>${'\u3000'.repeat(3000)}尾</td>`),
  ],
  ['marks in a byline', () => read(drupal8Page(story({ byline: `甲${'/'.repeat(300_000)}乙` })))],
  ['spaces in a byline', () => read(PAGES.bootstrap(story({ byline: `文/甲${'&nbsp;/'.repeat(50_000)}乙` })))],
  ['source sets', () => readContent(`<p>文</p>${`<img srcset="${'a'.repeat(39_000)} b">`.repeat(50)}`, URL_ASKED)],
  ['styles', () => toMarkdown(`<p><span style="${'text-decoration:'.repeat(60_000)}">文</span></p>`)],
  [
    'what a feed shows',
    () => ['<', '<img ', '<script>', '<style '].map((part) => fingerprint({ title: null, html: part.repeat(500_000) })),
  ],
  ['front matter of spaces', () => expect(() => parseDocument(`---\na${spaces}b\n---\n`)).toThrow(DocumentError)],
  [
    'failures of 20,000 stories',
    () => {
      const queue = openQueue([])
      for (let n = 0; n < 20_000; n += 1) {
        const item = { id: `${n}`, url: URL_ASKED, day: null, title: null, published: null, html: null, source: 'a' }
        queue.failed(item, 'a', n, true)
      }
      expect(queue.entries(0)).toHaveLength(20_000)
      expect(failed(queue.entries(0), { ...queue.entries(0)[0]!, id: 'x' }, 'a', 0).queue).toHaveLength(20_001)
    },
  ],
]

test.each(WORK)('takes time in proportion: %s', (name, work) => {
  const { user, system } = process.cpuUsage()
  work()
  const spent = process.cpuUsage()
  const ms = Math.round((spent.user + spent.system - user - system) / 1000)
  figure(name, `${ms} ms`)
  expect(ms).toBeLessThan(DEADLINE_MS)
})
