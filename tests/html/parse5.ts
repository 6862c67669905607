import { type DefaultTreeAdapterTypes, parse } from 'parse5'

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

/** The text of a page and of its elements as parse5 sees them, which passes the standard's own tests. */
export function textOf(node: Node, without?: string): string {
  if (node.nodeName === '#text') return (node as DefaultTreeAdapterTypes.TextNode).value
  if (node.nodeName === without || !('childNodes' in node)) return ''
  return node.childNodes.map((child) => textOf(child, without)).join('')
}

export function parsed(html: string): Node {
  return parse(html)
}

/** The outermost elements of a class, in their order. */
export function outermost(node: Node, className: string): Element[] {
  if (!('childNodes' in node)) return []
  return node.childNodes.flatMap((child) => {
    const isFound = 'attrs' in child && child.attrs.some(({ name, value }) => name === 'class' && value === className)
    return isFound ? [child] : outermost(child, className)
  })
}
