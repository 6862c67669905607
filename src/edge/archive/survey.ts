import { join, normalize } from 'node:path/posix'
import { HOUR_MS } from '../../core/time.ts'
import { dayPattern, idOfName, isByproduct } from '../../core/archive/path.ts'
import { ArchiveError, unlessLocal } from '../../errors.ts'
import type { Message } from '../../words/words.ts'
import { IN_CLOUD } from '../read.ts'
import type { Store } from '../store/store.ts'

/** A temporary file younger than this may be one that a run writes at this moment. */
const LEFTOVER_AGE_MS = HOUR_MS

/** What stands in a folder of an archive: names, sorted. */
interface FolderSurvey {
  /** Plain files that are named `.md`. */
  documents: string[]
  /** Names of days or documents at which no folder or plain file stands. */
  odd: string[]
  /** Temporary files of runs that died. */
  leftovers: string[]
  folders: string[]
}

const isDocumentName = (name: string): boolean => name.toLowerCase().endsWith('.md')

/** Looks at one folder. `any`: temporaries of any age count, as they do for the holder of the lock. */
export async function surveyFolder(store: Store, folder: string, now: number, any: boolean): Promise<FolderSurvey> {
  const survey: FolderSurvey = { documents: [], odd: [], leftovers: [], folders: [] }
  const isLeftover = async (path: string): Promise<boolean> =>
    any || ((await store.stat(path))?.modifiedMs ?? now) < now - LEFTOVER_AGE_MS
  for (const { name, kind } of await store.list(folder)) {
    if (kind === 'temporary') {
      if (await isLeftover(join(folder, name))) survey.leftovers.push(name)
    } else if (isByproduct(name)) continue
    else if (kind === 'folder') survey.folders.push(name)
    else if (kind === 'odd' && (isDocumentName(name) || dayPattern.test(name))) survey.odd.push(name)
    else if (kind === 'file' && isDocumentName(name)) survey.documents.push(name)
  }
  for (const names of Object.values(survey) as string[][]) names.sort()
  return survey
}

/** A folder of a day's name with or without more, as copies and renamed days have it. */
const LIKE_DAY = /^\d{4}-\d{2}-\d{2}(?!.*\.md$)/i

/**
 * The stories' files that lie where none is looked for: in a folder itself, where that is no day's, and in the folders in it that
 * are called like a day and are none of the archive's.
 */
export async function strayStories(store: Store, folder: string, now: number): Promise<string[]> {
  const { documents, folders } = await surveyFolder(store, folder, now, false)
  const own = dayPattern.test(folder) ? [] : documents.filter((name) => idOfName(name) !== null)
  const found = own.map((name) => join(folder, name))
  for (const name of folders.filter((each) => LIKE_DAY.test(each))) {
    if (folder !== '' || !dayPattern.test(name)) found.push(...(await strayStories(store, join(folder, name), now)))
  }
  return found
}

/** What dead runs left in a folder of the program's own and in those below it: paths relative to the archive. */
interface Below {
  leftovers: string[]
  /** Folders that the system does not give. */
  refused: { path: string; why: Message }[]
}

/** Temporary files of dead runs in a folder of the program's own and in those below it. */
export async function surveyBelow(store: Store, folder: string, now: number, any: boolean): Promise<Below> {
  const refused: Below['refused'] = []
  const found = await unlessLocal(surveyFolder(store, folder, now, any), null, (why) => {
    refused.push({ path: folder, why })
  })
  const leftovers = (found?.leftovers ?? []).map((name) => join(folder, name))
  for (const name of found?.folders ?? []) {
    const deeper = await surveyBelow(store, join(folder, name), now, any)
    leftovers.push(...deeper.leftovers)
    refused.push(...deeper.refused)
  }
  return { leftovers, refused }
}

/** True when a picture that a document names by a relative path is in the archive. */
export async function hasPicture(store: Store, day: string, address: string): Promise<boolean> {
  const [path = ''] = address.split(/[?#]/)
  try {
    const place = normalize(join(path.startsWith('/') ? '.' : day, decodeURIComponent(path)))
    if (place.startsWith('..')) return false
    const marks = await store.stat(place)
    if (marks !== null) return marks.kind === 'file'
    const found = await store.get(place)
    return found.kind === 'odd' && found.why === IN_CLOUD
  } catch (error) {
    if (error instanceof URIError || (error instanceof ArchiveError && error.refusedName === 'length')) return false
    throw error
  }
}
