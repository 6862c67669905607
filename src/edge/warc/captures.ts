import { type FileHandle, open, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { getOrMake } from '../../core/get-or-make.ts'
import { type CapturedResponse, answerIn, recordHead } from '../../core/warc/capture.ts'
import { readMember } from '../../core/warc/member.ts'
import type { Io } from '../../io.ts'
import { said, t } from '../../words/words.ts'
import { readAt } from '../read.ts'
import { inTemporary, temporaryFolder } from '../temporary.ts'
import { checked, warcIn } from './files.ts'
import { type ScannedPart, scanRegion } from './parts.ts'
import type { RecordPlace } from './records.ts'
import { type Capture, type ScannedCapture, type SourcePart, scan, type Scanning, WHOLE } from './scan.ts'
import type { Region } from './zip.ts'

/** The captures that files hold. */
export interface Captures {
  all: readonly Capture[]
  /** Records that cannot be read. */
  damaged: number
  /** What was answered; `null` where it can no longer be had. */
  read(capture: Capture): Promise<CapturedResponse | null>
  close(): Promise<void>
}

interface CaptureOptions extends Pick<Scanning, 'wants' | 'pictures'> {
  io: Pick<Io, 'cwd' | 'stdin' | 'signal'>
  /** Looks through a part of a file, on whichever core is free. */
  scanPart: (file: string, part: SourcePart) => Promise<ScannedPart>
  /** Told of each record that cannot be read. */
  report: (line: string) => void
}

const STANDARD_INPUT = '-'

/**
 * Where WARC stands in each of the files (`-` is standard input, which is looked at when it is read). Throws `UsageError` where one
 * holds none: before anything is made.
 */
export async function warcOf(files: readonly string[], cwd: string): Promise<Map<string, Region[]>> {
  const regionsOf = new Map<string, Region[]>()
  for (const name of files) regionsOf.set(name, name === STANDARD_INPUT ? [] : await warcIn(name, resolve(cwd, name)))
  return regionsOf
}

/**
 * Finds the captures of addresses in files, of which `warcOf` tells where WARC stands in them, one after the other. What may not be had again where it
 * stands (standard input, files that are compressed as a whole) is kept beside, in a temporary file, until `close`.
 */
export async function openCaptures(
  regionsOf: ReadonlyMap<string, readonly Region[]>,
  { io, wants, pictures, scanPart, report }: CaptureOptions,
): Promise<Captures> {
  const all: Capture[] = []
  const readers = createReaders()
  let damaged = 0
  try {
    for (const [name, regions] of regionsOf) {
      const file = name === STANDARD_INPUT ? null : resolve(io.cwd, name)
      const shown = file === null ? t`standard input` : name
      const tell = (found: ScannedCapture): void => {
        io.signal.throwIfAborted()
        if (!('why' in found)) return void all.push(found)
        damaged += 1
        report(`${shown}: ${t`at byte ${found.offset}`}: ${said(found.why)}`)
      }
      const scanning = { file, wants, pictures, keep: (record: Buffer) => readers.keep(record), tell }
      if (file === null) await scan(checked(io.stdin(), shown), WHOLE, scanning)
      else for (const region of regions) await scanRegion(file, region, (part) => scanPart(file, part), scanning)
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

/** Reads records again where they stand, and keeps those that could not be had again. */
function createReaders() {
  /** `null`: it cannot be opened again. */
  const handles = new Map<string, Promise<FileHandle | null>>()
  let spool: { folder: string; file: string; handle: FileHandle; size: number } | null = null

  return {
    keep: (record: Buffer): Promise<{ file: string; place: RecordPlace }> =>
      inTemporary(async () => {
        if (spool === null) {
          const folder = await temporaryFolder('captures-')
          const file = join(folder, 'records')
          spool = { folder, file, handle: await open(file, 'wx', 0o600), size: 0 }
        }
        const place = { offset: spool.size, length: record.length, within: null }
        await spool.handle.appendFile(record)
        spool.size += record.length
        return { file: spool.file, place }
      }),
    async read(file: string, { offset, length, within }: RecordPlace): Promise<Buffer | null> {
      const handle = await getOrMake(handles, file, () => open(file).catch(() => null))
      const bytes = handle === null ? null : await readAt(handle, offset, length)
      if (bytes === null || bytes.length < length) return null
      if (within === null) return bytes
      const member = readMember(bytes)
      return member.kind === 'whole' ? member.bytes.subarray(within) : null
    },
    async close(): Promise<void> {
      for (const handle of handles.values()) await (await handle)?.close()
      await spool?.handle.close()
      if (spool !== null) await rm(spool.folder, { recursive: true, force: true })
    },
  }
}
