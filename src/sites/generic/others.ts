import { countsOf } from '../../core/groups.ts'
import { type TextLine, type Box, boxAround, type Outline, sharedBox } from '../../core/html/outline.ts'
import { tellingWords } from '../../core/witness.ts'
import { siteOf } from '../../core/web/server.ts'
import { urlOf } from '../../core/url.ts'
import { areOfOtherMatter, countsBefore, isHeading, isLink, isSameLine, signature, textOf } from './blocks.ts'
import { factsIn } from './facts.ts'
import { headsOtherStories, isFurniture, isNamedCredit, isNamedOthers, isOverlay, mostParagraphs } from './furniture.ts'

/** What a page says its story is. */
export interface Own {
  /** As the page's head has it. */
  readonly headline: string | null
  readonly url: string
  /** Its description, and its text as its data have it. */
  readonly told: string
}

/** Boxes of a page that are not its story, with all in them. */
export class Others {
  private readonly marked: Uint8Array

  constructor({ boxes }: Outline) {
    this.marked = new Uint8Array(boxes.length)
  }

  add(box: Box): void {
    this.marked.fill(1, box.at, box.behind)
  }

  has(box: Box): boolean {
    return this.marked[box.at] === 1
  }

  hold({ box }: TextLine): boolean {
    return this.has(box)
  }
}

/** Tells of a box of the page what the blocks in it are worth together; without one, those of the whole page. */
export function sumsIn(
  { boxes, blocks }: Outline,
  worth: (block: TextLine) => number,
): (box: Box | undefined) => number {
  const sums = new Float64Array(boxes.length)
  const add = (box: Box, sum: number): void => {
    sums[box.at] = (sums[box.at] ?? 0) + sum
  }
  for (const block of blocks) add(block.box, worth(block))
  for (const { at, parentElement } of boxes.toReversed()) if (parentElement !== null) add(parentElement, sums[at] ?? 0)
  return (box) => sums[box?.at ?? 0] ?? 0
}

/** Tells of a box how many words of prose are in it that stand in no other story. */
export function proseIn(outline: Outline, others: Others): (box: Box | undefined) => number {
  return sumsIn(outline, (block) => (block.isProse && !others.hold(block) ? block.words : 0))
}

export function isNamed({ text }: TextLine, { headline }: Own): boolean {
  return headline !== null && isSameLine(text, headline)
}

export function isHeadline(block: TextLine, own: Own): boolean {
  return block.kind === 'h1' || isNamed(block, own)
}

/** What holds more of a page is its story, whatever its name. */
const MOST = 0.5
const ALL = 0.8

/** Of a text that is laid out, and shown when its page is ready. */
const HELD_BACK = /^(?![^]*display)(?:[^]*;)?\s*visibility\s*:\s*hidden/i

/** Adds what is hidden, lies over the page, or is an advertisement, unless it holds most of the page and its headline. */
function addOverlays(others: Others, outline: Outline, own: Own): void {
  const headlines = sumsIn(outline, (block) => (isHeadline(block, own) ? 1 : 0))
  const words = sumsIn(outline, (block) => block.words)
  const [page] = outline.boxes
  const isCovered = (box: Box): boolean => boxAround(box, (each) => others.has(each) || isOverlay(each)) !== null
  const isHeldBack = (box: Box): boolean => HELD_BACK.test(box.getAttribute('style') ?? '')
  // Beside prose that is shown nothing is held back: what is hidden there stays so. Few pages have such a style at all.
  const isAllHidden =
    /visibility\s*:\s*hidden/i.test(outline.html) &&
    outline.boxes.some(isHeldBack) &&
    outline.blocks.every((block) => !block.isProse || isCovered(block.box))
  const prose = proseIn(outline, others)
  for (const box of outline.boxes) {
    if (others.has(box) || !isOverlay(box)) continue
    if (isAllHidden && isHeldBack(box) && prose(box) >= ALL * prose(page)) continue
    const isBeside = headlines(page) > 0 && headlines(box) === 0
    if (isBeside || words(box) < MOST * words(page)) others.add(box)
  }
}

/** True where an address leads to the page at `url`, whatever its query. */
export function isAt(href: string | null, url: string): boolean {
  const [there, here] = [urlOf(href ?? '', url)?.pathname, urlOf(url)?.pathname]
  return there !== undefined && there.replace(/\/$/, '') === here?.replace(/\/$/, '')
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

/** An author, a section or a topic has a shorter name than a story. */
const NAME_WORDS = 3
/** A field for an address, in a form that is no longer. */
const FOR_MAIL = /\bmail|["']email|邮箱|郵箱/i
const FORM_LENGTH = 5000

/** Adds what stands around a form for an address alone: the heading and the line above it. */
function addForms(others: Others, outline: Outline, own: Own): void {
  const kept = sumsIn(outline, (block) => (block.isProse || isHeadline(block, own) ? 1 : 0))
  for (const form of outline.boxes) {
    if (form.localName !== 'form' || !others.has(form) || form.end - form.start > FORM_LENGTH) continue
    if (!FOR_MAIL.test(outline.html.slice(form.inner, form.innerEnd))) continue
    const around = form.parentElement
    if (around === null || kept(around) > kept(form)) continue
    if (around.behindBlocks - around.firstBlock <= CARD_BLOCKS) others.add(around)
  }
}

/** So many headings alike are those of cards, however short. */
const MANY = 3
const CREDIT_WORDS = 18
/** A card without a heading has no more lines. */
const CARD_BLOCKS = 5

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

/** Adds what is told by names, then cards: what begins with a link to another story, or with the heading of a list of them. */
function addCards(others: Others, outline: Outline, own: Own): void {
  const { boxes, blocks } = outline
  const hasNamed = blocks.some((block) => isHeading(block) && isNamed(block, own))
  const isOwn = (block: TextLine) => (hasNamed ? isHeading(block) && isNamed(block, own) : block.kind === 'h1')
  const headlines = sumsIn(outline, (block) => (isOwn(block) ? 1 : 0))
  const facts = factsIn(outline, own.url)
  const proseOfAll = proseIn(outline, others)
  /** Menus that are never ended, on a page whose headline is no heading. */
  const holdsAll = (box: Box) =>
    headlines(boxes[0]) === 0 ? proseOfAll(box) > ALL * proseOfAll(boxes[0]) : headlines(box) > 0
  for (const box of boxes) {
    if (isNamedOthers(box) && !facts.has(box) && !others.has(box) && !holdsAll(box)) others.add(box)
  }
  const prose = proseIn(outline, others)
  const most = MOST * prose(boxes[0])
  const allWords = sumsIn(outline, (block) => block.words)
  const paragraphs = sumsIn(outline, ({ isProse }) => (isProse ? 1 : 0))
  for (const box of boxes) {
    const holdsStory = prose(box) >= most || (prose(box) > 0 && headlines(box) > 0)
    const isCredit = isNamedCredit(box) && prose(box) === 0 && allWords(box) <= CREDIT_WORDS
    const isBeside = paragraphs(box) <= mostParagraphs(box)
    const isLabel = allWords(box) <= LABEL_WORDS && isButton(box, outline)
    if ((isFurniture(box) || isBeside || isCredit || isLabel) && !others.has(box) && !holdsStory) others.add(box)
  }

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

/** The box right in `outer` that holds another one; that one itself where it is `outer`. */
function branchOf(box: Box, outer: Box): Box {
  let here = box
  while (here !== outer && here.parentElement !== null && here.parentElement !== outer) here = here.parentElement
  return here
}

/** The headline that has the story below it: some pages show theirs once more, in a bar that stays. */
function ownHeadline({ blocks }: Outline, others: Others, own: Own): TextLine | undefined {
  let [below, nearest]: [number, number] = [Infinity, Infinity]
  let headline: TextLine | undefined
  for (const block of blocks.toReversed()) {
    if (others.hold(block)) continue
    if (!isHeading(block)) below = block.isProse ? block.at : below
    else if (isNamed(block, own) && (headline === undefined || below - block.at <= nearest)) {
      headline = block
      nearest = below - block.at
    }
  }
  return headline
}

const articleAround = (box: Box): Box | null => boxAround(box, ({ localName }) => localName === 'article')

/** Less of a page's prose is a refrain, or a part that stands in the story twice. */
const LEAST_COPIED = 0.2
/** So much of a copy may stand in it alone: labels. */
const MOST_NEW = 0.2

/** Adds what stands beside the box with the page's headline and its prose, and has prose below a headline of its own. */
function addLikes(others: Others, outline: Outline, own: Own): void {
  const { blocks } = outline
  const headline = ownHeadline(outline, others, own)
  if (headline === undefined) return
  const prose = proseIn(outline, others)
  const like = signature(headline)
  const article = articleAround(headline.box)
  const above = countsBefore(blocks, ({ isProse }) => isProse)
  for (const block of blocks) {
    if (block.kind !== headline.kind || others.hold(block) || isNamed(block, own)) continue
    if (block.kind !== 'h1' && signature(block) !== like) continue
    // Within one article, and below prose, it heads a part of that.
    if (article !== null && articleAround(block.box) === article) continue
    const shared = sharedBox(block.box, headline.box)
    const branch = branchOf(block.box, shared)
    if (branch === shared || prose(branch) === 0 || prose(branchOf(headline.box, shared)) === 0) continue
    if (above[branch.firstBlock] === above[block.at]) others.add(branch)
  }
  if (article !== null) addArticles(others, outline, article)
}

/** An entry of a report has fewer. */
const STORY_PARAGRAPHS = 3

/** Adds the articles beside a story's own that have a heading, whatever its level, and say nothing of what that says. */
function addArticles(others: Others, outline: Outline, article: Box): void {
  const { boxes, blocks } = outline
  const outer = article.parentElement ?? article
  const toldIn = (box: Box) => blocks.slice(box.firstBlock, box.behindBlocks).filter((block) => !others.hold(block))
  const ownWords = tellingWords(textOf(toldIn(article)))
  for (let at = outer.at + 1; at < outer.behind; at = boxes[at]?.behind ?? outer.behind) {
    const box = boxes[at] as Box
    if (box === article || box.localName !== 'article' || others.has(box)) continue
    const told = toldIn(box)
    const prose = told.filter(({ isProse }) => isProse)
    const isHeaded = told.slice(0, told.indexOf(prose[0] as TextLine)).some(isHeading)
    const isStory = isHeaded && prose.length >= STORY_PARAGRAPHS
    if (isStory && areOfOtherMatter(prose, ownWords)) others.add(box)
  }
}

/** Adds boxes that say again what the page said right above: some have their story once for each width of the window. */
function addCopies(others: Others, outline: Outline): void {
  const { boxes, blocks } = outline
  /** Where the text of each block stands first. */
  const firsts = new Map<string, number>()
  for (const block of blocks) if (!others.hold(block) && !firsts.has(block.text)) firsts.set(block.text, block.at)
  const isNew = ({ text, at }: TextLine) => firsts.get(text) === at
  const all = proseIn(outline, others)
  if (all(boxes[0]) === 0) return
  const newProse = sumsIn(outline, (block) => (block.isProse && isNew(block) ? 1 : 0))
  const newWords = sumsIn(outline, (block) => (isNew(block) ? block.words : 0))
  const words = sumsIn(outline, (block) => block.words)
  const before = countsBefore(blocks, (block) => block.isProse && isNew(block))
  for (const box of boxes) {
    if (others.has(box) || newProse(box) > 0 || all(box) === 0) continue
    if (all(box) < LEAST_COPIED * all(boxes[0]) || newWords(box) > MOST_NEW * words(box)) continue
    let last = -1
    for (const { isProse, text } of blocks.slice(box.firstBlock, box.behindBlocks)) {
      if (isProse) last = Math.max(last, firsts.get(text) ?? -1)
    }
    if (before[last + 1] === before[box.firstBlock]) others.add(box)
  }
}

/** What of a page is not its story: overlays, furniture, cards of other stories, other stories in full. */
export function othersIn(outline: Outline, own: Own): Others {
  const others = new Others(outline)
  addOverlays(others, outline, own)
  addCards(others, outline, own)
  addForms(others, outline, own)
  addCopies(others, outline)
  addLikes(others, outline, own)
  return others
}
