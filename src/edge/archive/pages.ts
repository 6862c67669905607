import { promisify } from 'node:util'
import { type KeptHead, parseKept } from '../../core/archive/kept-page.ts'
import { ID } from '../../core/identity.ts'
import { unlessLocal } from '../../errors.ts'
import type { Marks } from '../read.ts'
import type { Store } from '../store/store.ts'
import { OWN } from './own-files.ts'
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

const FOLDER = `${OWN}/pages`
const nameOf = (id: string): string => `${FOLDER}/${id}${ENDING}`

/** The kept pages and lists of these ids, the oldest first; none where something else stands in their place. */
async function filesIn(store: Store, isWanted: (id: string) => boolean): Promise<(Marks & { id: string })[]> {
  const entries = await unlessLocal(store.list(FOLDER), [])
  const files: (Marks & { id: string })[] = []
  for (const { name } of entries) {
    const id = name.slice(0, -ENDING.length)
    const found = name.endsWith(ENDING) && isWanted(id) ? await store.stat(nameOf(id)) : null
    if (found !== null) files.push({ ...found, id })
  }
  return files.toSorted((a, b) => a.modifiedMs - b.modifiedMs)
}

/** Drops the oldest pages beyond the limit; the number of them. */
async function prune(store: Store, maxBytes: number): Promise<number> {
  const files = await filesIn(store, isId)
  let bytes = files.reduce((sum, { size }) => sum + size, 0)
  let dropped = 0
  for (const { id, size } of files.slice(0, -1)) {
    if (bytes <= maxBytes) break
    await store.remove(nameOf(id))
    bytes -= size
    dropped += 1
  }
  return dropped
}

/** A page in the form in which pages are kept: gzip of a line of JSON, which says where it is from, and its bytes behind it. */
export async function packPage(head: Readonly<Record<string, unknown>>, body: Uint8Array): Promise<Buffer> {
  const { gzip } = await import('node:zlib')
  return promisify(gzip)(Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body.subarray(0, MAX_BODY_BYTES)]))
}

/**
 * Keeps a page under `.zaobao/pages/`, the last one of each story. Returns its path relative to the archive, and how many
 * older ones went because all together took more than `maxBytes`.
 */
export async function keepPage(
  store: Store,
  { id, body, ...head }: KeptPage,
  maxBytes: number,
): Promise<{ path: string; dropped: number }> {
  if (!isId(id)) throw new RangeError(`no name for a page: ${JSON.stringify(id)}`)
  await store.replace(nameOf(id), await packPage(head, body))
  return { path: nameOf(id), dropped: await prune(store, maxBytes) }
}

/** The kept pages of stories, or the kept lists, the oldest first. What cannot be read is passed over: `report` is told. */
export async function* keptPages(
  store: Store,
  what: 'stories' | 'lists',
  report: (line: string) => void,
): AsyncGenerator<KeptPage> {
  const form = what === 'lists' ? LIST_ID : ID
  for (const { id } of await filesIn(store, (text) => form.test(text))) {
    try {
      const found = await store.get(nameOf(id))
      const packed = found.kind === 'file' ? found.bytes : ''
      const { gunzip } = await import('node:zlib')
      const kept = parseKept(await promisify(gunzip)(packed, { maxOutputLength: 2 * MAX_BODY_BYTES }))
      if (kept === null) throw new RangeError('no kept page')
      yield { ...kept.head, id, body: kept.body }
    } catch {
      report(t`${nameOf(id)} cannot be read and is passed over`)
    }
  }
}

/** Forgets a page, which is read by now. */
export function dropPage(store: Store, id: string): Promise<void> {
  return store.remove(nameOf(id))
}
