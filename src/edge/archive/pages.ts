import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { type KeptHead, parseKept } from '../../core/archive/kept.ts'
import { ID } from '../../core/identity.ts'
import { errorCode, makeFolder, removeDurably, sweep, writeDurably } from './durable.ts'
import { t } from '../../words/words.ts'

/**
 * A page as it came, which no layout read or which a witness doubts, or a list that could not be read: a later version of
 * the program may know better.
 */
export interface KeptPage extends KeptHead {
  /** The story's id; of a list a name that begins with `list-`. */
  id: string
  body: Uint8Array
}

/** A page of a newspaper has some 300 kB, compressed 40. */
const MAX_BODY_BYTES = 8 * 1024 * 1024
const ENDING = '.gz'
const LIST_ID = /^list-[0-9a-f]{1,20}-\d{1,12}$/

const isId = (text: string): boolean => ID.test(text) || LIST_ID.test(text)

const FOLDER = ['.zaobao', 'pages']
const squeeze = promisify(gzip)
const inflate = promisify(gunzip)

interface File {
  id: string
  mtimeMs: number
  size: number
}

async function filesIn(folder: string): Promise<File[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return []
    throw error
  })
  const files: File[] = []
  for (const name of names) {
    const id = name.slice(0, -ENDING.length)
    const found = !name.endsWith(ENDING) || !isId(id) ? null : await stat(join(folder, name)).catch(() => null)
    if (found !== null) files.push({ id, mtimeMs: found.mtimeMs, size: found.size })
  }
  return files.toSorted((a, b) => a.mtimeMs - b.mtimeMs)
}

/** Drops the oldest pages beyond the limit; the number of them. */
async function prune(folder: string, maxBytes: number): Promise<number> {
  const files = await filesIn(folder)
  let bytes = files.reduce((sum, { size }) => sum + size, 0)
  let dropped = 0
  for (const { id, size } of files.slice(0, -1)) {
    if (bytes <= maxBytes) break
    await removeDurably(join(folder, `${id}.gz`))
    bytes -= size
    dropped += 1
  }
  return dropped
}

/** A page in the form in which pages are kept: gzip of a line of JSON, which says where it is from, and its bytes behind it. */
export function packPage(head: Readonly<Record<string, unknown>>, body: Uint8Array): Promise<Buffer> {
  return squeeze(Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body.subarray(0, MAX_BODY_BYTES)]))
}

/**
 * Keeps a page under `.zaobao/pages/`, the last one of each story: gzip of a line of JSON (`url`, `foundAt`,
 * `contentType`, `fetched`) and the page's bytes behind it. Returns its path relative to the archive, and how many older
 * ones went because all together took more than `maxBytes`.
 */
export async function keepPage(
  root: string,
  { id, body, ...head }: KeptPage,
  maxBytes: number,
): Promise<{ path: string; dropped: number }> {
  if (!isId(id)) throw new RangeError(`no name for a page: ${JSON.stringify(id)}`)
  const folder = await makeFolder(root, FOLDER)
  await sweep(folder)
  await writeDurably(join(folder, `${id}.gz`), await packPage(head, body))
  return { path: `${FOLDER.join('/')}/${id}.gz`, dropped: await prune(folder, maxBytes) }
}

/** The kept pages of stories, or the kept lists, the oldest first. What cannot be read is passed over: `report` is told. */
export async function* keptPages(
  root: string,
  what: 'stories' | 'lists',
  report: (line: string) => void,
): AsyncGenerator<KeptPage> {
  const folder = join(root, ...FOLDER)
  for (const { id } of await filesIn(folder)) {
    if (LIST_ID.test(id) !== (what === 'lists')) continue
    try {
      const bytes = await inflate(await readFile(join(folder, `${id}.gz`)), { maxOutputLength: 2 * MAX_BODY_BYTES })
      const kept = parseKept(bytes)
      if (kept === null) throw new RangeError('no kept page')
      yield { ...kept.head, id, body: kept.body }
    } catch {
      report(t`${FOLDER.join('/')}/${id}.gz cannot be read and is passed over`)
    }
  }
}

/** Forgets a page, which is read by now. */
export async function dropPage(root: string, id: string): Promise<void> {
  await removeDurably(join(root, ...FOLDER, `${id}.gz`)).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error
  })
}
