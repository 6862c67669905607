import { sha256 } from '../hash.ts'
import { ID } from '../identity.ts'
import {
  byName,
  type Check,
  isCount,
  isText,
  listOf,
  type Of,
  oneOf,
  orAbsent,
  orNull,
  parsedAs,
  shaped,
} from '../shape.ts'
import { idOfPath } from './path.ts'
import { isValidators } from './validators.ts'

const WEB_ADDRESS = /^https?:\/\/\S+$/

const isAddress = ((value) => isText(value) && WEB_ADDRESS.test(value)) as Check<string>

const isEntry = shaped({
  id: isText,
  /** Relative to the archive, with `/`. */
  path: isText,
  /** The address at which its page was had last. Absent in what older versions wrote. */
  url: orAbsent(isAddress),
  status: oneOf('written', 'revised', 'unchanged'),
  /** When the page (or the feed's text, or another archive's file) was read, ISO 8601 UTC. */
  fetched: isText,
  /** As the page states it; `null` when the day alone is known. Absent in entries of earlier versions. */
  published: orAbsent(orNull(isText)),
  /** A source told that time, of a paper that nobody knows. Absent where none did, and in entries of earlier versions. */
  timeTold: orAbsent(oneOf(true)),
  /** Time of the last change as the page states it, ISO 8601 UTC; `null` when it states none. */
  updated: orNull(isText),
  bylines: listOf(isText),
  keywords: listOf(isText),
  /** Number of the text in the file, from 1. */
  revision: isCount,
  /** How many times in a row a feed told of an update of which the page showed nothing; absent for none. */
  idle: orAbsent(isCount),
  /** How many times in a row its sources showed something else, and its page nothing; absent for none. */
  vain: orAbsent(isCount),
  /** The last change of which its feed told when the page was read, ISO 8601 UTC, by the feed's own clock; absent where it told none. */
  toldUpdate: orAbsent(isText),
  /** By source name: the fingerprint of the item as that source last showed it. */
  seen: byName(isText),
  /** Of the page's last answer; `null` when it sent none. */
  validators: orNull(isValidators),
  /** Where its text is from; `import` where a file was taken in, another archive's or one without notes, unless it is noted that it is a feed's. */
  origin: oneOf('page', 'feed', 'import'),
  /** What read it: a layout's name, `generic`, `feed`. Absent in entries of earlier versions. */
  extraction: orAbsent(isText),
  /** What another witness says against the text, one line with figures; absent where none does. */
  doubt: orAbsent(isText),
  /** The section that the configuration gives its feed; absent where it gives none. */
  section: orAbsent(isText),
  /** The language of its text: see `StoryRecord`. Absent where that is not known, and in entries of earlier versions. */
  lang: orAbsent(isText),
  /** Of the document as it was written: tells a file that was edited since. */
  digest: isText,
  /** Of what the page said then, see `outlineOf`; absent in entries of earlier versions. */
  outline: orAbsent(orNull(isText)),
})

/** What the archive knows of a story beside its file: one line of the journal. */
export type JournalEntry = Of<typeof isEntry>

/** What is named is a file of a story, of that day and that id: nothing else is looked for, or asked for. */
function isFileOf({ id, path }: JournalEntry, day: string): boolean {
  return ID.test(id) && path.startsWith(`${day}/`) && idOfPath(path) === id
}

/** One line of a day's journal as a value; `null` when it is damaged. */
function parseJournalLine(line: string, day: string): JournalEntry | null {
  const entry = parsedAs(isEntry, line)
  return entry !== null && isFileOf(entry, day) ? entry : null
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
  // Of one number it is the same text, in other bytes: with its pictures kept, or with what someone wrote.
  if (before !== undefined && before.digest !== entry.digest && before.revision !== entry.revision) {
    former.set(entry.id, [...(former.get(entry.id) ?? []).slice(1 - MAX_FORMER), before])
  }
  latest.set(entry.id, { ...entry, seen: { ...before?.seen, ...entry.seen } })
}

/** The digest by which the journal knows a file's text. */
export function digestOf(text: string): string {
  return sha256(text)
}

/** What an entry says of the story itself, and not of who asked for its page. */
type Told = Pick<
  JournalEntry,
  'published' | 'timeTold' | 'updated' | 'bylines' | 'keywords' | 'extraction' | 'doubt' | 'section' | 'lang'
>

function toldBy({ published, timeTold, updated, bylines, keywords, extraction, doubt, section, lang }: Told): Told {
  const known = Object.entries({ published, timeTold, extraction, doubt, section, lang }).filter(
    ([, value]) => value !== undefined,
  )
  return { updated, bylines, keywords, ...Object.fromEntries(known) }
}

const UNTOLD: Told = { updated: null, bylines: [], keywords: [] }

/** What an archive tells of the text of one of its files, and of what the page said when that was written. */
type ToldThere = Told & Partial<Pick<JournalEntry, 'outline' | 'origin' | 'fetched'>>

/**
 * What is noted of a story at `url` whose text is that of a file: another archive's, or this one's where its notes are gone.
 * `told`: what the other archive notes of it.
 */
export function entryOfFile(
  of: Pick<JournalEntry, 'id' | 'path' | 'fetched' | 'revision'> & {
    url: string
    text: string
    told?: ToldThere | null
  },
): JournalEntry {
  const { id, path, url, fetched, revision, text, told } = of
  return {
    ...{ id, path, fetched, revision },
    ...(isAddress(url) ? { url } : {}),
    ...toldBy(told ?? UNTOLD),
    ...{ status: 'written', seen: {}, validators: null, origin: 'import' },
    digest: digestOf(text),
    ...(told?.outline ? { outline: told.outline, ...originOf(told) } : {}),
  }
}

/** A feed's own text stays one: no page has a better one, and it is of the time when the feed was read. */
function originOf({ origin, fetched }: ToldThere): Partial<JournalEntry> {
  return origin === 'feed' && fetched !== undefined ? { origin, fetched } : {}
}

/** True for an entry that says nothing of the story itself, as what an import notes of a text of which nothing was told. */
export function isUntold(entry: Told): boolean {
  return JSON.stringify(toldBy(entry)) === JSON.stringify(UNTOLD)
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
