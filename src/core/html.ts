import domino from '@mixmark-io/domino'

/** Parses a page or a fragment into a DOM, repaired as HTML5 asks. Scripts do not run. */
export function parseHtml(html: string): Document {
  return domino.createDocument(html, true)
}
