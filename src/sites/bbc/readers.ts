import { dropList } from '../body/drop.ts'
import { listAt } from '../json.ts'
import { one } from '../../core/html/dom.ts'
import type { ListKind } from '../lists/html-list.ts'
import { entriesOfRows } from '../lists/json-lists.ts'
import type { Paper } from '../page/paper.ts'
import { readersOf } from '../readers.ts'
import { data, NEXT, pagePropsIn } from './data.ts'
import { bbc } from './index.ts'
import { simorgh } from './simorgh.ts'
import { storyBody } from './story-body.ts'

/** What those who read its pages are told of it. */
export const paper: Paper = {
  publisher: bbc,
  names: ['BBC', 'BBC News', 'BBC News 中文', 'BBC News 中文網', 'BBC 中文', 'BBC中文网', 'BBC 中文網', 'BBC英伦网'],
  tail: /\s*[-–|]\s*(?:BBC(?:\s*News)?(?:\s*(?:中文(?:网|網)?|英[伦倫](?:网|網)))?)\s*$/i,
  body: {
    drop: dropList(
      '.off-screen, .bbccom_slot, .bbccom_advert, .player-with-placeholder__caption, .story-body__mini-info-list-and-share, .share',
    ),
    pictures: {
      none: /\/(?:bbc_placeholder|_\d+_(?:grey_line|\w*transparent))[^/]*$/i,
      noneCalled: /^1px transparent line$/i,
      identity: ({ host, pathname }) => (/(?:^|\.)bbci\.co\.uk$/.test(host) ? pictureOf(pathname) : null),
    },
  },
  storyLink: /\/zhongwen\/(?:articles\/c[0-9a-z]{8,14}|(?:simp|trad)\/[\w/-]*\d{6,10})/,
  home: /^\/(?:zhongwen(?:\/(?:simp|trad))?)?\/?$/,
  generations: [simorgh, storyBody],
  data,
}

/** `/news/640/cpsprodpb/170FE/production/_113526449_x.jpg`, `/images/ic/720x405/p08lj853.jpg`: the size stands before the store. */
function pictureOf(pathname: string): string | null {
  return (
    /\/(?:news|ace\/\w+)\/(?:\d+\/)?(\w+\/.+?)(?:\.webp)?$/.exec(pathname)?.[1] ??
    /\/ic\/[^/]+\/(p\w+)\.\w+$/.exec(pathname)?.[1] ??
    null
  )
}

/** A page of a subject: its stories are in its data. */
const topic: ListKind = {
  name: 'bbc-topic',
  era: '2022 on',
  matches: (document) => summariesIn(document).length > 0,
  entries: (document, timeOf) =>
    entriesOfRows(summariesIn(document), { titles: ['title'], links: ['link'], times: ['firstPublished'] }, timeOf),
}

function summariesIn(document: Document): unknown[] {
  const script = one(document, `script[id="${NEXT}"]`)?.textContent ?? ''
  const curations = listAt(pagePropsIn(script), 'pageData', 'curations')
  return curations.flatMap((curation) => listAt(curation, 'summaries'))
}

/** How its pages and lists are read. */
export const readers = readersOf(paper, { kinds: [topic] })
