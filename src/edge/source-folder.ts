import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { getOrMake } from '../core/get-or-make.ts'
import type { JournalEntry } from '../core/archive/journal.ts'
import { dayPattern, idOfName } from '../core/archive/path.ts'
import { withoutMarks } from '../core/archive/stored.ts'
import { MEDIA_PATH } from '../core/media/kept.ts'
import { decode } from '../core/text/charset.ts'
import { printableName } from '../core/text/printable.ts'
import { ArchiveError, unlessLocal, UsageError } from '../errors.ts'
import { archiveError, isOfNothing } from './file-errors.ts'
import { type Journal, openJournal } from './archive/journal.ts'
import { listRevisions, numberAfter, revisionsOf, type StoryPlace } from './archive/revisions.ts'
import { openStore } from './store/open.ts'
import type { Store } from './store/store.ts'
import { decodeUtf8, IN_CLOUD, lookAt, nameInCloud } from './read.ts'
import { type Message, message, said, t } from '../words/words.ts'

/** A picture that an archive keeps, which comes with the stories that show it. */
const KEPT_PICTURE = new RegExp(MEDIA_PATH.source.replace('^', '(?:^|/)'))

/** Why nothing stands under a name that a folder lists with what stands for bytes that are no UTF-8. */
const NAME_OF_OTHERS = message`its name is not UTF-8; rename it`
const isNamedOtherwise = (path: string): boolean => basename(path).includes('\ufffd')

/**
 * A file by its path; `why`: what makes it one that cannot be taken in, `null` for a plain file. `isRefused`: the system does not give
 * it, or the folder of that path: what it holds is not known.
 */
interface ListedFile {
  path: string
  why: Message | null
  isRefused?: true
}

/** A former text; `isKept`: it holds what someone may have written. Where they cannot be listed, their folder. */
export interface FormerFile extends ListedFile {
  isKept: boolean
}

/** What an archive notes of a story: of its last text, and of those before it. */
interface StoryNotes {
  last: JournalEntry
  former: readonly JournalEntry[]
  /** Number of the text in the file, by the former ones that are kept. */
  revision: number
}

/** A folder that is taken in; nothing in it is changed. */
export interface SourceFolder {
  /** Files in order of their paths; hidden ones, pictures that are kept, and the archive itself, are left out. */
  files(): AsyncGenerator<ListedFile>
  /** A path as it is usable from the working folder. */
  shown(path: string): string
  /** The file's text without a byte order mark and with LF alone, or why it has none; `guess`: what it says in another encoding. */
  read(path: string): Promise<{ text: string } | (Pick<ListedFile, 'isRefused'> & { why: Message; guess?: string })>
  /** The former texts that an archive keeps of the story of one of the files, oldest first; none of any other file. */
  formerOf(file: string): Promise<FormerFile[]>
  /** What an archive notes of the story of one of the files; `null` where it notes nothing, and of any other file. */
  notesOf(file: string): Promise<StoryNotes | null>
  /** The bytes of a picture that an archive keeps for one of the files; `null` where it is not there, or lies outside. */
  pictureOf(file: string, picture: string): Promise<Uint8Array | null>
}

/** The archive in which a file is a story's, which it need not be: where that is in the folder, and the story. */
interface OwnPlace extends StoryPlace {
  top: string
}

function placeOf(file: string): OwnPlace | null {
  const [day, id] = [basename(dirname(file)), idOfName(basename(file))]
  return id === null || !dayPattern.test(day) ? null : { top: dirname(dirname(file)), day, id }
}

/**
 * Opens a folder to take files from, named from the working folder. Throws `UsageError` when it is none, or is the archive. `report`:
 * one line for a person about what was found damaged and done without.
 */
export async function openSourceFolder(
  folder: string,
  cwd: string,
  archive: Store,
  report: (line: string) => void,
): Promise<SourceFolder> {
  const root = resolve(cwd, folder)
  const found = await stat(root).catch((error: unknown) => {
    if (isOfNothing(error)) return null
    throw archiveError(error, 'read', root)
  })
  // No path says an address as it was written.
  const shown = printableName(folder) === folder ? root : printableName(folder)
  if (found?.isDirectory() !== true) throw new UsageError(t`${shown} is no folder`)
  if (archive.nameOf(root) === '') throw new UsageError(t`${root} is the archive itself`)

  const journals = new Map<string, Journal>()
  const unnoted = new Set<string>()

  const storeIn = (top: string): Store => openStore(join(root, top), cwd)

  function journalIn(top: string): Journal {
    return getOrMake(journals, top, () => openJournal(storeIn(top), report))
  }

  async function* walk(below: string): AsyncGenerator<ListedFile> {
    const listed = readdir(join(root, below), { withFileTypes: true }).catch((error: unknown) => {
      throw archiveError(error, 'read', join(root, below))
    })
    const refused: ListedFile[] = []
    const refuse = (why: Message): void =>
      void refused.push({ path: below, why: isNamedOtherwise(below) ? NAME_OF_OTHERS : why, isRefused: true })
    const entries = below === '' ? await listed : await unlessLocal(listed, [], refuse)
    yield* refused
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (nameInCloud(entry.name) !== null) yield { path, why: IN_CLOUD, isRefused: true }
      if (entry.name.startsWith('.')) continue
      if (entry.isDirectory() && archive.nameOf(join(root, path)) === '') continue
      if (entry.isFile() && KEPT_PICTURE.test(path)) continue
      if (entry.isDirectory()) yield* walk(path)
      else yield { path, why: entry.isFile() ? null : message`is a link or the like` }
    }
  }

  return {
    files: () => walk(''),
    shown: (path) => join(folder, path),
    async read(path) {
      try {
        const file = await lookAt(join(root, path))
        if (file.kind === 'odd') return { why: file.why }
        if (file.kind === 'absent')
          return isNamedOtherwise(path) ? { why: NAME_OF_OTHERS, isRefused: true } : { why: message`is gone` }
        const text = decodeUtf8(file.bytes)
        return text === null
          ? { why: message`is not UTF-8; save it in that encoding`, guess: decode(file.bytes, null) }
          : { text: withoutMarks(text) }
      } catch (error) {
        if (error instanceof ArchiveError) return { why: error.words, isRefused: true }
        throw error
      }
    },
    async formerOf(file) {
      const place = placeOf(file)
      if (place === null) return []
      const { top, day, id } = place
      const below = (path: string): string => (top === '.' ? path : `${top}/${path}`)
      const refused: FormerFile[] = []
      const former = await unlessLocal(listRevisions(storeIn(top), { day, id }), [], (why) => {
        refused.push({ path: below(revisionsOf({ day, id })), isKept: false, why })
      })
      return [...refused, ...former.map(({ path, isKept }) => ({ path: below(path), isKept, why: null }))]
    },
    async notesOf(file) {
      const place = placeOf(file)
      if (place === null) return null
      const { top, day, id } = place
      const journal = journalIn(top)
      const noted = await unlessLocal(journal.latest(day), null, (why) => {
        if (!unnoted.has(`${top}/${day}`)) report(said(why))
        unnoted.add(`${top}/${day}`)
      })
      const last = noted?.get(id)
      if (last === undefined) return null
      const former = (await journal.former(day)).get(id) ?? []
      const kept = await unlessLocal(listRevisions(storeIn(top), { day, id }), [])
      return { last, former, revision: numberAfter(kept) }
    },
    async pictureOf(file, picture) {
      const path = join(dirname(file), '..', picture)
      if (path.startsWith('..')) return null
      const kept = await unlessLocal(lookAt(join(root, path)), null)
      return kept?.kind === 'file' ? kept.bytes : null
    },
  }
}
