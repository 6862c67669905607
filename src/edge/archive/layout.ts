import { constants } from 'node:fs'
import { access, rename, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { ArchiveError } from '../../errors.ts'
import { archiveError, errorCode, isFolder, makeFolder, makeFolderTree, sweep, writeDurably } from './durable.ts'
import { readOwnFile } from '../read.ts'
import { message, t } from '../../words/words.ts'

/** The layout that this program writes; it reads those before it too. */
const LAYOUT = 1

/** Former texts belong to the archive's history; the rest is this machine's. */
const GITIGNORE = '/*\n!/revisions/\n'

const OWN = '.zaobao'

/** True for a folder, links to one included; false where nothing is. Throws when a file stands there. */
export async function folderExists(path: string): Promise<boolean> {
  const found = await stat(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null
    throw archiveError(error, 'use', path)
  })
  if (found !== null && !found.isDirectory()) {
    throw new ArchiveError(message`cannot use ${path}: it is a file, not a folder; choose another --archive`)
  }
  return found !== null
}

/** Refuses an archive that is a file, or of a layout that a later version of this program made. True when it exists. */
export async function checkLayout(root: string, report: (line: string) => void): Promise<boolean> {
  if (!(await folderExists(root))) return false
  if (!(await isFolder(join(root, OWN)))) return true
  const path = join(root, OWN, 'layout')
  const mark = (await readOwnFile(path))?.toString('latin1')
  if (mark === undefined) return true
  const layout = /^(\d+)\b/.exec(mark)?.[1]
  if (layout === undefined) report(t`${path} is damaged; the archive is taken for one of layout ${LAYOUT}`)
  if (Number(layout) > LAYOUT) {
    throw new ArchiveError(
      message`cannot use ${root}: its layout is ${layout ?? ''}, this version knows layouts up to ${LAYOUT}; update zaobao-archiver`,
    )
  }
  return true
}

/** Throws when the archive, or the folder that it would be made in, cannot be written. */
export async function checkWritable(root: string): Promise<void> {
  let path = resolve(root)
  while (!(await folderExists(path))) path = dirname(path)
  try {
    await access(path, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw archiveError(error, 'write into', path)
  }
}

/** Makes the archive's own folder with the layout mark, where they are missing, and clears what a dead run left there. */
export async function makeLayout(root: string): Promise<void> {
  await makeFolderTree(root)
  const folder = await makeFolder(root, [OWN])
  await sweep(folder)
  const files = [
    ['.gitignore', GITIGNORE],
    ['layout', `${LAYOUT}\n`],
  ] as const
  for (const [name, content] of files) {
    const path = join(folder, name)
    const found = await readOwnFile(path)
    if (found === null || (name === 'layout' && found.toString('latin1') !== content)) await writeDurably(path, content)
  }
}

const MAX_SET_ASIDE = 5

/** Moves a damaged file of the program's own out of the way, keeping a few of them, and says so. */
export async function setAside(path: string, why: string, report: (line: string) => void): Promise<void> {
  try {
    let number = 1
    while (number < MAX_SET_ASIDE && (await stat(`${path}.damaged-${number}`).catch(() => null)) !== null) number += 1
    await rename(path, `${path}.damaged-${number}`)
    report(t`${path} is damaged (${why}); set aside as ${path}.damaged-${number}, the run goes on without it`)
  } catch (error) {
    throw archiveError(error, 'set aside', path)
  }
}
