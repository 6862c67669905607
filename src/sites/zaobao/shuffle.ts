import { all, childElements, childNodes } from '../../core/html/dom.ts'

/**
 * The global site of 2022-23 served the children of a body shuffled. Each carries `data-s`: three characters of noise,
 * then its number in base32 (RFC 4648) digits.
 */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The number in a `data-s` value; `null` when there is none. */
function shuffleNumber(value: string): number | null {
  let bits = 0
  let held = 0
  let text = ''
  for (const char of value.slice(3).replace(/=+$/, '').toUpperCase()) {
    const five = ALPHABET.indexOf(char)
    if (five === -1) return null
    held = ((held << 5) | five) & 0xfff
    bits += 5
    if (bits >= 8) {
      bits -= 8
      text += String.fromCharCode((held >> bits) & 0xff)
    }
  }
  return /^\d{1,9}$/.test(text) ? Number(text) : null
}

function restore(parent: Element): void {
  const numbered = childElements(parent).flatMap((element) => {
    const number = shuffleNumber(element.getAttribute('data-s') ?? '')
    return number === null ? [] : [{ element, number }]
  })
  const sorted = numbered.toSorted((a, b) => a.number - b.number).map(({ element }) => element)
  const places = new Map<Node, Element | undefined>(numbered.map(({ element }, index) => [element, sorted[index]]))
  const children = childNodes(parent)
  // From the last on: only there domino takes a child away without counting the others.
  for (const child of children.toReversed()) parent.removeChild(child)
  for (const child of children) parent.appendChild(places.get(child) ?? child)
  for (const element of sorted) element.removeAttribute('data-s')
}

/** Puts shuffled children back in order, in place. A child without a number keeps its place. */
export function restoreOrder(root: Element): void {
  const parents = new Set<Element>()
  for (const element of all(root, '[data-s]')) if (element.parentElement !== null) parents.add(element.parentElement)
  for (const parent of parents) restore(parent)
}
