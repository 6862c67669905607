import { createHash } from 'node:crypto'
import type { Status, Validators } from '../model.ts'
import { ID } from '../identity.ts'
import { isObject } from '../object.ts'
import { idOfPath } from './path.ts'

/** What the archive knows of a story beside its file: one line of the journal. */
export interface JournalEntry {
  id: string
  /** Relative to the archive, with `/`. */
  path: string
  /** The address at which its page was had last. Absent in what older versions wrote. */
  url?: string
  status: Status
  /** When the page (or the feed's text) was read, ISO 8601 UTC. */
  fetched: string
  /** As the page states it; `null` when the day alone is known. Absent in entries of earlier versions. */
  published?: string | null
  /** Time of the last change as the page states it, ISO 8601 UTC; `null` when it states none. */
  updated: string | null
  bylines: string[]
  keywords: string[]
  /** Number of the text in the file, from 1. */
  revision: number
  /** By source name: the fingerprint of the item as that source last showed it. */
  seen: Record<string, string>
  /** Of the page's last answer; `null` when it sent none. */
  validators: Validators | null
  origin: 'page' | 'feed'
  /** What read it: a layout's name, `generic`, `feed`. Absent in entries of earlier versions. */
  extraction?: string
  /** What another witness says against the text, one line with figures; absent where none does. */
  doubt?: string
  /** Of the document as it was written: tells a file that was edited since. */
  digest: string
  /** Of what the page said then, see `outlineOf`; absent in entries of earlier versions. */
  outline?: string | null
}

const WEB_ADDRESS = /^https?:\/\/\S+$/

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || isText(value)
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText)
}

function isValidators(value: unknown): value is Validators | null {
  return value === null || (isObject(value) && isTextOrNull(value['etag']) && isTextOrNull(value['lastModified']))
}

/** What is named is a file of a story, of that day and that id: nothing else is looked for, or asked for. */
function isFileOf(id: unknown, path: unknown, day: string): boolean {
  return isText(id) && ID.test(id) && isText(path) && path.startsWith(`${day}/`) && idOfPath(path) === id
}

function isEntry(value: unknown, day: string): value is JournalEntry {
  return (
    isObject(value) &&
    isFileOf(value['id'], value['path'], day) &&
    (value['url'] === undefined || (isText(value['url']) && WEB_ADDRESS.test(value['url']))) &&
    (value['status'] === 'written' || value['status'] === 'revised' || value['status'] === 'unchanged') &&
    isText(value['fetched']) &&
    (value['extraction'] === undefined || isText(value['extraction'])) &&
    (value['doubt'] === undefined || isText(value['doubt'])) &&
    (value['published'] === undefined || isTextOrNull(value['published'])) &&
    isTextOrNull(value['updated']) &&
    isTexts(value['bylines']) &&
    isTexts(value['keywords']) &&
    Number.isSafeInteger(value['revision']) &&
    isObject(value['seen']) &&
    Object.values(value['seen']).every(isText) &&
    isValidators(value['validators']) &&
    (value['origin'] === 'page' || value['origin'] === 'feed') &&
    isText(value['digest']) &&
    (value['outline'] === undefined || isTextOrNull(value['outline']))
  )
}

/** One line of a day's journal as a value; `null` when it is damaged. */
function parseJournalLine(line: string, day: string): JournalEntry | null {
  try {
    const value: unknown = JSON.parse(line)
    return isEntry(value, day) ? value : null
  } catch {
    return null
  }
}

/** Former texts of one story that are remembered: no more are kept. */
const MAX_FORMER = 50

/** With the last entry four lines a story: as many as a journal has before it is compacted again. */
const COMPACT_FORMER = 3

/** What a day's journal says: the last entry of each story, in which what each source showed is gathered. */
export interface JournalView {
  latest: Map<string, JournalEntry>
  /** The last entry of each text that a story had before, oldest first, by id. */
  former: Map<string, JournalEntry[]>
  /** Lines that could not be read. */
  damaged: number
  lines: number
}

/** Adds a story's next entry to what its day's journal says. */
export function addEntry({ latest, former }: JournalView, entry: JournalEntry): void {
  const before = latest.get(entry.id)
  if (before !== undefined && before.digest !== entry.digest) {
    former.set(entry.id, [...(former.get(entry.id) ?? []).slice(1 - MAX_FORMER), before])
  }
  latest.set(entry.id, { ...entry, seen: { ...before?.seen, ...entry.seen } })
}

/** The digest by which the journal knows a file's text. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Of the former texts, the entry of this very one: of its number where a story had one text twice. */
export function entryOfText(
  entries: readonly JournalEntry[],
  digest: string,
  revision: number,
): JournalEntry | undefined {
  const same = entries.filter((entry) => entry.digest === digest)
  return same.find((entry) => entry.revision === revision) ?? same.at(-1)
}

/** The lines of a journal without what later ones say again. */
export function compactLines({ latest, former }: JournalView): string[] {
  const entries = [...latest.values()].flatMap((last) => [...(former.get(last.id) ?? []).slice(-COMPACT_FORMER), last])
  return entries.map((entry) => `${JSON.stringify(entry)}\n`)
}

/** A day's journal without its damaged lines. */
export function wholeLines(text: string, day: string): string {
  const whole = text.split('\n').filter((line) => parseJournalLine(line, day) !== null)
  return whole.map((line) => `${line}\n`).join('')
}

/** Reads a day's journal. Damaged lines (a torn last one among them) are counted and passed over. */
export function readJournal(text: string, day: string): JournalView {
  const view: JournalView = { latest: new Map(), former: new Map(), damaged: 0, lines: 0 }
  for (const line of text.split('\n')) {
    if (line === '') continue
    view.lines += 1
    const entry = parseJournalLine(line, day)
    if (entry === null) view.damaged += 1
    else addEntry(view, entry)
  }
  return view
}
