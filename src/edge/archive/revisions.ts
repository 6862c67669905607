import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { archiveError, errorCode, makeFolder, removeDurably, sweep, writeDurably } from './durable.ts'

/** A former text of a story. */
export interface Revision {
  /** From 1; the text in the archive has the number after the last of these. */
  number: number
  /** Absolute path of the file. */
  file: string
  /** It holds what someone else may have written: it is never dropped. */
  isKept: boolean
}

const NAME = /^([1-9]\d{0,8})(-kept)?\.md$/

function folderParts(day: string, id: string): string[] {
  return ['.zaobao', 'revisions', day, id]
}

/** The former texts of a story that are kept, oldest first. */
export async function listRevisions(root: string, day: string, id: string): Promise<Revision[]> {
  const folder = join(root, ...folderParts(day, id))
  const names = await readdir(folder).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return []
    throw archiveError(error, 'read', folder)
  })
  return names
    .flatMap((name) => {
      const match = NAME.exec(name)
      return match === null
        ? []
        : [{ number: Number(match[1]), file: join(folder, name), isKept: match[2] !== undefined }]
    })
    .toSorted((a, b) => a.number - b.number)
}

/** Ids of a day's stories of which former texts are kept. */
export async function idsWithRevisions(root: string, day: string): Promise<Set<string>> {
  const folder = join(root, '.zaobao', 'revisions', day)
  const names = await readdir(folder).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return []
    throw archiveError(error, 'read', folder)
  })
  return new Set(names)
}

/**
 * Keeps a story's text before it is replaced; returns its number. A run that died between keeping and replacing has
 * kept it already: then it is not kept twice. `mode`: the permission bits of the file that held it. `forGood`: it is
 * never dropped.
 */
export async function keepRevision(
  root: string,
  day: string,
  id: string,
  text: Uint8Array,
  mode: number | null,
  forGood: boolean,
): Promise<number> {
  const folder = await makeFolder(root, folderParts(day, id))
  await sweep(folder)
  const last = (await listRevisions(root, day, id)).at(-1)
  const isThere = last !== undefined && Buffer.compare(await readFile(last.file), text) === 0
  if (isThere && (last.isKept || !forGood)) return last.number
  const number = (last?.number ?? 0) + 1
  await writeDurably(join(folder, `${number}${forGood ? '-kept' : ''}.md`), text, mode)
  return number
}

/**
 * Drops former texts beyond `keep`: the first text stays, it is what was published; of the others the newest stay,
 * and those that are kept for good.
 */
export async function pruneRevisions(root: string, day: string, id: string, keep: number): Promise<void> {
  const revisions = (await listRevisions(root, day, id)).filter(({ isKept }) => !isKept)
  const tooMany = revisions.length - Math.max(1, keep)
  const first = keep > 1 ? 1 : 0
  for (const revision of revisions.slice(first, first + Math.max(0, tooMany))) await removeDurably(revision.file)
}
