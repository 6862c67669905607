import { parseHtml } from '../core/html/html.ts'
import type { Readers } from '../core/publisher.ts'
import { droppedFrom } from './body/drop.ts'
import { listsOf, type Lists } from './lists/read-list.ts'
import { readContent } from './page/content.ts'
import type { Paper } from './page/paper.ts'
import { pagesOf } from './page/read-page.ts'
import { linksTo } from './page/testimony.ts'

/** How a paper's pages and lists are read, by what is told of them. */
export function readersOf(paper: Paper, lists: Lists): Readers {
  return {
    ...pagesOf(paper),
    ...listsOf(paper, lists),
    readContent: (html, url) => readContent(html, url, paper),
    linksTo: (html) => linksTo(html, paper),
    droppedFrom: (source) => droppedFrom(parseHtml(source).body, paper.body),
  }
}
