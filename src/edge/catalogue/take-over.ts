import type { CatalogueEntry, Indexed } from '../../core/search/entry.ts'
import { placesAfter, type Timed } from '../../core/search/order.ts'
import { indexWords } from '../../core/search/words.ts'
import type { DayChange } from './catalogue.ts'
import { ENTRY_COLUMNS } from './schema.ts'
import type { Sql, SqlValue } from './sqlite.ts'
import { discount } from './totals.ts'

/** A story that stands at a place (`was`), or comes. */
type Placed = Timed & ({ was: number } | { story: Indexed })

const INSERT_STORY = `insert into story (rowid, ms, ${ENTRY_COLUMNS.join(', ')}) values (?, ?${', ?'.repeat(ENTRY_COLUMNS.length)})`

/** Writes what is other in days into the tables, in a transaction. */
export function takeOver(changes: readonly DayChange[], sql: Sql): void {
  const gone: number[] = []
  const come: Placed[] = []
  for (const { day, before, modified, files, gone: paths } of changes) {
    const row = sql('select modified from folder where day = ?').get(day)
    const now = row === undefined ? undefined : (row['modified'] as number | null)
    if (now !== before) continue
    for (const path of [...paths, ...files.map((file) => file.path)]) {
      sql('delete from file where path = ?').run(path)
      const found = sql('select rowid from story where path = ?').get(path)
      if (found !== undefined) gone.push(Number(found['rowid']))
    }
    for (const { path, mark, story } of files) {
      sql('insert into file (path, day, modified, size) values (?, ?, ?, ?)').run(path, day, mark.modified, mark.size)
      if (story !== null) come.push({ ms: story.ms, path, story })
    }
    if (modified === undefined) sql('delete from folder where day = ?').run(day)
    else sql('insert or replace into folder (day, modified) values (?, ?)').run(day, modified)
  }
  writeStories(gone, come, sql)
}

/** Has the stories at some places go and others come; those between them move up or down. */
function writeStories(gone: readonly number[], come: readonly Placed[], sql: Sql): void {
  const at = (place: number): Placed | null => {
    const row = sql('select ms, path from story where rowid = ?').get(place)
    return row === undefined ? null : { ms: Number(row['ms']), path: String(row['path']), was: place }
  }
  const cleared = [...gone]
  const written: { place: number; story: Indexed }[] = []
  for (const [place, placed] of placesAfter(at, gone, come)) {
    if (placed === null || ('was' in placed && placed.was === place)) continue
    if ('was' in placed) cleared.push(placed.was)
    written.push({ place, story: 'was' in placed ? storyAt(placed.was, placed.ms, sql) : placed.story })
  }
  discount(cleared, sql)
  for (const table of ['words', 'body', 'story']) {
    for (const place of cleared) sql(`delete from ${table} where rowid = ?`).run(place)
  }
  // FTS5 writes what it has in memory away at each step back.
  for (const { place, story } of written.toSorted((a, b) => a.place - b.place)) {
    const { title, body, author, marks } = story.words
    sql(INSERT_STORY).run(place, story.ms, ...ENTRY_COLUMNS.map((column): SqlValue => story.entry[column]))
    sql('insert into body (rowid, text, author) values (?, ?, ?)').run(place, story.text, story.author)
    sql('insert into words (rowid, body, title, author, marks) values (?, ?, ?, ?, ?)').run(
      ...[place, body, title, author, marks],
    )
  }
}

/** A story that moves, with its tokens, which the tables do not give back. */
function storyAt(place: number, ms: number, sql: Sql): Indexed {
  const entry = sql(`select ${ENTRY_COLUMNS.join(', ')} from story where rowid = ?`).get(
    place,
  ) as unknown as CatalogueEntry
  const { text, author } = sql('select text, author from body where rowid = ?').get(place) ?? {}
  const kept = { entry, text: String(text), author: String(author), ms }
  return { ...kept, words: indexWords(kept) }
}
