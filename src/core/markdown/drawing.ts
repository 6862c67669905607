import { isHidden } from '../html/hidden.ts'
import { collapseString } from './space.ts'

/** What of a drawing is told, or kept for use elsewhere in it, and not shown. */
const UNSEEN = new Set('title desc defs symbol metadata style script clippath mask'.split(' '))
/** Attributes with which a piece of text begins at another place. */
const PLACED = ['x', 'y', 'dx', 'dy']

/** Where editors of WeChat and others keep the TeX of a formula that is drawn. */
const FORMULA = ['data-formula', 'data-tex', 'data-latex']
/** Elements between them and the drawing. */
const MOST_AROUND = 3

/** True where nothing stands beside an element but what is empty, and behind it further drawings: of a formula of several lines. */
function isAlone(element: Element): boolean {
  const isEmpty = (node: Node, drawing: RegExp): boolean =>
    node.nodeType === 8 ||
    ((node.textContent ?? '').trim() === '' &&
      ((node as Element).firstElementChild == null || /^svg$/i.test(node.nodeName)) &&
      !drawing.test(node.nodeName))
  for (let node = element.previousSibling; node !== null; node = node.previousSibling)
    if (!isEmpty(node, /^(?:svg|img)$/i)) return false
  for (let node = element.nextSibling; node !== null; node = node.nextSibling)
    if (!isEmpty(node, /^img$/i)) return false
  return true
}

/** The TeX of which a drawing without words is all that is shown; empty where none is told. */
function formulaOf(svg: Element): string {
  let around: Element | null = svg
  for (let n = 0; n < MOST_AROUND && around !== null && isAlone(around); n++) {
    around = around.parentElement
    const told = FORMULA.map((name) => around?.getAttribute(name) ?? '').find((value) => value !== '')
    if (told !== undefined) return collapseString(told)
  }
  return ''
}

/** The words that a drawing (`svg`) shows, a space between what stands apart, or those of the formula that it is; empty for others. */
export function wordsInDrawing(svg: Element): string {
  const parts: string[] = []
  const visit = (node: Node, isText: boolean): void => {
    if (node.nodeType === 3 && isText) parts.push(node.nodeValue ?? '')
    if (node.nodeType !== 1) return
    const element = node as Element
    const name = element.nodeName.toLowerCase()
    if (UNSEEN.has(name) || isHidden(element)) return
    if (name === 'text' || PLACED.some((each) => element.hasAttribute(each))) parts.push(' ')
    const shows = isText || name === 'text' || name === 'foreignobject'
    for (let child = node.firstChild; child !== null; child = child.nextSibling) visit(child, shows)
  }
  visit(svg, false)
  return collapseString(parts.join('')) || formulaOf(svg)
}
