import { parseHtml } from '../../src/core/html/html.ts'

const MARKS: Readonly<Record<string, string>> = {
  STRONG: 'strong',
  B: 'strong',
  EM: 'em',
  I: 'em',
  DEL: 'del',
  S: 'del',
  A: 'a',
  CODE: 'code',
  SUB: 'sub',
  SUP: 'sup',
}

/** Every character of a page but white space, with the marks that it bears: what emphasis means, however it is nested. */
export function markedCharacters(html: string): string[] {
  const found: string[] = []
  const visit = (node: Node, marks: readonly string[]): void => {
    if (node.nodeType === 3) {
      const names = marks.join('+')
      for (const char of (node.nodeValue ?? '').replaceAll(/\s/g, '')) found.push(`${char} ${names}`)
    }
    const mark = MARKS[node.nodeName]
    const inside = mark === undefined ? marks : [...new Set([...marks, mark])].toSorted()
    if (node.nodeName === 'IMG') found.push(`IMG ${marks.join('+')}`)
    for (let child = node.firstChild; child !== null; child = child.nextSibling) visit(child, inside)
  }
  visit(parseHtml(html).body, [])
  return found
}

function bare(entry: string | undefined): string {
  return (entry ?? '').split(' ')[0] ?? ''
}

/** True when both say the same, full-width punctuation at a mark's edge being free to stand in it or outside. */
export function isSameEmphasis(source: string, back: string): boolean {
  const expected = markedCharacters(source)
  const actual = markedCharacters(back)
  return (
    expected.length === actual.length &&
    expected.every((entry, index) => {
      const other = actual[index]
      const isFree = /^\p{P}$/u.test(bare(entry)) && bare(entry) > '\u007f'
      return entry === other || (isFree && bare(entry) === bare(other))
    })
  )
}

/** A page's words without white space. */
export function wordsOf(html: string): string {
  return (parseHtml(html).body.textContent ?? '').replace(/[\s\u200b\ufeff]+/g, '')
}

const BLOCKS = /^(?:P|H[1-6]|UL|OL|LI|BLOCKQUOTE|PRE|HR|TABLE|TR|TD|TH)$/

function isBlank(element: Element): boolean {
  return (
    (element.textContent ?? '').trim() === '' &&
    ['IMG', 'HR'].every((name) => element.getElementsByTagName(name).length === 0)
  )
}

/** The blocks of a page that hold something, its links that say something and its pictures, in order. */
export function outlineOf(html: string): string[] {
  const found: string[] = []
  const visit = (element: Element): void => {
    const name = element.tagName
    const get = (attribute: string): string => element.getAttribute(attribute) ?? ''
    if (name === 'HR' || (BLOCKS.test(name) && !isBlank(element)))
      found.push(name === 'OL' ? `OL ${get('start')}` : name)
    if (name === 'A' && get('href') !== '' && !isBlank(element))
      found.push(`A ${get('href')} ${get('title').replace(/\s+/g, ' ').trim()}`)
    if (name === 'IMG') found.push(`IMG ${get('src')} ${get('alt') || get('title')}`)
    for (let child = element.firstElementChild; child !== null; child = child.nextElementSibling) visit(child)
  }
  visit(parseHtml(html).body)
  return found
}
