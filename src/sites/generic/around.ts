import type { Block } from './blocks.ts'

/** The elements around a block, the outermost first. */
export function around(block: Block): Element[] {
  const found: Element[] = []
  for (let here = block.nodes[0]?.parentElement ?? null; here !== null; here = here.parentElement) found.push(here)
  return found.toReversed()
}

/** How many elements, from the outermost on, all of these lines share. */
export function sharedDepth(lines: ReadonlyArray<readonly Element[]>): number {
  const [first = []] = lines
  let depth = 0
  while (depth < first.length && lines.every((line) => line[depth] === first[depth])) depth += 1
  return depth
}
