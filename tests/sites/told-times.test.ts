import { expect, test } from 'vitest'
import { readPage } from '../../src/sites/index.ts'
import { HEADLINE, PARAGRAPHS } from '../support/invented.ts'

/** When pages of papers that nobody knows say that their stories were published. */

const TEXT = PARAGRAPHS.map((each) => `<p>${each}</p>`).join('')

function told({ head = '', shown = '' }): string | null {
  const html = `<!DOCTYPE html><html lang="en"><head><title>${HEADLINE}</title>${head}</head><body><h1>${HEADLINE}</h1>${shown}<div>${TEXT}</div></body></html>`
  const read = readPage({ html, url: 'https://town.example/news/ferry' })
  if (read.kind !== 'story') throw new Error(read.reason)
  return read.extract.published
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
  expect(told(page)).toBe('2021-11-10T07:37:00.000Z')
})
