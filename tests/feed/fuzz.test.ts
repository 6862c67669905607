import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { FeedError } from '../../src/core/feed/feed.ts'
import { parseFeed } from '../../src/index.ts'

const CASES = 5000

const ATOM = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://example.org/"><title>源</title>
<entry><title type="html">&lt;b&gt;甲&lt;/b&gt;</title><link href="a"/><id>tag:1</id><updated>2021-11-10T07:37:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>乙<br/></p></div></content></entry></feed>`
const JSON_FEED = `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"http://example.org/1","content_text":"甲"},{"id":"2"}]}`
const fixture = (name: string) => readFileSync(new URL(`../../fixtures/feeds/${name}`, import.meta.url), 'utf8')
const seeds = ['rsshub.xml', 'style-cdata.xml', 'unclosed-cdata.xml', 'static-era.xml'].map(fixture)

const fragment = fc.oneof(
  fc.constantFrom(
    '<',
    '>',
    '&',
    '"',
    "'",
    '/',
    '=',
    ']]>',
    '<![CDATA[',
    '<!--',
    '-->',
    '<?',
    '<!DOCTYPE a [',
    '&lt;',
    '&#x110000;',
  ),
  fc.constantFrom(
    '<item>',
    '</item>',
    '<entry>',
    '<title>',
    '</title>',
    '<link/>',
    '<a:b xmlns:a="x">',
    '</rss>',
    '<__proto__>',
  ),
  fc.constantFrom('{', '}', '[', ']', ',', '\\u0000', '\u0000', '\ud800', '\ufeff'),
  fc.string({ maxLength: 5 }),
)
const edit = fc.record({ at: fc.nat(10_000), remove: fc.nat(40), insert: fragment })
const mutant = fc
  .record({ seed: fc.constantFrom(...seeds, ATOM, JSON_FEED), edits: fc.array(edit, { minLength: 1, maxLength: 6 }) })
  .map(({ seed, edits }) =>
    edits.reduce((text, { at, remove, insert }) => {
      const start = at % (text.length + 1)
      return text.slice(0, start) + insert + text.slice(start + remove)
    }, seed),
  )

/** Every answer is a list of items in their promised shape, or a refusal in one line. */
async function answersProperly(source: string | Uint8Array): Promise<void> {
  try {
    for (const item of await parseFeed(source, 'http://example.org/feed')) {
      expect(Object.keys(item)).toEqual(['title', 'url', 'published', 'html'])
      expect(item.title).not.toBe('')
      expect(item.html).not.toBe('')
      if (item.title !== null) expect(item.title).toBe(item.title.trim())
      if (item.url !== null) expect(['http:', 'https:']).toContain(new URL(item.url).protocol)
      if (item.published !== null) expect(new Date(item.published).toISOString()).toBe(item.published)
    }
  } catch (problem) {
    if (!(problem instanceof FeedError)) throw problem
    expect(problem.message).not.toContain('\n')
  }
}

it('answers 5,000 damaged feeds properly', async () => {
  await fc.assert(fc.asyncProperty(mutant, answersProperly), { numRuns: CASES })
})

it('answers 5,000 documents of noise properly', async () => {
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.array(fragment, { maxLength: 30 }).map((parts) => parts.join('')),
  )
  await fc.assert(fc.asyncProperty(noise, answersProperly), { numRuns: CASES })
})
