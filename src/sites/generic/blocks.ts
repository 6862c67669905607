import { groupsOf } from '../../core/groups.ts'
import { HEADING } from '../../core/html/elements.ts'
import { type TextLine, type Box, boxAround, type Outline } from '../../core/html/outline.ts'
import { wordsIn } from '../../core/text/sentences.ts'
import { sharedPairs, sharedWords, tellingWords } from '../../core/witness.ts'
import { smallLettersOf } from '../../core/text/letters.ts'

/** What blocks of a page are by themselves. */

/** A block of which more is in links is a link. */
const LINK = 0.8

export function isLink({ linked }: TextLine): boolean {
  return linked > LINK
}

export function isHeading({ kind }: TextLine): boolean {
  return HEADING.test(kind)
}

function kindOf(box: Box | null): string {
  return box === null ? '' : `${box.localName}.${box.getAttribute('class') ?? ''}`
}

/** Of what kind a block is: pages give all paragraphs of an article one tag and class, below one kind of parent. */
export function signature({ box }: TextLine): string {
  return `${kindOf(box)} < ${kindOf(box.parentElement)}`
}

/** So many lines of one kind without links are verses, so many captions a gallery's. */
const LINES = 6
const CAPTIONS = 2

/** A page whose captions, and lines of which it has many alike, count as paragraphs: all that a gallery and a song have. */
export function withLinesAsProse(outline: Outline): Outline {
  const plain = outline.blocks.filter(({ linked }) => linked === 0)
  const kinds = groupsOf(plain, (block) => (block.kind === 'figure' ? 'figure' : signature(block)))
  const many = kinds.filter((kind) => kind.length >= (kind[0]?.kind === 'figure' ? CAPTIONS : LINES))
  const lines = new Set(many.flat())
  const blocks = outline.blocks.map((block) => (lines.has(block) ? { ...block, isProse: true } : block))
  return { ...outline, blocks }
}

/** How many blocks of a kind stand before each one, and before the end. */
export function countsBefore(blocks: readonly TextLine[], isOfKind: (block: TextLine) => boolean): Uint32Array {
  const before = new Uint32Array(blocks.length + 1)
  for (const block of blocks) before[block.at + 1] = (before[block.at] ?? 0) + (isOfKind(block) ? 1 : 0)
  return before
}

export function wordsOf(blocks: Iterable<TextLine>): number {
  let sum = 0
  for (const { words } of blocks) sum += words
  return sum
}

/** Words that are no link's. */
export function ownWords(blocks: Iterable<TextLine>): number {
  let sum = 0
  for (const { words, linked } of blocks) sum += words * (1 - linked)
  return sum
}

/** A rubric, a mark of what is new; the headline of the page itself may have a longer one. */
const MOST_BESIDE = 8
const MOST_LABEL = 16

/** True for a heading that is a headline with a word or two before it or behind. */
export function isHeadlineWithMore({ kind, text }: TextLine, headline: string, most = MOST_BESIDE): boolean {
  if (!/^h[12]$/.test(kind)) return false
  const [own, other] = [smallLettersOf(text), smallLettersOf(headline)]
  return other !== '' && own.includes(other) && own.length - other.length <= most
}

/** What stands between a headline and the name of the site, behind it or before. */
const BEFORE_NAME = /^\s*[-_|–—·»<:：]/
const BEHIND_NAME = /[-_|–—·»>:：]\s*$/
const HEADLINE_WORDS = 4
const MOST_HEADLINE_WORDS = 60

/** More lines stand below a heading that is not ended. */
const HEADING_LINES = 4
const BETWEEN_IDEOGRAPHS = /(?<=\p{Script=Han}) (?=\p{Script=Han})/gu

/** A page of which each line of its headline says that, where a heading has it on several lines or with a label. */
export function withHeadline(outline: Outline, headline: string): Outline {
  const headings: { around: Box; lines: TextLine[] }[] = []
  for (const block of outline.blocks) {
    const around = isHeading(block) ? boxAround(block.box, ({ localName }) => HEADING.test(localName)) : null
    if (around === null) continue
    const last = headings.at(-1)
    if (last?.around === around) last.lines.push(block)
    else headings.push({ around, lines: [block] })
  }
  const letters = smallLettersOf(headline)
  const holds = (text: string): boolean => letters.includes(smallLettersOf(text))
  const told = new Map<TextLine, string>()
  for (const { lines } of headings) {
    for (const line of lines)
      if (line.kind === 'h1' && isHeadlineWithMore(line, headline, MOST_LABEL)) told.set(line, headline)
    if (lines.length === 1 || lines.length > HEADING_LINES) continue
    const spaced = lines.map((line) => line.text).join(' ')
    const text = spaced.replace(BETWEEN_IDEOGRAPHS, '')
    const isEdit = isEditOf(text, headline) && !lines.some((line) => holds(line.text))
    if (holds(text) || isEdit) for (const line of lines) told.set(line, text)
  }
  const blocks = outline.blocks.map((block) => {
    const text = told.get(block)
    return text === undefined ? block : { ...block, text, words: wordsIn(text) }
  })
  return { ...outline, blocks }
}

/**
 * A headline as a heading of the page has it: the name of a site that nobody knows stands beside it in the head alone, and
 * search engines are told another than readers.
 */
export function headlineIn(blocks: readonly TextLine[], headline: string): string {
  const own = blocks.find(({ kind, text, words }) => {
    if (!/^h[1-4]$/.test(kind) || words < HEADLINE_WORDS) return false
    const [before, behind] = [headline.slice(0, -text.length), headline.slice(text.length)]
    return (
      (headline.startsWith(text) && BEFORE_NAME.test(behind)) || (headline.endsWith(text) && BEHIND_NAME.test(before))
    )
  })
  const told = blocks.some((block) => isHeading(block) && isSameLine(block.text, headline))
  const mayBe = ({ kind, words }: TextLine) => kind === 'h1' && words <= MOST_HEADLINE_WORDS
  const edits = told ? [] : blocks.filter((block) => mayBe(block) && isEditOf(block.text, headline))
  // The name of the site is an h1 on some pages, and stands in the title too.
  const edited = edits.toSorted((one, other) => other.text.length - one.text.length)[0]
  return (own ?? edited)?.text ?? headline
}

/** True for headlines of which one holds the other, or half of it. */
export function isEditOf(title: string, listed: string): boolean {
  const [one, other] = [title, listed].map((text) => text.normalize('NFKC').replace(/\s+/g, ''))
  if (!one || !other) return false
  const isWithin = Math.min(one.length, other.length) >= 4 && (one.includes(other) || other.includes(one))
  return isWithin || (sharedPairs(other, one) ?? 0) >= 0.5
}

const LETTER = /[\p{L}\p{N}]/u

/** True for two lines of the same letters and digits. */
export function isSameLine(one: string, other: string): boolean {
  const first = (text: string) => LETTER.exec(text)?.[0].toLowerCase()
  if (first(one) !== first(other)) return false
  const letters = smallLettersOf(one)
  return letters !== '' && letters === smallLettersOf(other)
}

export const textOf = (blocks: readonly TextLine[]): string => blocks.map(({ text }) => text).join('\n')

/** Nineteen of twenty second halves of stories share more with their first halves; two of three texts of other matters less. */
const SHARED_WORDS = 0.07

/** True for blocks of which hardly a word is one of `others`, as `tellingWords` gives them. */
export function areOfOtherMatter(blocks: readonly TextLine[], others: ReadonlySet<string>): boolean {
  return sharedWords(tellingWords(textOf(blocks)), others) < SHARED_WORDS
}
