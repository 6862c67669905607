import { at, listAt, textAt } from '../json.ts'
import { extractOf } from '../page/extract.ts'
import type { Generation, Sheet } from '../page/paper.ts'
import { htmlOf, namesIn } from './blocks.ts'
import { NEXT, toldIn } from './data.ts'

function extract(page: Sheet) {
  const told = toldIn(page)
  if (told === null) return null
  const { blocks, metadata, headline } = told
  return extractOf(page, {
    titles: [headline],
    lead: [],
    body: htmlOf(blocks, page.url),
    published: [at(metadata, 'firstPublished'), at(metadata, 'timestamp')],
    updated: [at(metadata, 'lastPublished')],
    bylines: namesIn(blocks),
    keywords: [
      ...listAt(metadata, 'tags', 'about').flatMap((tag) => textAt(tag, 'thingLabel') ?? []),
      ...listAt(metadata, 'topics').flatMap((topic) => textAt(topic, 'topicName') ?? []),
    ],
  })
}

/** The site of all its languages in React: a story is in the data of the page, block by block. */
export const simorgh = {
  name: 'bbc-blocks',
  era: '2020-10 on',
  matches: (html) => html.includes(NEXT) || html.includes('SIMORGH_DATA'),
  parts: {},
  extract,
} satisfies Generation
