import { expect, test } from 'vitest'
import { writeBody } from '../../src/core/markdown/index.ts'
import { readPage } from '../../src/sites/index.ts'
import { HEADLINE, PARAGRAPHS } from '../support/invented.ts'

/** Pages of sites that have their name as the first headline of each, and the story's headline below. */

const TEXT = PARAGRAPHS.map((each) => `<p>${each}</p>`).join('')
const data = `<script type="application/ld+json">{"@type":"NewsArticle","headline":"${HEADLINE}"}</script>`
const page = (head: string, body: string) =>
  `<!DOCTYPE html><html lang="en"><head>${head}</head><body>${body}</body></html>`

const named = (head: string, logo: string, headline: string): [string, string] => [
  head,
  `${logo}<div>${headline}${TEXT}</div>`,
]
const LOGO = '<h1><a href="/">The Mud Post</a></h1>'
const PICTURE = '<h1 class="logo"><a href="https://town.example/"><img src="/logo.png" alt="The Mud Post"></a></h1>'

test.each<[string, [string, string]]>([
  ['and in the title before it', named(`<title>The Mud Post » ${HEADLINE}</title>`, LOGO, `<h2>${HEADLINE}</h2>`)],
  [
    'that leads to the story',
    named(`<title>The Mud Post » ${HEADLINE}</title>`, LOGO, `<h2><a href="/2026/ferry">${HEADLINE}</a></h2>`),
  ],
  [
    'without a link',
    named(`<title>The Mud Post | ${HEADLINE}</title>`, '<h1>The Mud Post</h1>', `<h2>${HEADLINE}</h2>`),
  ],
  [
    'and what the site is about, without a link',
    named(
      `<title>The Mud Post | ${HEADLINE}</title>`,
      '<h1>The Mud Post</h1><p>News of the harbour and of the town behind it, every morning since 1998</p>',
      `<h2>${HEADLINE}</h2>`,
    ),
  ],
  ['in the title alone', named('<title>The Mud Post</title>', LOGO, `<h2>${HEADLINE}</h2>`)],
  ['as a picture', named('<title>The Mud Post</title>', PICTURE, `<h2>${HEADLINE}</h2>`)],
  ['in the title, the headline in data', named(`<title>The Mud Post</title>${data}`, LOGO, '')],
  ['and a headline lower', named(`<title>${HEADLINE}_The Mud Post</title>`, PICTURE, `<h3>${HEADLINE}</h3>`)],
])('the headline is the story’s: a logo %s', (_, [head, body]) => {
  for (const listed of [null, HEADLINE]) {
    const read = readPage({ html: page(head, body), url: 'https://town.example/2026/ferry', listed })
    if (read.kind !== 'story') throw new Error(read.reason)
    expect(read.extract.title).toBe(HEADLINE)
    expect(writeBody(read.extract.body.blocks).text.split('\n\n')).toEqual(PARAGRAPHS)
  }
})

test('the name of the site as the heading of the page’s foot is no headline', () => {
  const about = '<p>News of the harbour and of the town behind it, every morning since 1998</p>'
  for (const below of ['<ul><li><a href="/about">About</a></li></ul>', about, about.repeat(9)]) {
    const foot = `<div><h2>The Mud Post</h2>${below}</div>`
    const html = page(`<title>${HEADLINE} - The Mud Post</title>`, `<h1>${HEADLINE}</h1>${TEXT}${foot}`)
    const read = readPage({ html, url: 'https://town.example/2026/ferry' })
    expect(read).toMatchObject({ kind: 'story', extract: { title: HEADLINE } })
  }
})

test('the name of the site as the heading of its menu is no headline where the page says that it is the name', () => {
  const head = `<title>${HEADLINE} - Mud News</title><meta property="og:site_name" content="Mud News">`
  const menu = '<div><h2>Mud News</h2><ul><li><a href="/a">A</a></li></ul></div>'
  const html = page(head, `${menu}<h1>${HEADLINE}</h1>${menu}${TEXT}`)
  const read = readPage({ html, url: 'https://town.example/2026/ferry' })
  expect(read).toMatchObject({ kind: 'story', extract: { title: HEADLINE } })
})

test('the headline is no name of the site though the page calls its site so', () => {
  const head = `<title>${HEADLINE} - Mud News</title><meta property="og:site_name" content="${HEADLINE}">`
  const read = readPage({ html: page(head, `<h1>${HEADLINE}</h1>${TEXT}`), url: 'https://town.example/2026/ferry' })
  expect(read).toMatchObject({ kind: 'story', extract: { title: HEADLINE } })
})

test('the headline that is told longer in the title is no name of the site, which is a heading too', () => {
  const title = `<title>RIVER: ${HEADLINE} | Harbour | MudPost.example</title>`
  const html = page(title, `<h1>MudPost.example</h1><div><h1>${HEADLINE}</h1>${TEXT}</div>`)
  const read = readPage({ html, url: 'https://town.example/2026/ferry' })
  expect(read).toMatchObject({ kind: 'story', extract: { title: HEADLINE } })
})

test('two dashes set off the name of a site', () => {
  const head = `<title>${HEADLINE} - Harbour - boats</title><meta property="og:title" content="${HEADLINE} -- MudPost"><meta property="og:site_name" content="MudPost">`
  const read = readPage({ html: page(head, `<div>${TEXT}</div>`), url: 'https://town.example/2026/ferry' })
  expect(read).toMatchObject({ kind: 'story', extract: { title: HEADLINE } })
})

test('what its source shows, and a heading of the page is, is the headline of a site that has its slogan for one', () => {
  const [head, body] = named('<title>The Mud Post: all of the river</title>', '', `<h2>${HEADLINE}</h2>`)
  const html = page(head, body)
  const read = readPage({ html, url: 'https://town.example/2026/ferry', listed: HEADLINE })
  expect(read).toMatchObject({ kind: 'story', extract: { title: HEADLINE } })
  const elsewhere = html.replace(HEADLINE, `<a href="/2026/other">${HEADLINE}</a>`)
  expect(readPage({ html: elsewhere, url: 'https://town.example/2026/ferry', listed: HEADLINE })).toMatchObject({
    reason: 'unclaimed',
  })
})
