import { createRequire } from 'node:module'
import { UsageError } from '../../errors.ts'
import { t } from '../../words/words.ts'

export type SqlValue = string | number | null
type Row = Readonly<Record<string, SqlValue>>

/**
 * What is used of `node:sqlite`, and of the package that has the same for a Node without it. What writes is put to `all`, which gives
 * nothing then: `run` tells the row that was inserted last, and FTS5 numbers some of its own beyond what a number holds; Node 26 throws.
 */
interface Statement {
  get(...values: SqlValue[]): Row | undefined
  all(...values: SqlValue[]): Row[]
}

/** Prepares a statement, each text once. */
export type Sql = (text: string) => Statement

export interface Database {
  exec(sql: string): void
  prepare(sql: string): Statement
  close(): void
}

interface Sqlite {
  DatabaseSync: new (path: string, options: { defensive: boolean }) => Database
}

/** The package that stands in where Node has no SQLite, or, before 22.16, one without FTS5. */
const STAND_IN = '@photostructure/sqlite'

const require = createRequire(import.meta.url)

/** Imported it would make its streams, all three. */
const process = require('node:process') as typeof import('node:process')

/** Node 22 calls its SQLite an experiment, on stderr, when it is loaded; that is nothing to tell a user. `null`: this Node has none. */
function loadQuietly(): Sqlite | null {
  const emitWarning = process.emitWarning.bind(process)
  process.emitWarning = () => undefined
  try {
    return require('node:sqlite') as Sqlite
  } catch {
    return null
  } finally {
    process.emitWarning = emitWarning
  }
}

/**
 * Opens a database, which is made where there is none. Throws `UsageError` where no SQLite can be had. `defensive: false`: Node 25.5
 * and later would refuse what `totals.ts` writes.
 */
export function openSqlite(path: string): Database {
  const open = ({ DatabaseSync }: Sqlite): Database => new DatabaseSync(path, { defensive: false })
  const own = loadQuietly()
  const db = own === null ? null : open(own)
  if (db?.prepare("select sqlite_compileoption_used('ENABLE_FTS5') as has").get()?.['has'] === 1) return db
  db?.close()
  return open(loadStandIn())
}

function loadStandIn(): Sqlite {
  try {
    return require(STAND_IN) as Sqlite
  } catch {
    throw new UsageError(
      t`search needs SQLite with FTS5, which this Node (${process.version}) does not have: use Node 22.16 or later, or install the package ${STAND_IN}`,
    )
  }
}

/** Has a database take over all that `write` does or, where it throws, nothing of it. */
export function inTransaction(db: Database, write: () => void): void {
  db.exec('begin immediate')
  try {
    write()
    db.exec('commit')
  } catch (error) {
    try {
      db.exec('rollback')
    } catch {
      // Some failures have ended it already. What failed before is what is told.
    }
    throw error
  }
}

/** What SQLite may find wrong with a database, beside mistakes in what it is asked. */
export type SqliteFault = 'damaged' | 'unwritable' | 'busy' | 'full'

/** Primary result codes, and what is said where the package gives none. */
const FAULTS: readonly (readonly [SqliteFault, readonly number[], RegExp])[] = [
  // Its tables are written together: where one has what another lacks, and refuses a row, some of it was lost.
  [
    'damaged',
    [11, 19, 20, 26],
    /malformed|not a database|no such (?:table|column)|vtable constructor failed|constraint failed|datatype mismatch/,
  ],
  // File systems without locks or shared memory are told by an I/O error, or by the locking protocol.
  [
    'unwritable',
    [3, 8, 10, 14, 15, 23],
    /readonly|disk I\/O|locking protocol|unable to open|access permission|not authorized/,
  ],
  ['busy', [5, 6], /locked/],
  ['full', [13], /\bis full\b/],
]

/** What SQLite says went wrong; `null` for an error of another kind. */
export function sqliteFault(error: unknown): SqliteFault | null {
  const { errcode, code, message } = error as { errcode?: unknown; code?: unknown; message?: unknown }
  if (code !== 'ERR_SQLITE_ERROR') return null
  const primary = typeof errcode === 'number' ? errcode & 0xff : null
  const found = FAULTS.find(
    ([, codes, words]) => (primary !== null && codes.includes(primary)) || words.test(String(message)),
  )
  return found?.[0] ?? null
}
