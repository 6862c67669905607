import stringWidth from 'string-width'

/** What is never torn: a run of blanks; a Chinese character or a word, with the marks that open before it and close behind it. */
const PART =
  / +|[（「『《〈【“‘]*(?:[\p{sc=Han}\u3000-\u303f\uff00-\uff60]|[^ \p{sc=Han}\u3000-\u303f\uff00-\uff60]+)[，。、；：？！）」』》〉】”’]*/gu

/**
 * The lines of a text in so many columns; those after the first are indented. It is broken at blanks and between Chinese
 * characters; an address is never broken.
 */
export function wrap(text: string, columns: number, indent: number): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  const most = Math.max(columns, indent + 20)
  for (const part of text.match(PART) ?? []) {
    const width = stringWidth(part)
    if (used + width <= most) {
      line += part
      used += width
      continue
    }
    lines.push(line.trimEnd())
    // A blank at which a line ends is not written.
    line = ' '.repeat(indent) + (part.startsWith(' ') ? '' : part)
    used = indent + (part.startsWith(' ') ? 0 : width)
  }
  return [...lines, line].filter((each) => each.trim() !== '')
}
