import { createReadStream } from 'node:fs'
import { type FileHandle, mkdtemp, open, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import {
  type Answer,
  answerIn,
  isAnswer,
  namesOf,
  type RecordHead,
  recordHead,
  repeatedBy,
} from '../../core/warc/capture.ts'
import { valueIn } from '../../core/warc/head.ts'
import { beginsRecord, MEMBER, peekMember, readMember } from '../../core/warc/member.ts'
import { addressInHead } from '../../core/web/url.ts'
import { UsageError } from '../../errors.ts'
import type { Io } from '../../io.ts'
import { type Message, message, said, t } from '../../words/words.ts'
import { errorCode } from '../store/files/errors.ts'
import { type Place, recordsIn } from './records.ts'

/** What an address answered at one time, without its body. */
export interface Capture {
  url: string
  /** ms since 1970. */
  at: number
  status: number
  /** Where a redirect leads; else `null`. */
  location: string | null
  /** By what others find its answer. */
  names: readonly string[]
  /** It stands for an answer that is kept elsewhere, and found by one of these; `null` where it is that itself. */
  same: readonly string[] | null
  /** Digest of its payload, as it names it; `null` where it names none. */
  digest: string | null
  /** Of the answer; `null` where it has none. */
  etag: string | null
  file: string
  place: Place
}

/** The captures that files hold. */
export interface Captures {
  all: readonly Capture[]
  /** Records that cannot be read. */
  damaged: number
  /** What was answered; `null` where it can no longer be had. */
  read(capture: Capture): Promise<Answer | null>
  close(): Promise<void>
}

export interface CaptureOptions {
  io: Pick<Io, 'cwd' | 'stdin' | 'signal'>
  /** Whether captures of an address are wanted. */
  wants: (url: string) => boolean
  /** Pictures are wanted too, whatever their addresses. */
  pictures: boolean
  /** Told of each record that cannot be read. */
  report: (line: string) => void
}

const CHUNK_BYTES = 1024 * 1024
const STANDARD_INPUT = '-'
const NO_TIME = message`it names no time`
const NO_HTTP = message`it holds no answer by HTTP`

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
async function* checked(source: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
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
async function checkFile(name: string, path: string): Promise<void> {
  try {
    for await (const _ of checked(createReadStream(path, { end: CHUNK_BYTES - 1, highWaterMark: CHUNK_BYTES }), name))
      break
  } catch (error) {
    const code = errorCode(error)
    if (code === null) throw error
    throw new UsageError(`${name}: ${said(WHY[code] ?? message`cannot be read (${code})`)}`)
  }
}

/**
 * Finds the captures of addresses in WARC files (`-` is standard input), one after the other. What may not be had again where it
 * stands (standard input, files that are compressed as a whole) is kept beside, in a temporary file, until `close`.
 */
export async function openCaptures(
  files: readonly string[],
  { io, wants, pictures, report }: CaptureOptions,
): Promise<Captures> {
  const all: Capture[] = []
  const readers = createReaders()
  const wanted = (head: RecordHead): boolean => isAnswer(head) && (pictures || wants(head.url ?? ''))
  let damaged = 0
  for (const name of files) if (name !== STANDARD_INPUT) await checkFile(name, resolve(io.cwd, name))
  try {
    for (const name of new Set(files)) {
      const path = name === STANDARD_INPUT ? null : resolve(io.cwd, name)
      const shown = path === null ? t`standard input` : name
      const source = path === null ? io.stdin() : createReadStream(path, { highWaterMark: CHUNK_BYTES })
      const tell = (offset: number, why: Message): void => {
        damaged += 1
        report(`${shown}: ${t`at byte ${offset}`}: ${said(why)}`)
      }
      for await (const found of recordsIn(checked(source, shown), wanted)) {
        io.signal.throwIfAborted()
        if (found.kind === 'damage') {
          tell(found.offset, found.why)
          continue
        }
        const { head, record, place, offset } = found
        const answer = answerIn(record, head)
        if (answer === null || Number.isNaN(head.at)) {
          tell(offset, answer === null ? NO_HTTP : NO_TIME)
          continue
        }
        if (!wants(head.url ?? '') && !mayShow(answer)) continue
        const kept = path === null || place === null ? await readers.keep(record) : { file: path, place }
        all.push({ ...captureOf(head, answer), ...kept })
      }
    }
  } catch (error) {
    await readers.close()
    throw error
  }
  return {
    all,
    damaged,
    async read({ file, place }) {
      const bytes = await readers.read(file, place)
      const head = bytes === null ? null : recordHead(bytes)
      return bytes === null || head === null ? null : answerIn(bytes, head)
    },
    close: () => readers.close(),
  }
}

/** Of an answer that may be a picture, by what is said of it, or that leads to one. */
function mayShow(answer: Answer): boolean {
  const type = valueIn(answer.headers, 'content-type') ?? ''
  return isRedirect(answer) || /^(?:image\/|\w+\/octet-stream|$)/i.test(type)
}

const isRedirect = ({ status }: Answer): boolean => status >= 300 && status < 400

function captureOf(head: RecordHead, answer: Answer): Omit<Capture, 'file' | 'place'> {
  const { status, headers } = answer
  const { url, at, fields } = head
  const location = isRedirect(answer) ? valueIn(headers, 'location') : null
  return {
    url: url ?? '',
    at,
    status,
    location: location === null ? null : addressInHead(location),
    names: namesOf(head),
    same: repeatedBy(head),
    digest: valueIn(fields, 'warc-payload-digest'),
    etag: valueIn(headers, 'etag'),
  }
}

/** Reads records again where they stand, and keeps those that could not be had again. */
function createReaders() {
  const handles = new Map<string, Promise<FileHandle>>()
  let spool: { folder: string; file: string; handle: FileHandle; size: number } | null = null

  const handleOf = (file: string): Promise<FileHandle> => {
    const handle = handles.get(file) ?? open(file)
    handles.set(file, handle)
    return handle
  }

  return {
    async keep(record: Buffer): Promise<{ file: string; place: Place }> {
      if (spool === null) {
        const folder = await mkdtemp(join(tmpdir(), 'captures-'))
        const file = join(folder, 'records')
        spool = { folder, file, handle: await open(file, 'wx', 0o600), size: 0 }
      }
      const place = { offset: spool.size, length: record.length, within: null }
      await spool.handle.appendFile(record)
      spool.size += record.length
      return { file: spool.file, place }
    },
    async read(file: string, { offset, length, within }: Place): Promise<Buffer | null> {
      const bytes = Buffer.alloc(length)
      const { bytesRead } = await (await handleOf(file)).read(bytes, 0, length, offset)
      if (bytesRead < length) return null
      if (within === null) return bytes
      const member = readMember(bytes)
      return member.kind === 'whole' ? member.bytes.subarray(within) : null
    },
    async close(): Promise<void> {
      for (const handle of handles.values()) await (await handle).close()
      await spool?.handle.close()
      if (spool !== null) await rm(spool.folder, { recursive: true, force: true })
    },
  }
}
