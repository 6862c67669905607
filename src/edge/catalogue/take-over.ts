import type { Indexed } from '../../core/search/entry.ts'
import { ENTRY_COLUMNS } from './schema.ts'
import type { Sql, SqlValue } from './sqlite.ts'
import { discount } from './totals.ts'

/**
 * When a file, or what is noted of its day, was last changed, by the clock that nobody sets back (ms; `null`: so lately that it
 * may be written again unseen), and how long it was.
 */
export interface FileMark {
  changed: number | null
  size: number
}

/** What a look into a day's folder found to be other than the catalogue has it. */
export interface DayChange {
  day: string
  /** What the catalogue had of the folder when it was looked at; where it has another by now, someone else was faster. */
  before: number | null | undefined
  /** When the folder was last changed; `null`: it is to be looked at again; `undefined`: it is gone. */
  modified: number | null | undefined
  /** Files that are new or other; `story`: `null` where it is none that can be read. */
  files: { path: string; mark: FileMark; story: Indexed | null }[]
  /** Files that are gone. */
  gone: readonly string[]
}

/** Stories of a quarter of a minute share the beginning of their places. */
const PLACE_MS = 15_000

const INSERT_STORY = `insert into story (rowid, ${ENTRY_COLUMNS.join(', ')}) values (?${', ?'.repeat(ENTRY_COLUMNS.length)})`

/** Writes what is other in days into the tables, in a transaction. */
export function takeOver(changes: readonly DayChange[], sql: Sql): void {
  const left: string[] = []
  const come: Indexed[] = []
  for (const { day, before, modified, files, gone } of changes) {
    const row = sql('select modified from folder where day = ?').get(day)
    const now = row === undefined ? undefined : (row['modified'] as number | null)
    if (now !== before) continue
    for (const path of [...gone, ...files.map((file) => file.path)]) {
      sql('delete from file where path = ?').all(path)
      left.push(path)
    }
    for (const { path, mark, story } of files) {
      sql('insert into file (path, day, modified, size) values (?, ?, ?, ?)').all(path, day, mark.changed, mark.size)
      if (story !== null) come.push(story)
    }
    if (modified === undefined) sql('delete from folder where day = ?').all(day)
    else sql('insert or replace into folder (day, modified) values (?, ?)').all(day, modified)
  }
  remove(left, sql)
  add(come, sql)
}

function remove(paths: readonly string[], sql: Sql): void {
  const places = Array.from(new Set(paths)).flatMap((path) => {
    const row = sql('select rowid from story where path = ?').get(path)
    return row === undefined ? [] : [Number(row['rowid'])]
  })
  discount(places, sql)
  for (const table of ['words', 'body', 'story']) {
    for (const place of places) sql(`delete from ${table} where rowid = ?`).all(place)
  }
}

function add(stories: readonly Indexed[], sql: Sql): void {
  const taken = new Map<number, number>()
  // FTS5 writes what it has in memory away at each step back.
  const placed = stories.map((story) => {
    const place = freePlace(story.ms, taken, sql)
    sql(INSERT_STORY).all(place, ...ENTRY_COLUMNS.map((column): SqlValue => story.entry[column]))
    return { place, story }
  })
  for (const { place, story } of placed.toSorted((a, b) => a.place - b.place)) {
    const { title, body, author, marks } = story.words
    sql('insert into body (rowid, text) values (?, ?)').all(place, story.text)
    sql('insert into words (rowid, body, title, author, marks) values (?, ?, ?, ?, ?)').all(
      place,
      body,
      title,
      author,
      marks,
    )
  }
}

/** The next place that is free: many stories of one day have no time. */
function freePlace(ms: number, taken: Map<number, number>, sql: Sql): number {
  const wanted = Math.floor(ms / PLACE_MS)
  let place = taken.get(wanted) ?? wanted
  while (sql('select 1 from story where rowid = ?').get(place) !== undefined) place += 1
  taken.set(wanted, place + 1)
  return place
}
