import { type Block, isProse, isSameLine, removeBlock } from './blocks.ts'
import { elementAround, inFurniture, isOtherStory, leadsElsewhere, standsInFurniture } from './furniture.ts'

/** Less is what every page has around its article: a teaser, a note. */
const WORTH_ADDING = 0.15

/** Of what kind a block is: pages give all paragraphs of an article one tag and class, below one kind of parent. */
function signature(block: Block): string {
  const of = (each: Element | null | undefined) => `${each?.localName ?? ''}.${each?.getAttribute('class') ?? ''}`
  const element = block.nodes[0]?.parentElement
  return `${of(element)} < ${of(element?.parentElement)}`
}

function wordsOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + block.words, 0)
}

/** From the headline, or where that is not shown from the article's first block, to its last. */
function extent(page: readonly Block[], own: ReadonlyMap<string, Block>, headline: string | null): Block[] {
  const last = page.findLastIndex((block) => own.has(block.text))
  const first = page.findIndex((block) => own.has(block.text))
  const above = page.slice(0, first).findLastIndex((block) => headline !== null && isSameLine(block.text, headline))
  return page.slice(above === -1 ? first : above + 1, last + 1)
}

/** The page up to the first heading below the article's beginning that leads to another story. */
function untilOtherStories(
  page: readonly Block[],
  own: ReadonlyMap<string, Block>,
  headline: string | null,
): readonly Block[] {
  const first = page.findIndex((block) => own.has(block.text) && isProse(block))
  const end = first === -1 ? -1 : page.findIndex((block, at) => at > first && leadsElsewhere(block, headline))
  return end === -1 ? page : page.slice(0, end)
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
  headline: string | null,
): 'square' | { others: Element | null } {
  const ownByText = new Map(own.map((block) => [block.text, block]))
  const found = whole.filter((block) => ownByText.has(block.text))
  if (isOtherStory(found, whole, headline)) return { others: elementAround(found) }
  const page = untilOtherStories(whole, ownByText, headline)
  const within = new Set(page.map((block) => block.text))
  for (const block of own) {
    if (!within.has(block.text) && found.some(({ text }) => text === block.text)) {
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
  const missing = (block: Block) => !ownByText.has(block.text) && !standsInFurniture(block)
  const alike = page.filter((block) => (kinds.get(signature(block)) ?? 0) > 1 && missing(block))
  const between = extent(page, ownByText, headline).filter((block) => isProse(block) && missing(block))
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
