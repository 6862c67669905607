import { ArchiveError, unlessLocal } from '../../errors.ts'
import { type Message, message, said, t } from '../../words/words.ts'
import type { Store } from '../store/store.ts'

/** The program's own folder in an archive. */
export const OWN = '.zaobao'

/** What stands in it, beside the lock, which is what the right to move anything depends on. */
const PLACES: Readonly<Record<string, 'file' | 'folder'>> = {
  '.gitignore': 'file',
  layout: 'file',
  'catalogue.db': 'file',
  'lock.waiting': 'file',
  'state.json': 'file',
  'state.copy.json': 'file',
  'undated.json': 'file',
  journal: 'folder',
  pages: 'folder',
  revisions: 'folder',
  robots: 'folder',
  waiting: 'folder',
}

const ODD: Readonly<Record<'file' | 'folder' | 'odd', Message>> = {
  file: message`a file, where a folder belongs`,
  folder: message`a folder, where a file belongs`,
  odd: message`a link or the like, which is not followed`,
}

/** The bytes of one of the program's own files; `null` when there is none. Throws `ArchiveError` when it is no file. */
export async function readOwn(store: Store, name: string): Promise<Buffer | null> {
  const found = await store.get(name)
  if (found.kind === 'odd')
    throw new ArchiveError(message`cannot read ${store.place(name)}: it ${found.why}`, { isLocal: true })
  return found.kind === 'file' ? found.bytes : null
}

/** What stands in the place of one of the program's own files and folders and is none: a link, a folder, a file. */
export async function oddPlaces(store: Store): Promise<{ name: string; why: Message }[]> {
  const entries = await unlessLocal(store.list(OWN), [])
  return entries.flatMap(({ name, kind }) => {
    const wanted = PLACES[name]
    // Earlier versions waited for the lock with a file of that name, which goes where the state is opened.
    const isFormer = name === 'waiting' && kind === 'file'
    if (wanted === undefined || kind === wanted || kind === 'temporary' || isFormer) return []
    return [{ name: `${OWN}/${name}`, why: ODD[kind] }]
  })
}

/**
 * Moves what stands in the place of the program's own files and folders out of the way, so that the run can go on. Only for the
 * holder of the lock. What cannot be moved is said.
 */
export async function clearPlaces(store: Store, report: (line: string) => void): Promise<void> {
  for (const { name, why } of await oddPlaces(store)) {
    await unlessLocal(setAside(store, name, said(why), report), undefined, (fault) => report(said(fault)))
  }
}

const MAX_SET_ASIDE = 5

/** Moves a damaged file of the program's own out of the way, keeping a few of them, and says so. */
export async function setAside(store: Store, name: string, why: string, report: (line: string) => void): Promise<void> {
  let number = 1
  // A file takes the place of the last one; nothing else that was set aside goes.
  const isOver = async (): Promise<boolean> => {
    const found = await store.stat(`${name}.damaged-${number}`)
    return found === null || (number >= MAX_SET_ASIDE && found.kind === 'file')
  }
  while (!(await isOver())) number += 1
  await store.move(name, `${name}.damaged-${number}`)
  const path = store.place(name)
  report(t`${path} is damaged (${why}); set aside as ${path}.damaged-${number}, the run goes on without it`)
}
