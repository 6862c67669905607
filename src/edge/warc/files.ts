import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { beginsRecord, MEMBER, peekMember } from '../../core/warc/member.ts'
import { UsageError } from '../../errors.ts'
import { type Message, message, said, t } from '../../words/words.ts'
import { errorCode } from '../store/files/errors.ts'

/** A file is read in pieces of this size. */
export const CHUNK_BYTES = 1024 * 1024

/** What files are that are often taken for WARC, by how they begin. */
const OTHERS: readonly (readonly [begins: RegExp, what: Message])[] = [
  [/^filedesc:/, message`an ARC file, the format before WARC; convert it, by warcio recompress or arc2warc`],
  [
    /^PK\u0003\u0004/,
    message`a WACZ or another zip file; give what is in it: unzip -p FILE 'archive/*.warc.gz' | zaobao-archiver backfill --warc -`,
  ],
  [/^(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype|html|\?xml)/i, message`a page, no WARC file; convert reads pages`],
]

/** Why a file of these first bytes is none of WARC; `null` where it is one. */
function whyNone(first: Buffer): Message | null {
  const isGzip = MEMBER.equals(first.subarray(0, MEMBER.length))
  const begin = (isGzip ? peekMember(first) : first).toString('latin1', 0, 512)
  const other = OTHERS.find(([begins]) => begins.test(begin))
  if (other !== undefined) return other[1]
  if (/^WARC\/\d/.test(begin)) return null
  // Its first record may be damaged.
  const isOne = isGzip ? hasMember(first) : first.includes('\nWARC/1.')
  return isOne ? null : message`no WARC file`
}

function hasMember(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(MEMBER); at !== -1; at = bytes.indexOf(MEMBER, at + 1)) {
    if (beginsRecord(bytes.subarray(at))) return true
  }
  return false
}

/** What a source gives, where it is WARC. Throws `UsageError` where it is not. */
export async function* checked(source: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  let first: Buffer | null = Buffer.alloc(0)
  for await (const chunk of source) {
    if (first === null) {
      yield chunk
      continue
    }
    first = Buffer.concat([first, chunk])
    if (first.length < CHUNK_BYTES) continue
    yield check(first, name)
    first = null
  }
  if (first !== null && first.length > 0) yield check(first, name)
}

function check(first: Buffer, name: string): Buffer {
  const why = whyNone(first)
  if (why !== null) throw new UsageError(t`${name} is ${said(why)}`)
  return first
}

const WHY: Readonly<Record<string, Message>> = {
  ENOENT: message`there is no such file`,
  EISDIR: message`it is a folder; name the files in it`,
}

/** The WARC files of a folder, in order, or a file itself. Throws `UsageError` where there are none. */
export async function capturesIn(folder: string, cwd: string): Promise<string[]> {
  const names = await readdir(resolve(cwd, folder)).catch((error) => (errorCode(error) === 'ENOTDIR' ? null : []))
  if (names === null) return [folder]
  const files = names.filter((name) => /\.warc(?:\.gz)?$/.test(name)).toSorted()
  if (files.length === 0) throw new UsageError(t`there are no WARC files in ${folder}`)
  return files.map((name) => join(folder, name))
}

/** Throws `UsageError` where a file cannot be read, or is none of WARC: before anything is archived. */
export async function checkFile(name: string, path: string): Promise<void> {
  try {
    for await (const _ of checked(createReadStream(path, { end: CHUNK_BYTES - 1, highWaterMark: CHUNK_BYTES }), name))
      break
  } catch (error) {
    const code = errorCode(error)
    if (code === null) throw error
    throw new UsageError(`${name}: ${said(WHY[code] ?? message`cannot be read (${code})`)}`)
  }
}
