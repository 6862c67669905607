/** Letters that take two columns of a terminal. */
const WIDE = /[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/gu

/** The columns that a text of Latin and Chinese takes. */
export function columnsOf(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0)
}

/** The text with blanks behind it up to so many columns. */
export function padColumns(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)))
}
