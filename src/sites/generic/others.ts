import { type TextLine, type Box, boxAround, type Outline, sharedBox } from '../../core/html/outline.ts'
import { tellingWords } from '../../core/witness.ts'
import { areOfOtherMatter, countsBefore, isHeading, signature, textOf } from './blocks.ts'
import { addCards } from './cards.ts'
import { isOverlay } from './furniture.ts'
import { ALL, CARD_BLOCKS, isHeadline, isNamed, MOST, Others, type Own, proseIn, sumsIn } from './marks.ts'

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
