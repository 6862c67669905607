import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { printableName } from '../core/text/printable.ts'
import { bytesOf, gathered, MIB, tooLarge, whyUnread } from '../edge/given.ts'
import { UsageError } from '../errors.ts'
import type { Io } from '../io.ts'
import { type Message, message, said, t } from '../words/words.ts'

/** A page, a feed or a record is not larger; the network brings no more of one either. */
export const MAX_DOCUMENT_BYTES = 16 * MIB
/** A list of all addresses that the site ever had is not larger. */
export const MAX_LIST_BYTES = 64 * MIB

/** True where something to read stands at a path: a file, a pipe, a device. */
export function isFile(path: string, io: Io): boolean {
  const whole = resolve(io.cwd, path)
  return existsSync(whole) && !statSync(whole).isDirectory()
}

/** Names of files of captures, and of what is taken for them. */
const CAPTURES = /\.(?:w?arc(?:\.gz)?|wacz|gz|zip)$/i

/**
 * What `--warc` names: files of captures to read (`-` is standard input), or the folder in which captures are kept, true for the
 * usual one. A shell may put more files among the `others`: what is left of these is `urls`. Throws `UsageError` for files and a
 * folder at once.
 */
export function sortCaptures(
  named: readonly string[] | true,
  others: readonly string[],
  io: Io,
): { captures: string[]; folder: string | true | undefined; urls: string[] } {
  const isCapture = (text: string): boolean => CAPTURES.test(text) || isFile(text, io)
  const values = named === true ? [] : named
  const files = values.filter((text) => text === '-' || isCapture(text))
  const [folder] = values.filter((text) => !files.includes(text))
  if (files.length === 0) return { captures: [], folder: folder ?? true, urls: [...others] }
  if (folder !== undefined)
    throw new UsageError(t`--warc: ${folder} is no file; captures are read from files, or kept in a folder, not both`)
  const more = others.filter(isCapture)
  return { captures: [...files, ...more], folder: undefined, urls: others.filter((text) => !more.includes(text)) }
}

/**
 * The bytes of a file, or of standard input for `null` and `-`, inflated where they are gzip. Throws `UsageError` when it
 * cannot be read or is larger than `maxBytes`.
 */
export async function readInput(file: string | null, io: Io, maxBytes: number): Promise<Uint8Array> {
  const path = file === null || file === '-' ? null : resolve(io.cwd, file)
  const name = file === null || file === '-' ? t`standard input` : printableName(file)
  const refuse = (why: Message) => new UsageError(`${name}: ${said(why)}`)
  const chunks = path === null ? io.stdin() : bytesOf(path, io.signal)
  const bytes = await gathered(chunks, maxBytes).catch((error: unknown) => {
    throw path === null || io.signal.aborted ? error : refuse(whyUnread(error))
  })
  if (bytes === null) throw refuse(tooLarge(maxBytes))
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? await inflated(bytes) : bytes
  if (/^WARC\/\d/.test(Buffer.from(plain.subarray(0, 8)).toString('latin1')))
    throw refuse(message`a WARC file; backfill --warc reads it`)
  return plain

  async function inflated(packed: Uint8Array): Promise<Uint8Array> {
    const { inflateBody } = await import('../edge/http/inflate.ts')
    const outcome = await inflateBody(packed, '', { maxBytes, overflow: 'fail' })
    if ('body' in outcome) return outcome.body
    throw refuse(outcome.fault === 'too-large' ? tooLarge(maxBytes) : outcome.detail)
  }
}
