import {
  addEntry,
  compactLines,
  type JournalEntry,
  type JournalView,
  readJournal,
  wholeLines,
} from '../../core/archive/journal.ts'
import { getOrMake } from '../../core/get-or-make.ts'
import { dayPattern, placeOfPath } from '../../core/archive/path.ts'
import { latestOf } from '../../core/latest.ts'
import { unlessLocal } from '../../errors.ts'
import type { Store } from '../store/store.ts'
import { OWN, readOwn, setAside } from './own-files.ts'
import { plural, said, t } from '../../words/words.ts'

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

const FOLDER = `${OWN}/journal`

/** The file of a day's notes. */
export const journalOf = (day: string): string => `${FOLDER}/${day}.ndjson`

/** The text of it; empty where there is none. */
export async function journalText(store: Store, day: string): Promise<string> {
  return (await readOwn(store, journalOf(day)))?.toString('utf8') ?? ''
}

function dayOf(entry: JournalEntry): string {
  const { day } = placeOfPath(entry.path)
  if (!dayPattern.test(day)) throw new RangeError(`no path of a story: ${JSON.stringify(entry.path)}`)
  return day
}

interface Waiting {
  /** `null`: nothing is added, damaged lines are left out. */
  entry: JournalEntry | null
  day: string
  resolve: () => void
  reject: (error: unknown) => void
}

/**
 * Opens the journal; reads and makes nothing yet. Damaged lines are reported, a line a day's file; who holds the lock
 * `mends` what is read: leaves them out.
 */
export function openJournal(store: Store, report: (line: string) => void, mends = false): Journal {
  const views = latestOf<Promise<JournalView>>(MAX_DAYS)
  let waiting: Waiting[] = []
  let isWriting = false

  /** What stands in its place and is no file goes out of the way, where this run may write. */
  async function textOf(day: string): Promise<string> {
    const found = mends ? await store.get(journalOf(day)) : null
    if (found?.kind === 'odd') await setAside(store, journalOf(day), said(found.why), report)
    return journalText(store, day)
  }

  async function readDay(day: string): Promise<JournalView> {
    const view = readJournal(await textOf(day), day)
    const { damaged } = view
    if (damaged === 0) return view
    const lines = plural(damaged, t`${damaged} damaged line passed over`, t`${damaged} damaged lines passed over`)
    report(`${store.place(journalOf(day))}: ${lines}`)
    return view
  }

  function enqueue(day: string, entry: JournalEntry | null): Promise<void> {
    return new Promise((resolve, reject) => {
      waiting.push({ entry, day, resolve, reject })
      if (!isWriting) void writeAll()
    })
  }

  /** What is damaged is said once. */
  async function mendedView(day: string): Promise<JournalView> {
    const view = await viewOf(day)
    if (view.damaged === 0 || !mends) return view
    view.damaged = 0
    // Where it cannot be, it is said again by the next run.
    await enqueue(day, null).catch(() => undefined)
    return view
  }

  /** The file as it was is kept beside it. */
  async function leaveOutDamaged(day: string): Promise<void> {
    const text = await journalText(store, day)
    await store.replace(`${FOLDER}/${day}.damaged`, text)
    await store.replace(journalOf(day), wholeLines(text, day))
  }

  function viewOf(day: string): Promise<JournalView> {
    return getOrMake(views, day, () => readDay(day))
  }

  async function write(day: string, batch: readonly Waiting[]): Promise<void> {
    const entries = batch.flatMap(({ entry }) => entry ?? [])
    const view = await viewOf(day)
    if (entries.length < batch.length) await leaveOutDamaged(day)
    if (entries.length === 0) return
    for (const entry of entries) addEntry(view, entry)
    if (view.lines > SPARE_LINES + 4 * view.latest.size) {
      const lines = compactLines(view)
      await store.replace(journalOf(day), lines.join(''))
      view.lines = lines.length
      return
    }
    await store.append(journalOf(day), entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
    view.lines += entries.length
  }

  /** One write after another: two at once would both look for a torn line. What came meanwhile for a day is one write. */
  async function writeAll(): Promise<void> {
    isWriting = true
    for (let day = waiting[0]?.day; day !== undefined; day = waiting[0]?.day) {
      const batch = waiting.filter((one) => one.day === day)
      waiting = waiting.filter((one) => one.day !== day)
      try {
        await write(day, batch)
        for (const { resolve } of batch) resolve()
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    isWriting = false
  }

  return {
    async append(entry) {
      return enqueue(dayOf(entry), entry)
    },
    async days() {
      const entries = await unlessLocal(store.list(FOLDER), [])
      return entries.flatMap(({ name }) => /^(\d{4}-\d{2}-\d{2})\.ndjson$/.exec(name)?.[1] ?? []).toSorted()
    },
    async latest(day) {
      return dayPattern.test(day) ? (await mendedView(day)).latest : new Map()
    },
    async former(day) {
      return dayPattern.test(day) ? (await mendedView(day)).former : new Map()
    },
  }
}
