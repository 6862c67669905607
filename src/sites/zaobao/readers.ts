import type { Readers } from '../../core/publisher.ts'
import { readContent } from './content.ts'
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
} satisfies Readers
