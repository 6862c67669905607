import { constants } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { addEntry, compactLines, type JournalEntry, type JournalView, readJournal } from '../../core/archive/journal.ts'
import { dayPattern } from '../../core/archive/path.ts'
import { archiveError, errorCode, makeFolder, sweep, syncFolder, writeDurably } from './durable.ts'
import { readOwnFile } from '../read.ts'
import { plural, t } from '../../words/words.ts'

/** A day's journal is written anew when it has this many lines more than four a story: rechecks would grow it for ever. */
const SPARE_LINES = 400

/** Journals of this many days are kept in memory. */
const MAX_DAYS = 64

/** The program's notes about stories, `.zaobao/journal/YYYY-MM-DD.ndjson`, by the day of their folder. */
export interface Journal {
  /** Adds a line, durably. Only for the holder of the lock, after the story's file is durable. */
  append(entry: JournalEntry): Promise<void>
  /** The days of which there are notes, in order. */
  days(): Promise<string[]>
  /** The last entry of each story of a day, by id. */
  latest(day: string): Promise<ReadonlyMap<string, JournalEntry>>
  /** The last entry of each text that the stories of a day had before, as far as it is remembered, by id. */
  former(day: string): Promise<ReadonlyMap<string, readonly JournalEntry[]>>
}

function dayOf(entry: JournalEntry): string {
  const day = entry.path.slice(0, 10)
  if (!dayPattern.test(day)) throw new RangeError(`no path of a story: ${JSON.stringify(entry.path)}`)
  return day
}

/** Adds lines to a file; a line that a dead run left torn is closed first, so that it costs itself alone. */
async function appendLines(path: string, lines: string): Promise<void> {
  const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0)
  const handle = await open(path, flags, 0o666)
  try {
    const { size } = await handle.stat()
    const last = Buffer.alloc(1)
    if (size > 0) await handle.read(last, 0, 1, size - 1)
    const torn = size > 0 && last.toString('latin1') !== '\n'
    await handle.appendFile(`${torn ? '\n' : ''}${lines}`)
    await handle.sync()
    if (size === 0) await syncFolder(join(path, '..'))
  } finally {
    await handle.close()
  }
}

interface Waiting {
  entry: JournalEntry
  day: string
  resolve: () => void
  reject: (error: unknown) => void
}

/**
 * Opens the journal; reads and makes nothing yet. Damaged lines are reported, a line a day's file. `checkLock` is asked
 * before each write, and throws where the caller holds the lock no longer.
 */
export function openJournal(
  root: string,
  report: (line: string) => void,
  checkLock: () => Promise<void> = () => Promise.resolve(),
): Journal {
  const views = new Map<string, Promise<JournalView>>()
  let waiting: Waiting[] = []
  let isWriting = false
  let swept = false

  async function readDay(day: string): Promise<JournalView> {
    const path = join(root, '.zaobao', 'journal', `${day}.ndjson`)
    const view = readJournal((await readOwnFile(path))?.toString('utf8') ?? '')
    const { damaged } = view
    if (damaged === 0) return view
    const lines = plural(damaged, t`${damaged} damaged line passed over`, t`${damaged} damaged lines passed over`)
    report(`${path}: ${lines}`)
    return view
  }

  function viewOf(day: string): Promise<JournalView> {
    const known = views.get(day) ?? readDay(day)
    views.delete(day)
    views.set(day, known)
    const oldest = views.keys().next().value
    if (views.size > MAX_DAYS && oldest !== undefined) views.delete(oldest)
    return known
  }

  async function write(day: string, entries: readonly JournalEntry[]): Promise<void> {
    const view = await viewOf(day)
    await checkLock()
    const folder = await makeFolder(root, ['.zaobao', 'journal'])
    if (!swept) await sweep(folder)
    swept = true
    const path = join(folder, `${day}.ndjson`)
    for (const entry of entries) addEntry(view, entry)
    if (view.lines > SPARE_LINES + 4 * view.latest.size) {
      const lines = compactLines(view)
      await writeDurably(path, lines.join(''))
      view.lines = lines.length
      return
    }
    try {
      await appendLines(path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
    } catch (error) {
      throw archiveError(error, 'write', path)
    }
    view.lines += entries.length
  }

  /** One write after another: two at once would both look for a torn line. What came meanwhile for a day is one write. */
  async function writeAll(): Promise<void> {
    isWriting = true
    for (let day = waiting[0]?.day; day !== undefined; day = waiting[0]?.day) {
      const batch = waiting.filter((one) => one.day === day)
      waiting = waiting.filter((one) => one.day !== day)
      try {
        await write(
          day,
          batch.map(({ entry }) => entry),
        )
        for (const { resolve } of batch) resolve()
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    isWriting = false
  }

  return {
    async append(entry) {
      const day = dayOf(entry)
      return new Promise((resolve, reject) => {
        waiting.push({ entry, day, resolve, reject })
        if (!isWriting) void writeAll()
      })
    },
    async days() {
      const names = await readdir(join(root, '.zaobao', 'journal')).catch((error: unknown) => {
        if (errorCode(error) === 'ENOENT') return []
        throw archiveError(error, 'read', join(root, '.zaobao', 'journal'))
      })
      return names.flatMap((name) => /^(\d{4}-\d{2}-\d{2})\.ndjson$/.exec(name)?.[1] ?? []).toSorted()
    },
    async latest(day) {
      return dayPattern.test(day) ? (await viewOf(day)).latest : new Map()
    },
    async former(day) {
      return dayPattern.test(day) ? (await viewOf(day)).former : new Map()
    },
  }
}
