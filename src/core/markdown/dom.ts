/** The element children of an element. The DOM in use does not promise that its lists can be iterated. */
export function childElements(element: Element): Element[] {
  const found: Element[] = []
  for (let child = element.firstElementChild; child !== null; child = child.nextElementSibling) found.push(child)
  return found
}

export function childNodes(node: Node): Node[] {
  const found: Node[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child)
  return found
}

/** Elements by tag name, in the order of the document. */
export function descendants(element: Element, name: string): Element[] {
  return Array.from(element.getElementsByTagName(name))
}

/** True for an element of a line that its own style shows as lines of its own: no letter that begins a text in the margin. */
export function isShownAsBlock(element: Element): boolean {
  const style = element.getAttribute('style') ?? ''
  const isBlock = /(?:^|;)\s*display\s*:\s*(?:block|flow-root|flex|grid|table|list-item)\b/i.test(style)
  const isNamedSo = /(?:^|\s)d-block(?:\s|$)/.test(element.getAttribute('class') ?? '')
  return (isBlock || isNamedSo) && !/(?:^|[;\s])float\s*:\s*[lr]/i.test(style)
}
