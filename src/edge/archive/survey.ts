import { lstat, readdir } from 'node:fs/promises'
import { join, normalize } from 'node:path'
import { dayPattern, isByproduct } from '../../core/archive/path.ts'
import { archiveError, errorCode, isTemporary } from './durable.ts'

/** A temporary file younger than this may be one that a run writes at this moment. */
const LEFTOVER_AGE_MS = 3_600_000

/** What stands in a folder of an archive: names, sorted. */
export interface FolderSurvey {
  /** Plain files that are named `.md`. */
  documents: string[]
  /** Names of days or documents at which no folder or plain file stands. */
  odd: string[]
  /** Temporary files of runs that died. */
  leftovers: string[]
  folders: string[]
}

const isDocumentName = (name: string): boolean => name.toLowerCase().endsWith('.md')

async function isOld(path: string, now: number): Promise<boolean> {
  const found = await lstat(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  })
  return found !== null && found.mtimeMs < now - LEFTOVER_AGE_MS
}

/** Looks at one folder. `any`: temporaries of any age count, as they do for the holder of the lock. */
export async function surveyFolder(path: string, now: number, any: boolean): Promise<FolderSurvey> {
  const survey: FolderSurvey = { documents: [], odd: [], leftovers: [], folders: [] }
  try {
    for (const entry of await readdir(path, { withFileTypes: true })) {
      const { name } = entry
      if (isTemporary(name)) {
        if (any || (await isOld(join(path, name), now))) survey.leftovers.push(name)
      } else if (isByproduct(name)) continue
      else if (entry.isDirectory()) survey.folders.push(name)
      else if (!entry.isFile() && (isDocumentName(name) || dayPattern.test(name))) survey.odd.push(name)
      else if (entry.isFile() && isDocumentName(name)) survey.documents.push(name)
    }
  } catch (error) {
    throw archiveError(error, 'read', path)
  }
  for (const names of Object.values(survey) as string[][]) names.sort()
  return survey
}

/** Temporary files of dead runs in a folder of the program's own and in those below it; paths below `root`. */
export async function leftoversBelow(root: string, folder: string, now: number, any: boolean): Promise<string[]> {
  if ((await lstat(join(root, folder)).catch(() => null))?.isDirectory() !== true) return []
  const { leftovers, folders } = await surveyFolder(join(root, folder), now, any)
  const found = leftovers.map((name) => `${folder}/${name}`)
  for (const name of folders) {
    for (const path of await leftoversBelow(root, `${folder}/${name}`, now, any)) found.push(path)
  }
  return found
}

/** True when a picture that a document names by a relative path is in the archive. */
export async function hasPicture(root: string, day: string, address: string): Promise<boolean> {
  const [path = ''] = address.split(/[?#]/)
  try {
    const place = normalize(join(path.startsWith('/') ? '.' : day, decodeURIComponent(path)))
    return !place.startsWith('..') && (await lstat(join(root, place))).isFile()
  } catch (error) {
    const code = errorCode(error)
    if (error instanceof URIError || code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return false
    throw archiveError(error, 'look at', address)
  }
}
