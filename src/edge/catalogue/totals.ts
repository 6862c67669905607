import type { Sql } from './sqlite.ts'

/** Integers as SQLite writes them, in hexadecimal: seven bits a byte, the highest first; all but the last byte have the eighth. */
function readIntegers(hex: string): number[] {
  const found: number[] = []
  let value = 0
  for (const byte of Buffer.from(hex, 'hex')) {
    value = value * 128 + (byte & 127)
    if (byte > 127) continue
    found.push(value)
    value = 0
  }
  return found
}

function writtenIntegers(values: readonly number[]): string {
  const bytes = values.flatMap((value) => {
    const own = [value % 128]
    for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) own.unshift(128 + (rest % 128))
    return own
  })
  return Buffer.from(bytes).toString('hex')
}

/**
 * Takes rows out of the index's totals (how many rows it has, and how many tokens in each column), by which `bm25` ranks: FTS5 leaves
 * those of rows that it deletes from a table without contents, so that others would rank by how often a story was rewritten. To be
 * called in a transaction, before the index is written to in it. Where an SQLite takes them out itself, its total is no longer the
 * number of rows that are there, and nothing is done. https://sqlite.org/fts5.html, 9.2.3 and 9.3.
 */
export function discount(rows: readonly number[], sql: Sql): void {
  if (rows.length === 0) return
  const totals = readIntegers(String(sql('select hex(block) as totals from words_data where id = 1').get()?.['totals']))
  if (totals[0] !== sql('select count(*) as rows from words_docsize').get()?.['rows']) return
  const sizes = rows.map((row) =>
    readIntegers(String(sql('select hex(sz) as sz from words_docsize where id = ?').get(row)?.['sz'])),
  )
  const left = totals.map((total, n) => sizes.reduce((rest, size) => rest - (n === 0 ? 1 : (size[n - 1] ?? 0)), total))
  sql('update words_data set block = unhex(?) where id = 1').all(writtenIntegers(left))
}
