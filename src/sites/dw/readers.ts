import { dropList } from '../body/drop.ts'
import { at, isObject, listAt } from '../json.ts'
import type { Paper } from '../page/paper.ts'
import { readersOf } from '../readers.ts'
import { graph } from './graph.ts'
import { dw } from './index.ts'
import { longText } from './long-text.ts'
import { richText } from './rich-text.ts'

/** What those who read its pages are told of it. */
export const paper: Paper = {
  publisher: dw,
  names: ['DW', 'dw.com', 'Deutsche Welle', '德国之声', '德国之声中文网', 'Deutsche Welle (www.dw.com)'],
  tail: /\s*[|–-]\s*(?:DW(?:\s*[|–-]?\s*\d{1,2}\.\d{1,2}\.\d{4})?|dw\.com|德国之声|Deutsche Welle|\d{1,2}\.\d{1,2}\.\d{4}|\d{4}年\d{1,2}月\d{1,2}日|[\u3400-\u9fff]{2,8}(?=\s*[|–]\s*DW))\s*$/i,
  body: {
    drop: dropList(
      '.advertisement, .dw-widget, .sharing-icons, .embed-privacy, [data-tracking-name=sharing-icons-inline], [data-tracking-name=related-topics]',
    ),
    pictures: {
      none: /\/image\/0_\d+\.\w+$/,
      identity: ({ host, pathname }) => (/(?:^|\.)dw\.com$/.test(host) ? pictureOf(pathname) : null),
    },
  },
  storyLink: /\/(?:a|av|g|live|video)-\d{5,12}/,
  home: /^\/(?:zh(?:\/[^/]*\/s-\d+)?)?\/?$/,
  generations: [graph, richText, longText],
}

/** `/image/54144394_303.jpg`: behind the number stands the size. */
function pictureOf(pathname: string): string | null {
  return /\/image\/(\d+)(?:_\w+)?\.\w+$/.exec(pathname)?.[1] ?? null
}

/** What an index page says as data: its boxes, each with a list of its stories. */
function rowsOf(data: unknown): unknown[] | null {
  const boxes = at(data, 'data', 'content', 'contentComposition', 'informationSpaces')
  if (!Array.isArray(boxes)) return null
  return boxes
    .filter(isObject)
    .flatMap((box) => Object.values(box).flat())
    .flatMap((part) => listAt(part, 'contents'))
}

/** How its pages and lists are read. */
export const readers = readersOf(paper, {
  kinds: [],
  json: {
    fields: { titles: ['title', 'shortTitle'], links: ['namedUrl', 'canonicalUrl'], times: ['contentDate'] },
    rowsOf,
  },
})
