import type { Status, Validators } from '../model.ts'

/** What the archive knows of a story beside its file: one line of the journal. */
export interface JournalEntry {
  id: string
  /** Relative to the archive, with `/`. */
  path: string
  status: Status
  /** When the page (or the feed's text) was read, ISO 8601 UTC. */
  fetched: string
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
  /** Of the document as it was written: tells a file that was edited since. */
  digest: string
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || isText(value)
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isValidators(value: unknown): value is Validators | null {
  return value === null || (isRecord(value) && isTextOrNull(value['etag']) && isTextOrNull(value['lastModified']))
}

function isEntry(value: unknown): value is JournalEntry {
  return (
    isRecord(value) &&
    isText(value['id']) &&
    isText(value['path']) &&
    (value['status'] === 'written' || value['status'] === 'revised' || value['status'] === 'unchanged') &&
    isText(value['fetched']) &&
    isTextOrNull(value['updated']) &&
    isTexts(value['bylines']) &&
    isTexts(value['keywords']) &&
    Number.isSafeInteger(value['revision']) &&
    isRecord(value['seen']) &&
    Object.values(value['seen']).every(isText) &&
    isValidators(value['validators']) &&
    (value['origin'] === 'page' || value['origin'] === 'feed') &&
    isText(value['digest'])
  )
}

/** One line of the journal as a value; `null` when it is damaged. */
function parseJournalLine(line: string): JournalEntry | null {
  try {
    const value: unknown = JSON.parse(line)
    return isEntry(value) ? value : null
  } catch {
    return null
  }
}

/** What a day's journal says: the last entry of each story, in which what each source showed is gathered. */
export interface JournalView {
  latest: Map<string, JournalEntry>
  /** Lines that could not be read. */
  damaged: number
  lines: number
}

/** Reads a day's journal. Damaged lines (a torn last one among them) are counted and passed over. */
export function readJournal(text: string): JournalView {
  const view: JournalView = { latest: new Map(), damaged: 0, lines: 0 }
  for (const line of text.split('\n')) {
    if (line === '') continue
    view.lines += 1
    const entry = parseJournalLine(line)
    if (entry === null) view.damaged += 1
    else view.latest.set(entry.id, { ...entry, seen: { ...view.latest.get(entry.id)?.seen, ...entry.seen } })
  }
  return view
}
