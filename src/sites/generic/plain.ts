import { isShownAsBlock } from '../../core/markdown/dom.ts'
import { childrenOf, elementsUnder, replace } from '../dom.ts'

/**
 * Elements of a line that Readability does not know as such, by those that it does: it takes the line breaks away that part
 * paragraphs in them.
 */
const KNOWN = new Map(
  Object.entries({
    font: 'span',
    u: 'span',
    big: 'span',
    nobr: 'span',
    bdi: 'span',
    s: 'del',
    strike: 'del',
    tt: 'samp',
  }),
)
const OF_LINES = new Set([...KNOWN.keys(), 'span', 'a', 'b', 'i', 'em', 'strong', 'label'])

/** Writes a page in elements that Readability reads as a browser shows them: it looks at no style. */
export function inKnownElements(page: Element): void {
  const make = (name: string, inner: readonly Node[], old: Element): Element => {
    const box = page.ownerDocument.createElement(name)
    replace(old, [box])
    for (const node of inner) box.appendChild(node)
    return box
  }
  for (const element of elementsUnder(page)) {
    if (!OF_LINES.has(element.localName)) continue
    const known = KNOWN.get(element.localName)
    if (isShownAsBlock(element)) make('div', [element], element)
    else if (known !== undefined) {
      make(known, childrenOf(element), element).className = element.className
    }
  }
}
