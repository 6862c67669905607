import type { CatalogueEntry } from '../../core/search/entry.ts'
import { remembered } from '../../core/remembered.ts'
import { ENTRY_COLUMNS, makeTables } from './schema.ts'
import { type Database, inTransaction, openSqlite, type Sql, type SqlValue } from './sqlite.ts'
import { type DayChange, type FileMark, takeOver } from './take-over.ts'

/** A story that was found; `place`: where it stands in the order of time, for the page behind it. */
interface CatalogueHit {
  place: number
  entry: CatalogueEntry
}

/** Which of the stories that match, in which order. */
export interface HitOptions {
  order: 'newest' | 'best'
  limit: number
  /** Stories before this place alone, the newest first; `null`: from the newest on. */
  before: number | null
}

/**
 * An index of the stories of an archive, made of their files: it can be deleted at any time. Queries are those of FTS5, made by
 * `matchOf`. Several processes may read and write it at once.
 */
export interface Catalogue {
  /** When each day's folder was last changed (whole ms), as it was when it was looked at; `null`: to be looked at again. */
  folders(): Map<string, number | null>
  /** The files of a day, by path. */
  files(day: string): Map<string, FileMark>
  /** Takes over changes, all of them or, where it ends before, none. */
  apply(changes: readonly DayChange[]): void
  /** The stories that match, so many of them, in the order wanted. */
  find(match: string, wanted: HitOptions): CatalogueHit[]
  /** Their places, and no more of them. */
  places(match: string, wanted: HitOptions): number[]
  /** The stories at these places; those that are gone meanwhile are left out. */
  at(places: readonly number[]): CatalogueHit[]
  /** The text of a story; empty where it is gone meanwhile. */
  text(place: number): string
  /** How many stories match: `most` of them are counted, `null` counts all. */
  count(match: string, most: number | null): number
  /** How many pages its file has, and the place of its oldest story, 0 for none. */
  extent(): { pages: number; oldest: number }
  /** A text that is another one after each change, by whatever process. */
  version(): string
  close(): void
}

/** Of so many of the newest that match those that do so best are looked for: the rank of all takes long. */
const MOST_RANKED = 5000

/** More than there are: each is prepared once. */
const MOST_PREPARED = 100

/** As SQL has it. */
const NO_LIMIT = -1

/** How long to wait for another process that writes, ms. */
export const BUSY_MS = 20_000

/** Opens the catalogue in a file, which is made where it is missing or of another version. */
export function openCatalogue(path: string, busyMs = BUSY_MS): Catalogue {
  const db = openSqlite(path)
  try {
    db.exec(`pragma busy_timeout = ${busyMs}`)
    db.exec('pragma journal_mode = wal')
    db.exec('pragma synchronous = normal')
    db.exec('pragma trusted_schema = off')
    makeTables(db)
    return catalogueIn(db)
  } catch (error) {
    db.close()
    throw error
  }
}

function catalogueIn(db: Database): Catalogue {
  /** Changes of its own: SQLite's version of the data counts those of others alone. */
  let applied = 0
  const sql: Sql = remembered((text) => db.prepare(text), { most: MOST_PREPARED })

  function places(match: string, { order, limit, before }: HitOptions): number[] {
    const below = before ?? Number.MAX_SAFE_INTEGER
    const newest = `select rowid from words where words match ? and rowid < ? order by rowid desc limit ?`
    const best = `select rowid from words where words match ? and rowid < ? and rowid > ? order by bm25(words, 1, 8, 1, 0), rowid desc limit ?`
    const least = (): SqlValue =>
      sql(`${newest} offset ${MOST_RANKED}`).get(match, below, 1)?.['rowid'] ?? Number.MIN_SAFE_INTEGER
    const rows = order === 'newest' ? sql(newest).all(match, below, limit) : sql(best).all(match, below, least(), limit)
    return rows.map(({ rowid }) => Number(rowid))
  }

  function at(wanted: readonly number[]): CatalogueHit[] {
    return wanted.flatMap((place) => {
      const row = sql(`select ${ENTRY_COLUMNS.join(', ')} from story where rowid = ?`).get(place)
      return row === undefined ? [] : [{ place, entry: row as unknown as CatalogueEntry }]
    })
  }

  return {
    folders() {
      // There are thousands: two lists in one row take a fifth of the time of a row each.
      const row = sql(`select group_concat(day) as days, group_concat(ifnull(modified, '')) as times from folder`).get()
      if (typeof row?.['days'] !== 'string') return new Map()
      const times = String(row['times']).split(',')
      return new Map(row['days'].split(',').map((day, n) => [day, times[n] ? Number(times[n]) : null]))
    },
    files(day) {
      const rows = sql('select path, modified, size from file where day = ?').all(day)
      return new Map(
        rows.map(({ path, modified, size }) => [
          String(path),
          { changed: modified as number | null, size: Number(size) },
        ]),
      )
    },
    apply(changes) {
      inTransaction(db, () => takeOver(changes, sql))
      applied += 1
    },
    find: (match, wanted) => at(places(match, wanted)),
    places,
    at,
    text(place) {
      return String(sql('select text from body where rowid = ?').get(place)?.['text'] ?? '')
    },
    count(match, most) {
      const some = `select count(*) as stories from (select 1 from words where words match ? limit ?)`
      return Number(sql(some).get(match, most ?? NO_LIMIT)?.['stories'])
    },
    extent: () => ({
      pages: Number(sql('pragma page_count').get()?.['page_count']),
      oldest: Number(sql('select min(rowid) as oldest from story').get()?.['oldest']),
    }),
    version: () => `${String(sql('pragma data_version').get()?.['data_version'])} ${applied}`,
    close() {
      db.close()
    },
  }
}
