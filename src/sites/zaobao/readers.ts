import type { Readers } from '../../core/publisher.ts'
import { parseHtml } from '../../core/html/html.ts'
import { readContent } from './content.ts'
import { droppedFrom } from './drop.ts'
import { kindOfList, readList } from './lists/read-list.ts'
import { readSitemapIndex } from './lists/sitemap.ts'
import { readPage, witnessesIn } from './read-page.ts'
import { linksTo } from './testimony.ts'

/** How the paper's pages and lists are read. */
export const readers = {
  readPage,
  readList,
  readContent,
  readSitemapIndex,
  kindOfList,
  linksTo,
  witnessesIn,
  droppedFrom: (source) => droppedFrom(parseHtml(source).body),
} satisfies Readers
