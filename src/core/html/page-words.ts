import { decodeHTML } from 'entities/decode'
import { countsOf } from '../groups.ts'
import { parseHtml } from './html.ts'
import { RAW_TEXT } from './elements.ts'
import { isTag, tokenizer } from './tokenize.ts'

/** Raw text that a page shows. */
const SHOWN = new Set(['textarea', 'xmp', 'plaintext'])
const EXCERPT_LENGTH = 24

function isHidden(name: string): boolean {
  return name === 'template' || (RAW_TEXT.has(name) && !SHOWN.has(name))
}

function bare(text: string): string {
  return text.replace(/[\s\u0000\ufffd]+/g, '')
}

/** The runs of text in HTML that a page could show, without white space: read by the tokenizer alone, no tree is built. */
export function textRuns(html: string): string[] {
  const runs: string[] = []
  const next = tokenizer(html)
  let at = 0
  let templates = 0
  /** What stands in a template, if it turns out to have an end. */
  let hidden: string[] = []
  let raw: string | null = null

  function take(text: string): void {
    if (raw !== null && isHidden(raw)) return
    const run = bare(raw === null || raw === 'textarea' ? decodeHTML(text) : text)
    if (run !== '') (templates > 0 ? hidden : runs).push(run)
  }

  for (let token = next(); token !== null; token = next()) {
    take(html.slice(at, token.start))
    at = token.end
    raw = token.kind === 'start' && token.isRaw ? token.name : null
    if (!isTag(token) || token.name !== 'template' || token.isForeign) continue
    templates = Math.max(0, templates + (token.kind === 'start' ? 1 : -1))
    if (templates === 0) hidden = []
  }
  take(html.slice(at))
  return [...runs, ...hidden]
}

/** The text under a node as the tree has it, without white space. */
function treeText(root: Node): string {
  const parts: string[] = []
  const visit = (node: Node): void => {
    if (node.nodeType === 3) parts.push(node.nodeValue ?? '')
    // Elements of drawings have names in lower case: their titles are text.
    else if (!/^[A-Z]/.test(node.nodeName) || !isHidden(node.nodeName.toLowerCase())) {
      for (let child = node.firstChild; child !== null; child = child.nextSibling) visit(child)
    }
  }
  visit(root)
  return bare(parts.join(''))
}

/**
 * The beginning of the first text in HTML that is not in the tree made of it; `null` when all of it is. A tree may have
 * its text in another order.
 */
export function lostText(html: string, document: Node = parseHtml(html)): string | null {
  const runs = textRuns(html)
  const tree = treeText(document)
  const counts = countsOf(tree)
  const isLost = [...countsOf(runs.join(''))].some(([char, count]) => (counts.get(char) ?? 0) < count)
  if (!isLost) return null
  let at = 0
  for (const run of runs) {
    const found = tree.indexOf(run, at)
    if (found < 0) return run.slice(0, EXCERPT_LENGTH)
    at = found + run.length
  }
  return runs.join('').slice(0, EXCERPT_LENGTH)
}
