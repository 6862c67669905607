import { isShownAsBlock } from '../html/hidden.ts'
import { descendants } from '../html/dom.ts'
import { emit, emitBreak, type Flow } from './flow.ts'
import { readPicture } from './pictures.ts'
import type { ReadContext } from './reading.ts'
import { withoutInvisible } from './space.ts'
import { type Block, paragraph, text } from '../blocks.ts'

const UNREAD = /^(?:SCRIPT|STYLE|TEMPLATE)$/
/** Elements of which each stands on lines of its own. */
const LINES = /^(?:P|DIV|LI|OL|UL|TR|H[1-6]|SECTION|BLOCKQUOTE|PRE)$/

function isLine(element: Element): boolean {
  return LINES.test(element.tagName) || isShownAsBlock(element)
}

function codeText(node: Node): string {
  let result = ''
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.nodeType === 3) result += child.nodeValue ?? ''
    else if (child.nodeName === 'BR') result += '\n'
    else if (child.nodeType === 1 && !UNREAD.test(child.nodeName)) {
      const end = isLine(child as Element) ? '\n' : ''
      const start = result === '' || result.endsWith('\n') ? '' : end
      const inside = codeText(child)
      result += `${start}${inside}${inside.endsWith('\n') ? '' : end}`
    }
  }
  return result
}

function language(element: Element): string {
  const code = element.firstElementChild
  const names = `${element.className} ${code?.tagName === 'CODE' ? code.className : ''}`
  const found = /(?:^|\s)(?:language|lang|highlight-source|brush:)-?\s*([^\s`\\&{}<>|]+)/.exec(names)?.[1]
  return found ?? ''
}

/**
 * Reads `<pre>` and its like, of which each holds a line of code, or more of them: the text as it stands, `<br>` a line's end, then
 * the pictures. Nothing when it is blank.
 */
export function readCodeBlock(elements: readonly [Element, ...Element[]], base: string | null): Block[] {
  const value = elements
    .map((each) => codeText(each).trimEnd())
    .join('\n')
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000e-\u001f]/g, '')
    .replace(/^[ \t\n]*\n/, '')
    .trimEnd()
  const images = elements.flatMap((each) => descendants(each, 'img'))
  const pictures = images.flatMap((image) => readPicture(image, base) ?? [])
  return [
    ...(value.trim() === '' ? [] : [{ kind: 'code-block' as const, text: value, language: language(elements[0]) }]),
    ...pictures.map((picture) => paragraph([picture], true)),
  ]
}

/** Names of what holds the numbers of lines beside code. */
const NUMBERS = /(?:^|[\s_-])(?:gutter|line-?nos?|line-?num(?:ber)?s?|lntd?|blob-num|ln-numbers)(?:$|[\s_-])/

function isNumbers(cell: Element): boolean {
  const lines = codeText(cell)
    .split(/\s+/)
    .filter((line) => line !== '')
  const first = Number(lines[0])
  const isCounted = lines.every((line, at) => /^\d+$/.test(line) && Number(line) === first + at)
  const isNamed = NUMBERS.test(`${cell.className} ${cell.firstElementChild?.className ?? ''}`)
  return isCounted && (lines.length > 1 || isNamed)
}

/** Reads a table that sets numbers beside the lines of code: the code alone; `null` where it is no such table. */
export function readNumberedCode(rows: readonly (readonly Element[])[], base: string | null): Block[] | null {
  if (!rows.every(([numbers, code, more]) => code !== undefined && more === undefined && isNumbers(numbers!)))
    return null
  const [first, ...others] = rows.map(([, code]) => code!)
  if (first === undefined) return null
  const [code] = others.length > 0 ? [] : descendants(first, 'pre')
  if (code !== undefined && codeText(code).trim() === codeText(first).trim()) return readCodeBlock([code], base)
  const cells = [first, ...others] as const
  return cells.every((each) => /(?:^|[\s_-])code(?:$|[\s_-])/.test(each.className)) ? readCodeBlock(cells, base) : null
}

/** Reads a link, what stands in it as it is told. */
type LinkReader = (link: Element, flow: Flow, reading: ReadContext, inside: (link: Element) => void) => void

/** Reads `<code>` and its like: its text is code, its links, line breaks and pictures are what they are elsewhere. */
export function readCode(element: Element, flow: Flow, reading: ReadContext, readLink: LinkReader): void {
  let value = ''
  const end = (): void => {
    const code = withoutInvisible(value).replace(/\r\n?|\n/g, ' ')
    if (code.trim() === '') emit(flow, text(code))
    else emit(flow, { kind: 'code', text: code })
    value = ''
  }
  const visit = (node: Node): void => {
    for (let child = node.firstChild; child !== null; child = child.nextSibling) {
      if (child.nodeType === 3) value += child.nodeValue ?? ''
      else if (child.nodeType !== 1 || UNREAD.test(child.nodeName)) continue
      else if (/^(?:A|BR|IMG)$/.test(child.nodeName)) {
        end()
        if (child.nodeName === 'BR') emitBreak(flow)
        else if (child.nodeName === 'IMG') reading.node(child, flow, reading)
        else {
          readLink(child as Element, flow, reading, (link) => {
            visit(link)
            end()
          })
        }
      } else visit(child)
    }
  }
  visit(element)
  end()
}
