import { type Block, innerBlocks, type Heading } from '../blocks.ts'

function headingsIn(blocks: readonly Block[]): Heading[] {
  return blocks.flatMap((block) => (block.kind === 'heading' ? [block] : headingsIn(innerBlocks(block))))
}

/** Moves the headings, in place, so that the highest of them has the level `top`; none goes below 6. */
export function settleHeadings(blocks: readonly Block[], top: number): void {
  const headings = headingsIn(blocks)
  const highest = headings.reduce((least, { level }) => Math.min(least, level), 6)
  for (const heading of headings) heading.level = Math.min(6, heading.level + top - highest)
}
