import domino from '@mixmark-io/domino'
import { mendReferences } from '../text/references.ts'
import { bounded } from './bounds.ts'
import { mayHoldBackgrounds, mendBackgrounds } from './backgrounds.ts'
import { mayHoldCustom, mendCustom } from './custom.ts'
import { message } from '../../words/words.ts'
import { WordedError } from '../../words/error.ts'

/** Depth that only markup made to evade `bounded` reaches; the parser's time grows with its square. */
const MAX_DEPTH = 600
const STEPS_BETWEEN_CHECKS = 1000

/** Thrown for HTML whose elements nest too deep to be parsed in bounded time. */
export class HtmlTooDeepError extends WordedError {
  override readonly name = 'HtmlTooDeepError'

  constructor() {
    super(message`HTML nested deeper than ${MAX_DEPTH} elements`)
  }
}

function depthOf(document: Document): number {
  let depth = 0
  for (let node: Node | null = document.lastChild; node !== null; node = node.lastChild) depth += 1
  return depth
}

/**
 * Parses a page or a fragment into a DOM, repaired as HTML5 asks. Scripts do not run. Elements nested beyond any
 * reader's use lose their tags, never their text, so that time and memory stay in proportion to the input; what evades
 * even that throws `HtmlTooDeepError`.
 */
export function parseHtml(html: string): Document {
  const parser = domino.createIncrementalHTMLParser()
  parser.end(bounded(mendReferences(html)))
  let steps = 0
  while (parser.process(() => (steps += 1) % STEPS_BETWEEN_CHECKS === 0)) {
    if (depthOf(parser.document()) > MAX_DEPTH) throw new HtmlTooDeepError()
  }
  const document = parser.document()
  if (mayHoldCustom(html)) mendCustom(document)
  if (mayHoldBackgrounds(html)) mendBackgrounds(document)
  return document
}
