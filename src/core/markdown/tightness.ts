import { type Block, innerBlocks, type List } from '../blocks.ts'

/** A list that begins with an empty item, or with another number than 1, does not end a paragraph, however deep. */
function endsParagraph({ start, items }: List): boolean {
  const first = items[0]?.blocks[0]
  return first !== undefined && (start === null || start === 1) && (first.kind !== 'list' || endsParagraph(first))
}

/** True when no blank line is needed between two blocks of an item: CommonMark reads them apart without. */
export function canFollow(before: Block, after: Block): boolean {
  // Another bullet begins another list, wherever it stands.
  if (before.kind === 'list') return after.kind === 'list'
  if (after.kind === 'list' && before.kind === 'paragraph') return endsParagraph(after)
  if (before.kind === 'paragraph') {
    return after.kind === 'quote' || after.kind === 'code-block' || after.kind === 'heading' || after.kind === 'rule'
  }
  if (before.kind === 'heading' || before.kind === 'rule' || before.kind === 'code-block') return true
  return false
}

/** After a tight paragraph micromark runs the lines of code together, as far down as the list goes. */
function holdsLines(block: Block): boolean {
  return block.kind === 'code-block' ? block.text.includes('\n') : innerBlocks(block).some(holdsLines)
}

/** True when a list's items are lines rather than paragraphs: the source says no `<p>`, and Markdown can do without. */
export function isTight({ items }: List): boolean {
  return items.every(({ blocks }) =>
    blocks.every((block, index) => {
      const before = blocks[index - 1]
      if (holdsLines(block)) return false
      if (block.kind === 'paragraph' && (block.explicit || block.caption !== null)) return false
      return before === undefined || canFollow(before, block)
    }),
  )
}
