import type { Item } from '../../src/core/model.ts'
import type { Readers } from '../../src/core/publisher.ts'
import { dropList } from '../../src/sites/body/drop.ts'
import { all, one } from '../../src/core/html/dom.ts'
import { entryOf, type ListKind } from '../../src/sites/lists/html-list.ts'
import { layout } from '../../src/sites/page/layout.ts'
import type { Paper } from '../../src/sites/page/paper.ts'
import { readersOf } from '../../src/sites/readers.ts'
import { rivertown } from './paper.ts'

const article = layout({
  name: 'rivertown',
  era: '2025 on',
  matches: (html) => html.includes('class="rt"'),
  parts: { body: '.story', lead: '.rt-photo', byline: '.who', time: '.when', keyword: '.rt-topic' },
  names: (texts) => [...texts],
})

export const paper: Paper = {
  publisher: rivertown,
  names: ['河镇日报', 'Rivertown Daily'],
  tail: /\s*[|-]\s*河镇日报\s*$/,
  body: { drop: dropList('.rt-ferry-times, .rt-more'), pictures: { none: /\/rt-blank\.png$/ } },
  paywall: '.rt-members',
  storyLink: /\/\d{4}\/\d{2}\/\d{2}\/no\d+\.html/,
  home: /^\/(?:index\.html)?$/,
  generations: [article],
}

const list: ListKind = {
  name: 'rivertown',
  era: '2025 on',
  matches: (document) => one(document, '.rt-list') !== null,
  entries: (document, timeOf) => all(document, 'li.rt-item').map((node) => entryOf(node, timeOf, { time: '.rt-when' })),
}

const shared = readersOf(paper, { kinds: [list] })

/** Its sitemaps are none of XML: an address a line. */
export const readers: Readers = {
  ...shared,
  readList(source, nowMs) {
    if (!source.body.startsWith('https:')) return shared.readList(source, nowMs)
    const items = source.body.trim().split('\n')
    return { items: items.map((url): Item => ({ title: null, url, published: null, html: null })), end: 'whole' }
  },
}
