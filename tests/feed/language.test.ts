import { expect, it } from 'vitest'
import { readFeed } from '../../src/core/feed/feed.ts'
import { addresses } from '../../src/sites/publishers.ts'

const rss = (item: string, of = '') =>
  `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><language>zh-cn</language><item${of}><title>题</title><link>http://e.org/1</link>${item}</item></channel></rss>`
const atom = (inside: string, of = '') =>
  `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-cn"><entry${of}><link href="http://e.org/1"/>${inside}</entry></feed>`
const json = (item: object) => JSON.stringify({ language: 'zh-cn', items: [{ url: 'http://e.org/1', ...item }] })

const cases: [string, string, string | undefined][] = [
  ['none of its own', rss(''), undefined],
  ['dc:language', rss('<dc:language>fr</dc:language>'), 'fr'],
  ['an empty one', rss('<dc:language> </dc:language>'), undefined],
  ['language', rss('<language>en-GB</language>'), 'en-GB'],
  ['xml:lang of an item', rss('', ' xml:lang="fr"'), 'fr'],
  ['xml:lang of an entry', atom('<title>Bac</title>', ' xml:lang="fr"'), 'fr'],
  ['xml:lang of its text before its own', atom('<content xml:lang="en">x</content>', ' xml:lang="fr"'), 'en'],
  ['none in Atom', atom('<title>题</title>'), undefined],
  ['language in JSON', json({ language: 'fr' }), 'fr'],
  ['none in JSON', json({}), undefined],
]
it.each(cases)('of an item: %s', async (_, source, lang) => {
  const { items, ...feed } = await readFeed(source, null, addresses)
  expect([items[0]?.lang, feed.lang]).toEqual([lang, 'zh-cn'])
})
