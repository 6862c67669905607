/** The element children of an element, as they are now. The DOM in use does not promise that its lists can be iterated. */
export function childElements(element: Element): Element[] {
  const found: Element[] = []
  for (let child = element.firstElementChild; child !== null; child = child.nextElementSibling) found.push(child)
  return found
}

/** The children of a node, as they are now. */
export function childNodes(node: Node): Node[] {
  const found: Node[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child)
  return found
}

/**
 * The innermost element of one of some names that an element is or stands in; `null` for none. domino's own `closest` compiles its
 * selector anew at each step.
 */
export function closest(element: Element, ...names: string[]): Element | null {
  let here: Element | null = element
  while (here !== null && !names.includes(here.localName)) here = here.parentElement
  return here
}

/** Elements by tag name, in the order of the document. */
export function descendants(element: Element, name: string): Element[] {
  return Array.from(element.getElementsByTagName(name))
}
