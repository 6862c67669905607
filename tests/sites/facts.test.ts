import { expect, test } from 'vitest'
import { writeBody } from '../../src/core/markdown/index.ts'
import { readPage } from '../../src/sites/index.ts'
import { outOfProportion } from '../support/cost.ts'
import { HEADLINE, PARAGRAPHS } from '../support/invented.ts'

/** Boxes in `<aside>` among the paragraphs of a page of no known layout: those of the story, and those of the paper. */

const TEXT = PARAGRAPHS.map((each) => `<p>${each}</p>`)

const page = (body: string) =>
  `<!DOCTYPE html><html lang="en"><head><title>${HEADLINE}</title><meta property="og:type" content="article"></head><body><main><article><h1>${HEADLINE}</h1><div class="text">${body}</div></article></main></body></html>`
const [first = '', ...others] = TEXT
const among = (box: string) => page(first + box + others.join(''))
const below = (box: string) => page(TEXT.join('') + box)

function textOf(html: string): string {
  const read = readPage({ html, url: 'https://town.example/2026/ferry' })
  if (read.kind !== 'story') throw new Error(read.reason)
  return writeBody(read.extract.body.blocks).text
}

const without = textOf(page(TEXT.join('')))
const LIST =
  '<aside class="factbox"><h3>What we know</h3><ul><li>Built in 1974</li><li>Carries 120 people</li></ul></aside>'
const TABLE =
  '<aside><h3>In figures</h3><table><tr><th>Year</th><th>People</th></tr><tr><td>2025</td><td>89,000</td></tr></table></aside>'
const PROSE =
  '<aside><h4>The boat</h4><p>It was built in the yard of the town in 1974, and mended twice since.</p></aside>'
const WORDS = '<aside><dl><dt>Ferry</dt><dd>A boat that goes to and fro.</dd></dl></aside>'
const LINKED =
  '<aside><h3>How to get there</h3><p>The pier is at the end of Mill Street, says <a href="https://ferry.example/times">the ferry’s page</a>.</p></aside>'

test.each([
  ['a list', LIST, ['What we know', 'Built in 1974', 'Carries 120 people']],
  ['a list in a box of its own', `<div class="wrap">${LIST}</div>`, ['Built in 1974']],
  ['a table', TABLE, ['In figures', '2025', '89,000']],
  ['paragraphs below a heading', PROSE, ['The boat', 'built in the yard']],
  ['words explained', WORDS, ['A boat that goes']],
  ['a link to elsewhere', LINKED, ['at the end of Mill Street, says the ferry’s page.']],
])('%s among the paragraphs is the story’s', (_, box, words) => {
  const text = textOf(among(box))
  for (const word of words) expect(text).toContain(word)
  expect(text.indexOf(words[0]!)).toBeLessThan(text.indexOf('It carried a tenth'))
})

test('where each paragraph has a box of its own too', () => {
  const boxed = [TEXT[0], LIST, ...TEXT.slice(1)].map((each) => `<div class="block">${each}</div>`)
  expect(textOf(page(boxed.join('')))).toContain('Built in 1974')
})

test.each([
  ['a list', LIST, 'Built in 1974'],
  ['a table', TABLE, '89,000'],
])('%s with a heading below the last paragraph is the story’s', (_, box, words) => {
  expect(textOf(below(box))).toContain(words)
})

test.each([
  [
    'other stories',
    '<aside><h3>In brief</h3><ul><li><a href="/a">The bridge is closed for a year</a></li><li><a href="/b">The mayor goes by boat</a></li></ul></aside>',
  ],
  [
    'a list by its heading',
    '<aside><h3>Related stories</h3><ul><li>The bridge is closed for a year</li><li>The mayor goes by boat</li></ul></aside>',
  ],
  ['a list by its name', LIST.replace('factbox', 'most-popular')],
  [
    'a teaser',
    '<aside><h3>The bridge</h3><p>The bridge is closed for a year, the town said on Friday. <a href="/a">Go on</a></p></aside>',
  ],
  [
    'a newsletter',
    '<aside><h3>By mail</h3><p>The news of the river each morning in your letter box, for nothing.</p><form><input></form></aside>',
  ],
  [
    'an advertisement',
    '<aside><p>Advertisement</p><p>Boats of all kinds are sold at the pier, each day until six.</p><p>Come and see them, and bring your friends.</p></aside>',
  ],
  ['who wrote it', '<aside><p>Lin Jia writes about the river and its people for this paper.</p></aside>'],
  [
    'a quote of the text',
    '<aside class="pullquote"><blockquote>the first boats of the morning were often full</blockquote></aside>',
  ],
])('%s: no part of the story, among its paragraphs or below', (_, box) => {
  expect(textOf(among(box))).toBe(without)
  expect(textOf(below(box))).toBe(without)
})

test.each([
  ['sentences below the last paragraph', below(PROSE)],
  ['words in a list without a heading below it', below('<aside><ul><li>River</li><li>Boats</li></ul></aside>')],
  ['a box beside the text', page(TEXT.join('')).replace('</main>', `${LIST}</main>`)],
])('what may be the paper’s is left out: %s', (_, html) => {
  expect(textOf(html)).toBe(without)
})

test('time is in proportion to the length', async () => {
  const many = (box: string) => (part: number) => among(box.repeat(Math.ceil(2000 * part)))
  const nested = (part: number) => among('<aside>'.repeat(2000 * part) + LIST)
  const inputs = [
    ['lists', many(LIST)],
    ['in one another', nested],
  ] as const
  expect(await outOfProportion(inputs, textOf)).toEqual([])
})
