import { wellFormed } from './characters.ts'
import type { Block } from './tree.ts'

function codeText(node: Node): string {
  let result = ''
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.nodeType === 3) result += child.nodeValue ?? ''
    else if (child.nodeName === 'BR') result += '\n'
    else if (child.nodeType === 1 && !/^(?:SCRIPT|STYLE|TEMPLATE)$/.test(child.nodeName)) result += codeText(child)
  }
  return result
}

function language(element: Element): string {
  const code = element.firstElementChild
  const names = `${element.className} ${code?.tagName === 'CODE' ? code.className : ''}`
  const found = /(?:^|\s)(?:language|lang|highlight-source|brush:)-?\s*([^\s`\\&{}<>|]+)/.exec(names)?.[1]
  return found ?? ''
}

/** Reads `<pre>` and its like: the text as it stands, `<br>` a line's end. Nothing when it is blank. */
export function readCodeBlock(element: Element): Block[] {
  const value = wellFormed(codeText(element))
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000e-\u001f]/g, '')
    .replace(/^[ \t\n]*\n/, '')
    .trimEnd()
  return value.trim() === '' ? [] : [{ kind: 'code-block', text: value, language: language(element) }]
}
