import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ArchiveError, TryLaterError } from '../../errors.ts'
import { message, t } from '../../words/words.ts'
import { GITIGNORE } from '../archive/version.ts'
import { OWN } from '../archive/own-files.ts'
import { archiveError } from '../file-errors.ts'
import type { Store } from '../store/store.ts'
import { temporaryFolder } from '../temporary.ts'
import { BUSY_MS, type Catalogue, openCatalogue } from './catalogue.ts'
import { type SqliteFault, sqliteFault } from './sqlite.ts'

const NAME = `${OWN}/catalogue.db`
const BESIDE = ['', '-wal', '-shm', '-journal']

/** The catalogue of an archive, wherever it can be kept, for as long as it is wanted. */
export interface Keeper {
  /**
   * What `act` answers of the catalogue. Where that turns out to be damaged, it is made anew, empty, and `act` is called again; and
   * so it is in a temporary folder, where the archive cannot be written. So `act` begins with bringing it up to date.
   */
  use<T>(act: (catalogue: Catalogue) => T | Promise<T>): Promise<T>
  close(): Promise<void>
}

/**
 * The keeper of the catalogue of the archive in a store; opens nothing yet. `say` is told what was amiss with it; another process that
 * writes is waited for `busyMs`.
 */
export function keepCatalogue(store: Store, say: (line: string) => void, busyMs = BUSY_MS): Keeper {
  let path = store.place(NAME)
  let temporary: string | null = null
  let open: Catalogue | null = null
  /** Which file is open: another one may stand at the path by now, or none. */
  let inode: number | null = null

  function shut(): void {
    open?.close()
    open = null
  }

  async function openIt(): Promise<Catalogue> {
    if (temporary === null) await makePlace(store)
    if (open !== null && inodeAt(path) !== inode) shut()
    if (open !== null) return open
    open = openCatalogue(path, busyMs)
    inode = inodeAt(path)
    return open
  }

  async function removeDamaged(error: unknown): Promise<void> {
    say(t`the catalogue ${path} is damaged (${(error as Error).message}); it is made anew`)
    for (const end of BESIDE) await rm(path + end, { force: true })
  }

  /** What is there already goes along: what it lacks is less work than all. */
  async function moveAway(error: unknown): Promise<void> {
    temporary = await temporaryFolder('archive-catalogue-')
    const copy = join(temporary, 'catalogue.db')
    for (const end of ['', '-wal']) await copyFile(path + end, copy + end).catch(() => undefined)
    path = copy
    const { message: why } = error as Error
    say(t`the catalogue cannot be kept in the archive (${why}): it is kept in ${temporary} for this run`)
  }

  async function close(): Promise<void> {
    shut()
    if (temporary !== null) await rm(temporary, { recursive: true, force: true })
  }

  return {
    async use(act) {
      for (let mended = 0; ;) {
        try {
          return await act(await openIt())
        } catch (error) {
          // What is no fault of SQLite's may be one of the folder that is made for it.
          const fault = sqliteFault(error) ?? (open === null && error instanceof ArchiveError ? 'unwritable' : null)
          if (fault === null) throw error
          shut()
          // Who had it open when its head was damaged keeps others from writing another for as long.
          const isDamaged = fault === 'damaged' || (fault === 'busy' && !isShared(path))
          if (fault === 'unwritable' && temporary === null) await moveAway(error)
          else if (isDamaged && mended < 2) {
            mended += 1
            await removeDamaged(error)
          } else throw told(fault, error, path)
        }
      }
    },
    close,
  }
}

/**
 * Whether the head of a database says that one writes while others read (WAL): that of a catalogue does from its first page on. Not to
 * be asked of one that is open: that a file is closed takes a process's locks of it.
 */
function isShared(path: string): boolean {
  const head = Buffer.alloc(20)
  try {
    const file = openSync(path, 'r')
    readSync(file, head)
    closeSync(file)
  } catch {
    return false
  }
  return head[18] === 2 && head[19] === 2
}

const inodeAt = (path: string): number | null => statSync(path, { throwIfNoEntry: false })?.ino ?? null

/**
 * Makes the program's own folder where there is none; a run of `fetch` may do so at the same time. What is a link there is not
 * followed: SQLite would write into whatever it leads to.
 */
async function makePlace(store: Store): Promise<void> {
  for (const name of [OWN, ...BESIDE.map((end) => NAME + end)]) {
    const { kind = null } = (await store.stat(name)) ?? {}
    if (kind !== null && kind !== (name === OWN ? 'folder' : 'file')) {
      throw new ArchiveError(message`${store.place(name)} is a link or the like, which is not followed`)
    }
    if (name === OWN && kind === null) await makeOwn(store.place(OWN))
  }
}

async function makeOwn(folder: string): Promise<void> {
  try {
    await mkdir(folder)
    await writeFile(join(folder, '.gitignore'), GITIGNORE, { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw archiveError(error, 'make the folder', folder)
  }
}

function told(fault: SqliteFault, error: unknown, path: string): Error {
  if (fault === 'busy') return new TryLaterError(t`another process keeps the catalogue ${path} busy; try later`)
  const words =
    fault === 'full'
      ? message`cannot write the catalogue ${path}: the disk is full`
      : message`cannot use the catalogue ${path}: ${(error as Error).message}`
  return new ArchiveError(words, { cause: error })
}
