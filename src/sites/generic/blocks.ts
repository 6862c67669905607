import type { Block, Box } from '../../core/html/outline.ts'
import { lettersOf } from '../../core/witness.ts'

/** What blocks of a page are by themselves. */

/** A block of which more is in links is a link. */
const LINK = 0.8

export function isLink({ linked }: Block): boolean {
  return linked > LINK
}

export function isHeading({ kind }: Block): boolean {
  return /^h[1-6]$/.test(kind)
}

function kindOf(box: Box | null): string {
  return box === null ? '' : `${box.localName}.${box.getAttribute('class') ?? ''}`
}

/** Of what kind a block is: pages give all paragraphs of an article one tag and class, below one kind of parent. */
export function signature({ box }: Block): string {
  return `${kindOf(box)} < ${kindOf(box.parentElement)}`
}

export function wordsOf(blocks: Iterable<Block>): number {
  let sum = 0
  for (const { words } of blocks) sum += words
  return sum
}

/** Words that are no link's. */
export function ownWords(blocks: Iterable<Block>): number {
  let sum = 0
  for (const { words, linked } of blocks) sum += words * (1 - linked)
  return sum
}

/** A rubric, a mark of what is new. */
const MOST_BESIDE = 8

/** True for a heading that is a headline with a word or two before it or behind. */
export function isHeadlineWithMore({ kind, text }: Block, headline: string): boolean {
  if (!/^h[12]$/.test(kind)) return false
  const [own, other] = [smallLettersOf(text), smallLettersOf(headline)]
  return other !== '' && own.includes(other) && own.length - other.length <= MOST_BESIDE
}

const LETTER = /[\p{L}\p{N}]/u

/** The letters and digits of a text, small. */
export const smallLettersOf = (text: string): string => lettersOf(text).toLowerCase()

/** True for two lines of the same letters and digits. */
export function isSameLine(one: string, other: string): boolean {
  const first = (text: string) => LETTER.exec(text)?.[0].toLowerCase()
  if (first(one) !== first(other)) return false
  const letters = smallLettersOf(one)
  return letters !== '' && letters === smallLettersOf(other)
}
