import type { Block } from '../blocks.ts'

function highest(blocks: readonly Block[]): number {
  const levels = blocks.map((block) => {
    if (block.kind === 'heading') return block.level
    if (block.kind === 'quote') return highest(block.blocks)
    return block.kind === 'list' ? highest(block.items.flatMap((item) => item.blocks)) : 7
  })
  return levels.reduce((least, level) => Math.min(least, level), 7)
}

function shift(blocks: readonly Block[], by: number): void {
  for (const block of blocks) {
    if (block.kind === 'heading') block.level = Math.min(6, block.level + by)
    else if (block.kind === 'quote') shift(block.blocks, by)
    else if (block.kind === 'list') for (const item of block.items) shift(item.blocks, by)
  }
}

/** Moves the headings, in place, so that the highest of them has the level `top`; none goes below 6. */
export function settleHeadings(blocks: readonly Block[], top: number): void {
  shift(blocks, top - highest(blocks))
}
