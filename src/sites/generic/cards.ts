import { countsOf } from '../../core/groups.ts'
import { type TextLine, type Box, boxAround, type Outline } from '../../core/html/outline.ts'
import { siteOf } from '../../core/web/server.ts'
import { urlOf } from '../../core/url.ts'
import { countsBefore, isHeading, isLink, signature } from './blocks.ts'
import { factsIn } from './facts.ts'
import { headsOtherStories, isFurniture, isNamedCredit, isNamedOthers, mostParagraphs } from './furniture.ts'
import { ALL, CARD_BLOCKS, isAt, isNamed, MOST, type Others, type Own, proseIn, sumsIn } from './marks.ts'

/** An author, a section or a topic has a shorter name than a story. */
const NAME_WORDS = 3
/** So many headings alike are those of cards, however short. */
const MANY = 3
const CREDIT_WORDS = 18

/** What a figure shows, or says of that. */
const SHOWN = /<(?!\/|!|(?:div|span|a|i|b|strong|em|br)\b)/i
/** A link to a note has a name behind `#`, and a text. */
const TO_NOWHERE =
  /<a\b[^<>]*?\shref\s*=\s*["']?(?:#(?=["'\s>])|javascript:|#[^<>]*>(?:\s|&nbsp;|<(?!\/?a\b)[^<>]*>)*<\/a\b)/i
const LABEL_WORDS = 6
const LABEL_LENGTH = 2000

/** True for a figure with nothing but a label and a link to nowhere in it. */
function isButton({ localName, start, end, inner, innerEnd }: Box, { html }: Outline): boolean {
  if (localName !== 'figure' || end - start > LABEL_LENGTH) return false
  const shown = html.slice(inner, innerEnd)
  return TO_NOWHERE.test(shown) && !SHOWN.test(shown)
}

/** Counts of a box: its own headlines, its words of prose that is not of other stories; `most`: so much is the story. */
interface Counts {
  headlines: (box: Box | undefined) => number
  prose: (box: Box | undefined) => number
  most: number
}

/** Adds what is told by names, then what is set apart, then cards. */
export function addCards(others: Others, outline: Outline, own: Own): void {
  const { boxes, blocks } = outline
  const hasNamed = blocks.some((block) => isHeading(block) && isNamed(block, own))
  const isOwn = (block: TextLine) => (hasNamed ? isHeading(block) && isNamed(block, own) : block.kind === 'h1')
  const headlines = sumsIn(outline, (block) => (isOwn(block) ? 1 : 0))
  addNamed(others, outline, headlines, own)
  const prose = proseIn(outline, others)
  const counts = { headlines, prose, most: MOST * prose(boxes[0]) }
  addApart(others, outline, counts)
  addHeaded(others, outline, counts, own)
}

/** What is called other stories, but for menus that are never ended on a page whose headline is no heading: they hold all. */
function addNamed(others: Others, outline: Outline, headlines: Counts['headlines'], own: Own): void {
  const { boxes } = outline
  const facts = factsIn(outline, own.url)
  const proseOfAll = proseIn(outline, others)
  const holdsAll = (box: Box) =>
    headlines(boxes[0]) === 0 ? proseOfAll(box) > ALL * proseOfAll(boxes[0]) : headlines(box) > 0
  for (const box of boxes) {
    if (isNamedOthers(box) && !facts.has(box) && !others.has(box) && !holdsAll(box)) others.add(box)
  }
}

/** Furniture, what stands beside the text, credits and labels, unless the story is in them. */
function addApart(others: Others, outline: Outline, { headlines, prose, most }: Counts): void {
  const allWords = sumsIn(outline, (block) => block.words)
  const paragraphs = sumsIn(outline, ({ isProse }) => (isProse ? 1 : 0))
  for (const box of outline.boxes) {
    const holdsStory = prose(box) >= most || (prose(box) > 0 && headlines(box) > 0)
    const isCredit = isNamedCredit(box) && prose(box) === 0 && allWords(box) <= CREDIT_WORDS
    const isBeside = paragraphs(box) <= mostParagraphs(box)
    const isLabel = allWords(box) <= LABEL_WORDS && isButton(box, outline)
    if ((isFurniture(box) || isBeside || isCredit || isLabel) && !others.has(box) && !holdsStory) others.add(box)
  }
}

/** Cards: what begins with a link to another story, or with the heading of a list of them. */
function addHeaded(others: Others, { blocks }: Outline, { headlines, prose, most }: Counts, own: Own): void {
  const links = countsOf(blocks.filter((each) => isHeading(each) && isLink(each)).map(signature))
  const above = countsBefore(blocks, ({ isProse }) => isProse)
  for (const block of blocks) {
    const { at, kind, words } = block
    if (others.hold(block) || kind === 'blockquote') continue
    const headsList = headsOtherStories(block, at, blocks)
    const isName = words <= NAME_WORDS && (links.get(signature(block)) ?? 0) < MANY
    if (!headsList && (isName || !leadsElsewhere(block, own))) continue
    // It holds another block behind this one.
    const card = boxAround(block.box, ({ behindBlocks }) => behindBlocks > at + 1)
    if (card === null || headlines(card) > 0 || above[card.firstBlock] !== above[at]) continue
    const isSmall = card.behindBlocks - card.firstBlock <= CARD_BLOCKS && prose(card) < most
    const isOfList = isHeading(block) && prose(card) > 0 && leadsAway(block, own)
    if (headsList || (isHeading(block) && !isOfList) || (isSmall && !isOfList)) others.add(card)
  }
}

const leadsElsewhere = (block: TextLine, own: Own): boolean =>
  isLink(block) && !isNamed(block, own) && !isAt(block.href, own.url)

/** True for a link to another site: a heading that is one names what is told of below it, in a list of shops or books. */
function leadsAway({ href }: TextLine, { url }: Own): boolean {
  const [there, here] = [urlOf(href ?? '', url), urlOf(url)]
  // A paper has one name under several endings: example.com, example.com.sg.
  const nameOf = (target: URL | null) => siteOf(target?.hostname ?? '', null).split('.')[0]
  return nameOf(there) !== nameOf(here)
}
