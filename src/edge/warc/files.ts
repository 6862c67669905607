import { constants, fstatSync } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { NO_WAIT } from '../flags.ts'
import { beginsRecord, isMember, MEMBER, peekMember } from '../../core/warc/member.ts'
import { UsageError } from '../../errors.ts'
import { type Message, message, said, t } from '../../words/words.ts'
import { readAt } from '../read.ts'
import { errorCode } from '../file-errors.ts'
import { whyUnread } from '../given.ts'
import { createWindow, restOf } from './window.ts'
import { type Region, regionsInZip } from './zip.ts'

/** A file is read in pieces of this size. */
export const CHUNK_BYTES = 1024 * 1024

const ZIP = Buffer.from('PK\u0003\u0004', 'latin1')

/** What files are that are often taken for WARC, by how they begin. */
const OTHERS: readonly (readonly [begins: RegExp, what: Message])[] = [
  [/^filedesc:/, message`an ARC file, the format before WARC; convert it, by warcio recompress or arc2warc`],
  [/^PK\u0003\u0004/, message`a WACZ or another zip file, which can be read as a file alone: --warc FILE`],
  [
    /^(?:\(\u00b5\/\u00fd|[P-_]\*M\u0018|\u00fd7zXZ|BZh\d)/,
    message`compressed otherwise than by gzip; unpack it first: zstd -d, xz -d or bzip2 -d`,
  ],
  [/^(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype|html|\?xml)/i, message`a page, no WARC file; convert reads pages`],
]

/** Why a file of these first bytes is none of WARC; `null` where it is one, or empty: a run may die before its first record. */
function whyNone(first: Buffer): Message | null {
  if (first.length === 0) return null
  const begin = (isMember(first) ? peekMember(first) : first).toString('latin1', 0, 512)
  const other = OTHERS.find(([begins]) => begins.test(begin))
  if (other !== undefined) return other[1]
  if (/^WARC\/\d/.test(begin)) return null
  // Its first record may be damaged.
  return hasMember(first) || first.includes('\nWARC/1.') ? null : message`no WARC file`
}

function hasMember(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(MEMBER); at !== -1; at = bytes.indexOf(MEMBER, at + 1)) {
    if (beginsRecord(bytes.subarray(at))) return true
  }
  return false
}

/** What a source gives, where it is WARC. Throws `UsageError` where it is not. */
export async function* checked(source: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const window = createWindow(source)
  try {
    if (await window.fill(CHUNK_BYTES)) check(window.bytes, name)
    yield* restOf(window)
  } finally {
    await window.close()
  }
}

function check(first: Buffer, name: string): void {
  const why = whyNone(first)
  if (why !== null) throw new UsageError(t`${name} is ${said(why)}`)
}

/** The WARC files of a folder, in order, or a file itself. Throws `UsageError` where there are none. */
export async function capturesIn(folder: string, cwd: string): Promise<string[]> {
  const names = await readdir(resolve(cwd, folder)).catch((error) => (errorCode(error) === 'ENOTDIR' ? null : []))
  if (names === null) return [folder]
  const files = names.filter((name) => /\.warc(?:\.gz)?$/.test(name)).toSorted()
  if (files.length === 0) throw new UsageError(t`there are no WARC files in ${folder}`)
  return files.map((name) => join(folder, name))
}

const ALL: Region = { begin: 0, end: Number.POSITIVE_INFINITY, isDeflated: false }

/**
 * Where WARC stands in a file: in all of it, or in parts of a WACZ. Throws `UsageError` where it cannot be read, or there is none: before
 * anything is archived.
 */
export async function warcIn(name: string, path: string): Promise<Region[]> {
  // A pipe is not waited for: it cannot be read in places.
  const flags = constants.O_RDONLY | NO_WAIT
  const handle = await open(path, flags).catch((error: unknown) => refuse(name, error))
  try {
    const found = fstatSync(handle.fd)
    if (!found.isFile() && !found.isDirectory())
      throw new UsageError(`${name}: ${t`it is no plain file; standard input is read by --warc -`}`)
    const first = await readAt(handle, 0, CHUNK_BYTES)
    const isZip = first.subarray(0, ZIP.length).equals(ZIP)
    const regions = isZip ? await regionsInZip(handle, /\.warc(?:\.gz)?$/i) : [ALL]
    if (regions === null || regions.length === 0)
      throw new UsageError(t`${name} is a zip file in which no WARC file can be found`)
    for (const { begin, isDeflated } of regions)
      if (!isDeflated) check(isZip ? await readAt(handle, begin, CHUNK_BYTES) : first, name)
    return regions
  } catch (error) {
    return refuse(name, error)
  } finally {
    await handle.close()
  }
}

function refuse(name: string, error: unknown): never {
  const code = errorCode(error)
  if (code === null) throw error
  const why = code === 'EISDIR' ? message`it is a folder; name the files in it` : whyUnread(error)
  throw new UsageError(`${name}: ${said(why)}`)
}
