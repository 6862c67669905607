import { firstOf } from '../../../core/first.ts'
import { all, one } from '../../../core/html/dom.ts'
import { collapse } from '../../text.ts'
import { type ListEntry, wholeTitle } from '../../lists/entries.ts'
import type { ListKind } from '../../lists/html-list.ts'
import type { TimeOf } from '../../lists/list-times.ts'

/** The lines of text in an element, one for each stretch of text. */
function linesOf(element: Element): string[] {
  const lines: string[] = []
  const queue: Node[] = [element]
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (node.nodeType === 3) lines.push(...(node.nodeValue ?? '').split('\n').map((line) => collapse(line)))
    for (let child = node.lastChild; child !== null; child = child.previousSibling) queue.push(child)
  }
  return lines.filter((line) => line !== '')
}

function entryOf(block: Element, timeOf: TimeOf): ListEntry {
  const link = block.localName === 'a' ? block : (one(block, 'a[href]') ?? block.closest('a'))
  const href = link?.getAttribute('href') ?? null
  const [title = '', ...rest] = linesOf(block)
  return {
    title: wholeTitle(title, link?.getAttribute('title') ?? null),
    href,
    published: firstOf(rest, (line) => timeOf(line, href)),
    holder: block,
  }
}

/** The global site in Bootstrap: the first line of a block is the headline, a later one the day. */
export const bootstrapList = {
  name: 'bootstrap',
  era: '2020-11 to 2025-07',
  matches: (document) => all(document, '.list-block, #real_china, #real_world, #real_singapore, .m-eps').length > 0,
  entries: (document, timeOf) =>
    all(document, '.list-block, #real_china .eps, #real_world .eps, #real_singapore .eps, .f18.m-eps').map((block) =>
      entryOf(block, timeOf),
    ),
} satisfies ListKind
