import { all, bodyElement, renamed } from '../../core/html/dom.ts'

/**
 * HTML in which the boxes that a layout makes for a picture are figures, and what is its caption in them a caption: where
 * pages do not say so by their elements. `before` looks at each box as the page has it.
 */
export function boxesAsFigures(
  html: string,
  { boxes, captions }: { boxes: string; captions: string },
  before: (box: Element) => void = () => {},
): string {
  const body = bodyElement(html)
  const found = all(body, boxes)
  if (found.length === 0) return html
  for (const box of found) {
    before(box)
    const figure = renamed(box, 'figure')
    for (const caption of all(figure, captions)) renamed(caption, 'figcaption')
  }
  return body.innerHTML
}
