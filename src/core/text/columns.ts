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

/** The lines of rows whose cells stand under one another; the last cell of a row takes what room it needs. */
export function underOneAnother(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = []
  for (const row of rows) {
    for (const [column, cell] of row.slice(0, -1).entries()) {
      widths[column] = Math.max(widths[column] ?? 0, columnsOf(cell))
    }
  }
  const padded = (cell: string, column: number) => padColumns(cell, widths[column] ?? 0)
  return rows.map((row) => row.map(padded).join('  ').trimEnd())
}
