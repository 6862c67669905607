import { countsOf } from '../../core/groups.ts'
import { type TextLine, type Box, boxAround, isIn, type Outline } from '../../core/html/outline.ts'
import { areOfOtherMatter, isHeading, isLink, signature, textOf, wordsOf } from './blocks.ts'
import { smallLettersOf } from '../../core/text/letters.ts'
import { tellingWords } from '../../core/witness.ts'
import { isNamedBeside, isNamedCaption } from './furniture.ts'
import { isHeadline, isNamed, type Others, type Own, proseIn, sumsIn } from './marks.ts'
import { othersIn } from './others.ts'

/** A paragraph that the page's head tells too counts for so many. */
const TOLD_WEIGHT = 3
const TOLD_BY = 30
const MAX_TOLD = 20_000

/** True for a paragraph whose beginning stands in `told`, letters alone. */
function isTold({ text }: TextLine, told: string): boolean {
  if (told === '') return false
  const beginning = smallLettersOf(text.slice(0, 2 * TOLD_BY)).slice(0, TOLD_BY)
  return beginning.length >= TOLD_BY / 2 && told.includes(beginning)
}

/** What a block says for the box that holds it, in words, or against it: links and labels are of menus and lists. */
function scoreOf(block: TextLine, others: Others, told: string): number {
  const { isProse, kind, linked, words } = block
  if (others.hold(block)) return isProse ? -0.5 * words : -1
  if (isProse) return words * (1 - linked) * (isTold(block, told) ? TOLD_WEIGHT : 1)
  if (kind === 'p' || isHeading(block)) return 0
  return isLink(block) ? -1.5 * words - 2 : -0.5 * Math.min(words, 6)
}

/** So much of the prose may stand beside all other, unlike it, and is a stray line. */
const STRAY = 0.2
/** So much beside the box that has the headline and the rest, where it stands right in the page: a consent, an offer, terms. */
const STRAY_OF_PAGE = 0.5

/** True where what stands beside a box says nothing of what stands in it. */
function isRestOfOtherMatter(blocks: readonly TextLine[], box: Box): boolean {
  const within = blocks.filter((block) => isIn(block.box, box))
  const beside = blocks.filter((block) => !isIn(block.box, box))
  return areOfOtherMatter(beside, tellingWords(textOf(within)))
}

/** The box for which the blocks speak most, and the prose in it; `null` where they speak for none. */
function rootOf(outline: Outline, others: Others, own: Own): { root: Box; prose: TextLine[] } | null {
  const { boxes, blocks } = outline
  const told = smallLettersOf(own.told.slice(0, MAX_TOLD).replace(/&(?:amp;)+/g, '&'))
  const score = sumsIn(outline, (block) => scoreOf(block, others, told))
  let root = boxes[0] as Box
  for (const box of boxes) if (score(box) >= score(root)) root = box
  if (score(root) <= 0) return null
  if (root.localName === 'p') root = root.parentElement ?? root
  const proseOf = proseIn(outline, others)
  const headlines = sumsIn(outline, (block) => (isHeading(block) && isNamed(block, own) && !others.hold(block) ? 1 : 0))
  let prose = blocks.filter((block) => block.isProse && !others.hold(block) && isIn(block.box, root))
  const holders = new Set(prose.map(({ box }) => box.parentElement))
  const isStory = (box: Box) => headlines(box) > 0 && (/^(?:article|main)$/.test(box.localName) || !holders.has(box))
  for (;;) {
    let inner: Box | null = null
    for (let at = root.at + 1; at < root.behind; at = boxes[at]?.behind ?? root.behind) {
      const box = boxes[at] as Box
      const share = proseOf(box) / proseOf(root)
      const isAside = root === boxes[0] && isStory(box) && share >= 1 - STRAY_OF_PAGE
      if (share >= 1 - STRAY || (isAside && isRestOfOtherMatter(prose, box))) inner = box
    }
    if (inner === null || inner.localName === 'p') return { root, prose }
    const [outer, within] = [root, inner]
    const most = prose.filter(({ box }) => isIn(box, within))
    const kinds = new Set(most.map(signature))
    const isLike = (block: TextLine) => block.box.parentElement === outer || kinds.has(signature(block))
    if (prose.some((block) => !isIn(block.box, within) && isLike(block))) return { root, prose }
    root = inner
    prose = most
  }
}

/** What is longer introduces no story. */
const STANDFIRST_WORDS = 60

/** True for a block that has a box of a kind around it, in the story's box or, where it stands elsewhere, not around that. */
function isWithin({ box, words }: TextLine, root: Box, isOfKind: (box: Box) => boolean): boolean {
  if (words > STANDFIRST_WORDS) return false
  const found = boxAround(box, (here) => isIn(root, here) || isOfKind(here))
  return found !== null && !isIn(root, found)
}

/** Less is what every page has around its article: a teaser, a note. */
const WORTH_ADDING = 0.15

/**
 * The blocks of a page that are its story: those of the box that has most of its prose, the prose between its headline and
 * their end, and what is like them elsewhere where that is more than a seventh. None where the page has no story of its own.
 */
export function storyIn(outline: Outline, own: Own): TextLine[] {
  const others = othersIn(outline, own)
  const found = rootOf(outline, others, own)
  if (found === null) return []
  const { root, prose } = found
  const { blocks } = outline
  const [first, last] = [prose[0]?.at ?? 0, prose.at(-1)?.at ?? 0]
  const before = blocks.slice(0, first).filter((block) => !others.hold(block))
  const above = before.findLast((block) => isNamed(block, own)) ?? before.findLast((block) => isHeadline(block, own))
  const kinds = countsOf(prose.map(signature))
  const outside = blocks.filter((block) => block.isProse && !others.hold(block) && !isIn(block.box, root))
  const alike = outside.filter((block) => (kinds.get(signature(block)) ?? 0) > 1)
  const isWorth = wordsOf(alike) >= WORTH_ADDING * wordsOf(prose)
  const added = new Set(isWorth ? alike : [])
  const words = sumsIn(outline, (block) => block.words)
  const isIntroduction = (box: Box) => isNamedBeside(box) && words(box) <= STANDFIRST_WORDS
  const isBeside = (block: TextLine) =>
    isHeading(block) || isWithin(block, root, isNamedBeside) || isWithin(block, root, isNamedCaption)
  for (const block of outside) {
    const isBetween = above !== undefined && above.at < block.at && block.at < last
    if (isBetween && !isBeside(block)) added.add(block)
  }
  return blocks.filter((block) => {
    if (added.has(block)) return true
    const isAbove = block.at <= first && isWithin(block, root, isIntroduction)
    return isIn(block.box, root) && !others.hold(block) && !isAbove
  })
}
