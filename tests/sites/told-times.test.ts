import { expect, test } from 'vitest'
import { readPage } from '../../src/sites/index.ts'
import { HEADLINE, PARAGRAPHS } from '../support/invented.ts'

/** When pages of papers that nobody knows say that their stories were published. */

const URL_ASKED = 'https://town.example/news/ferry'
const TEXT = PARAGRAPHS.map((each) => `<p>${each}</p>`).join('')

function told({ head = '', shown = '', url = URL_ASKED }): [string | null, string | undefined] {
  const html = `<!DOCTYPE html><html lang="en"><head><title>${HEADLINE}</title>${head}</head><body><h1>${HEADLINE}</h1>${shown}<div>${TEXT}</div></body></html>`
  const read = readPage({ html, url })
  if (read.kind !== 'story') throw new Error(read.reason)
  return [read.extract.published, read.extract.day]
}

const ISO = '2021-11-10T15:37:00+08:00'

test.each<[string, Parameters<typeof told>[0]]>([
  ['<meta> of Dublin Core', { head: `<meta name="DCTERMS.created" content="${ISO}">` }],
  ['<meta> of a newspaper’s counter', { head: `<meta name="parsely-pub-date" content="${ISO}">` }],
  ['<meta> of Chinese portals', { head: '<meta name="apub:time" content="2021-11-10 15:37:00">' }],
  ['microdata', { shown: `<span itemprop="datePublished" content="${ISO}">2 hours ago</span>` }],
  [
    'microdata about a <time>',
    { shown: `<span itemprop="datePublished"><time datetime="${ISO}">Wednesday</time></span>` },
  ],
  ['RDFa', { shown: `<span property="dc:date dc:created" content="${ISO}">Wednesday</span>` }],
  ['an abbreviation', { shown: `<cite>The Mud Post <abbr title="2021-11-10T07:37:00Z">2 hours ago</abbr></cite>` }],
])('a time in %s', (_, page) => {
  expect(told(page)).toEqual(['2021-11-10T07:37:00.000Z', undefined])
})

const data = (published: string) =>
  `<script type="application/ld+json">{"@type":"NewsArticle","headline":"${HEADLINE}","datePublished":"${published}"}</script>`

test.each<[string, Parameters<typeof told>[0]]>([
  ['data', { head: data('2021-11-10') }],
  ['<meta>', { head: '<meta property="article:published_time" content="2021-11-10">' }],
  ['<time>', { shown: '<time datetime="2021-11-10">Wednesday</time>' }],
  ['a line above the text', { shown: '<p class="by">By Lin Mu <i>|</i> <span>Nov 10, 2021</span></p>' }],
  ['a line in Chinese', { shown: '<p>来源：河镇报 2021年11月10日</p>' }],
  ['the folders of its address', { url: 'https://town.example/2021/11/10/ferry/' }],
  ['its address, in one word', { url: 'https://town.example/news/20211110/ferry.html' }],
])('a day alone in %s', (_, page) => {
  expect(told(page)).toEqual([null, '2021-11-10'])
})

test.each<[string, Parameters<typeof told>[0]]>([
  [
    'in a sentence above the text',
    { shown: `<p>Since 10 November 2020 the harbour has been shut. ${PARAGRAPHS[0]}</p>` },
  ],
  ['that is none of the calendar', { url: 'https://town.example/2021/13/10/ferry/' }],
  ['in a number', { url: 'https://town.example/202111101/ferry' }],
])('no day %s', (_, page) => {
  expect(told(page)).toEqual([null, undefined])
})

test('a time goes before a day', () => {
  expect(told({ head: data('2021-11-11'), shown: `<time datetime="${ISO}">Wednesday</time>` })).toEqual([
    '2021-11-10T07:37:00.000Z',
    undefined,
  ])
})
