import { around, sharedDepth } from './around.ts'
import { type Block, isLink, isProse, isSameLine, removeBlock, signature, wordsOf } from './blocks.ts'
import { inFurniture, standsInFurniture } from './furniture.ts'
import { elementAround, isOtherStory, type Own, withoutOthers } from './others.ts'

/** Less is what every page has around its article: a teaser, a note. */
const WORTH_ADDING = 0.15

/** The prose right below a link, in an element of theirs that holds nothing of the story: another story's teaser. */
function teasersIn(page: readonly Block[], own: readonly Block[]): Set<Block> {
  const holders = new Set(own.flatMap(around))
  const isTeaser = (block: Block, above: Block | undefined) => {
    if (above === undefined || !isLink(above)) return false
    const lines = [around(above), around(block)]
    const shared = lines[0]?.[sharedDepth(lines) - 1]
    return shared !== undefined && !holders.has(shared)
  }
  return new Set(page.filter((block, at) => isTeaser(block, page[at - 1])))
}

/** From the headline, or where that is not shown from the article's first block, to its last. */
function extent(page: readonly Block[], own: ReadonlyMap<string, Block>, headline: string | null): Block[] {
  const last = page.findLastIndex((block) => own.has(block.text))
  const first = page.findIndex((block) => own.has(block.text))
  const above = page.slice(0, first).findLastIndex((block) => headline !== null && isSameLine(block.text, headline))
  return page.slice(above === -1 ? first : above + 1, last + 1)
}

/**
 * Compares an article with the page it was taken from. Where the page says that it is no story of its own, answers the
 * element of the page that holds it. Blocks that stand in furniture there are taken out of it. Put in at their place are prose between the headline and
 * its end, and blocks of the same kind as its own when they are more than a seventh of it: a body in two columns, or in
 * parts between advertisements, of which Readability took one.
 */
export function squareWithPage(
  root: Element,
  own: readonly Block[],
  whole: readonly Block[],
  story: Own,
): 'square' | { others: Element | null } {
  const ownByText = new Map(own.map((block) => [block.text, block]))
  const found = whole.filter((block) => ownByText.has(block.text))
  if (isOtherStory(found, whole, story)) return { others: elementAround(found) }
  const page = withoutOthers(whole, (block) => ownByText.has(block.text), story)
  const within = new Set(page.map((block) => block.text))
  const shown = new Set(found.map((block) => block.text))
  for (const block of own) {
    if (!within.has(block.text) && shown.has(block.text)) {
      removeBlock(block, root)
      ownByText.delete(block.text)
    }
  }
  const taken = page.filter((block) => ownByText.has(block.text))
  for (const block of inFurniture(taken)) {
    const gone = ownByText.get(block.text)
    if (gone !== undefined) removeBlock(gone, root)
    ownByText.delete(block.text)
  }
  const kinds = new Map<string, number>()
  for (const block of taken) kinds.set(signature(block), (kinds.get(signature(block)) ?? 0) + 1)
  const teasers = teasersIn(page, taken.filter(isProse))
  const missing = (block: Block) => !ownByText.has(block.text) && !teasers.has(block) && !standsInFurniture(block)
  const alike = page.filter(
    (block) => !ownByText.has(block.text) && (kinds.get(signature(block)) ?? 0) > 1 && missing(block),
  )
  const between = extent(page, ownByText, story.headline).filter((block) => isProse(block) && missing(block))
  const added = new Set([...(wordsOf(alike) < WORTH_ADDING * wordsOf(own) ? [] : alike), ...between])
  let before: Node | null = null
  for (const block of page) {
    if (!added.has(block)) {
      before = ownByText.get(block.text)?.nodes.at(-1) ?? before
      continue
    }
    const paragraph = root.ownerDocument.createElement('p')
    for (const node of block.nodes) paragraph.appendChild(root.ownerDocument.importNode(node, true))
    if (before === null) root.insertBefore(paragraph, root.firstChild)
    else placeAfter(before, paragraph)
    before = paragraph
  }
  return 'square'
}

/** Puts a paragraph behind a node; a paragraph in a paragraph would be no HTML. */
function placeAfter(node: Node, paragraph: Element): void {
  const outer = node.parentElement?.closest('p') ?? null
  const last = outer ?? node
  last.parentNode?.insertBefore(paragraph, last.nextSibling)
}
