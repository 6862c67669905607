import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open, readdir, unlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { NO_FOLLOW, NO_WAIT } from '../flags.ts'
import { sha256 } from '../../core/hash.ts'
import { isoTime } from '../../core/time.ts'
import { type RecordedExchange, exchangeRecords, infoRecord } from '../../core/warc/exchange.ts'
import type { Field } from '../../core/warc/record.ts'
import { isOfOneStory } from '../../errors.ts'
import { said, t } from '../../words/words.ts'
import { wordsOf } from '../../words/error.ts'
import { makeFolderTree, syncFolder } from '../store/files/durable.ts'
import { archiveError } from '../file-errors.ts'
import { endOfWhole } from './tail.ts'

/** A file that is larger is followed by another one. */
const MAX_FILE_BYTES = 1_000_000_000

/** Keeps what goes over the wire. */
export interface Recorder {
  /**
   * Resolves when the exchange is durable; throws where the disk is full or gone. Where the folder or a file is at fault, that is
   * reported once, and nothing is kept any more.
   */
  record(exchange: RecordedExchange): Promise<void>
  /** Something of it could not be kept. */
  hasFailed(): boolean
  close(): Promise<void>
}

interface RecorderOptions {
  /** Where the files stand; made where it is missing. */
  folder: string
  cwd: string
  /** Whose exchanges they are: two who share a folder never write one file. */
  archive: string
  /** What the first record of each file says of who wrote it. */
  about: readonly Field[]
  now: () => number
  report: (line: string) => void
}

interface OpenFile {
  handle: FileHandle
  /** What its name begins with: of a day. */
  series: string
  number: number
  size: number
}

const nameOf = (series: string, number: number): string => `${series}-${String(number).padStart(5, '0')}.warc.gz`

/**
 * A recorder that keeps exchanges as WARC 1.1: in files of one day and of some size, a gzip member a record. A run goes on in the
 * day's last file; what a dead one left half at its end, or at that of the last day's, is cut off first.
 */
export function openRecorder({ folder, cwd, archive, about, now, report }: RecorderOptions): Recorder {
  const root = resolve(cwd, folder)
  const owner = sha256(resolve(cwd, archive)).slice(0, 8)
  const waiting: Buffer[] = []
  let file: OpenFile | null = null
  let writing = Promise.resolve()
  let next: Promise<void> | null = null
  let failed = false

  /** The last file up to a series: its own, else that of the day before it; `null` where there is none. */
  async function lastUpTo(series: string): Promise<Pick<OpenFile, 'series' | 'number'> | null> {
    const ofAnyDay = series.replace(/\d{8}/, String.raw`\d{8}`)
    const own = new RegExp(String.raw`^(${ofAnyDay})-(\d{5})\.warc\.gz$`)
    const names = (await readdir(root)).toSorted().flatMap((name) => {
      const [, day = '', number] = own.exec(name) ?? []
      return number === undefined || day > series ? [] : [{ series: day, number: Number(number) }]
    })
    return names.at(-1) ?? null
  }

  /** The last file of a series, to go on with; `null` where it is full, a backup's too, damaged, or cannot be had. */
  async function reopen(series: string, number: number): Promise<OpenFile | null> {
    const flags = constants.O_RDWR | constants.O_APPEND | NO_FOLLOW | NO_WAIT
    const handle = await open(join(root, nameOf(series, number)), flags).catch(() => null)
    const found = await handle?.stat()
    if (handle === null || found === undefined) return null
    const isOwn = found.isFile() && found.nlink === 1 && found.size < MAX_FILE_BYTES
    try {
      const size = isOwn ? await endOfWhole(handle, found.size) : null
      if (size !== null && size < found.size) await handle.truncate(size)
      if (size !== null) return { handle, series, number, size }
    } catch {
      // What cannot be mended stays as it is: another file takes what comes.
    }
    await handle.close()
    return null
  }

  async function create(series: string, number: number): Promise<OpenFile> {
    const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_EXCL
    const handle = await open(join(root, nameOf(series, number)), flags, 0o666)
    return { handle, series, number, size: 0 }
  }

  /** No other run, let in meanwhile, went on with it, and no backup shares it. */
  async function isAsLeft({ handle, size }: OpenFile): Promise<boolean> {
    const found = await handle.stat()
    return found.size === size && found.nlink === 1
  }

  async function openFor(series: string): Promise<OpenFile> {
    if (file?.series === series && file.size < MAX_FILE_BYTES && (await isAsLeft(file))) return file
    await file?.handle.close()
    file = null
    await makeFolderTree(root)
    const last = await lastUpTo(series)
    const found = last === null ? null : await reopen(last.series, last.number)
    const isOfDay = last?.series === series
    // Opened, what a dead run left half at the end of another day's is cut off.
    if (!isOfDay) await found?.handle.close()
    file = (isOfDay ? found : null) ?? (await create(series, isOfDay ? last.number + 1 : 0))
    return file
  }

  async function write(bytes: Buffer): Promise<void> {
    const at = now()
    const series = `zaobao-${isoTime(at).slice(0, 10).replaceAll('-', '')}-${owner}`
    try {
      const { handle, number, size } = await openFor(series)
      const isNew = size === 0
      const info = isNew ? gzipSync(infoRecord(nameOf(series, number), at, about, randomUUID)) : Buffer.alloc(0)
      try {
        await handle.appendFile(Buffer.concat([info, bytes]))
        await handle.sync()
        if (isNew) await syncFolder(root)
      } catch (error) {
        await (isNew ? unlink(join(root, nameOf(series, number))) : handle.truncate(size)).catch(() => undefined)
        throw error
      }
      file = { handle, series, number, size: size + info.length + bytes.length }
    } catch (error) {
      const fault = archiveError(error, 'write', root)
      failed = true
      if (!isOfOneStory(fault)) throw fault
      report(t`${said(wordsOf(fault))}; the run goes on and keeps no captures`)
    }
  }

  return {
    async record(exchange) {
      if (failed) return
      waiting.push(...exchangeRecords(exchange, randomUUID).map((record) => gzipSync(record)))
      // What comes while others are written waits for one write of them all.
      writing = next ??= writing
        .catch(() => undefined)
        .then(() => {
          next = null
          return write(Buffer.concat(waiting.splice(0)))
        })
      await writing
    },
    hasFailed: () => failed,
    async close() {
      await writing.catch(() => undefined)
      await file?.handle.close()
    },
  }
}
