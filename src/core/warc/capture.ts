import { createHash } from 'node:crypto'
import { addressInHead } from '../url.ts'
import { parseHead, valueIn } from './head.ts'
import { base32, type Field } from './record.ts'

/** What the head of a record says of it. */
export interface RecordHead {
  /** `response`, `revisit`, `request` and so on. */
  type: string
  /** What was asked for; `null` where it names nothing. */
  url: string | null
  /** When it was captured (ms since 1970); NaN where it does not say. */
  at: number
  /** Bytes of the head, and of the block behind it; NaN where it does not say. */
  size: number
  length: number
  fields: readonly Field[]
}

const VERSION = /^WARC\/\d+\.\d+$/
/** Some leave out the zone, which the standard sets. */
const IS_WITHOUT_ZONE = /^\d{4}-\d\d-\d\dT[\d:.]+$/
const ANOTHER = /WARC\/\d+\.\d+\r?\n/

/** Of the record with which bytes begin; `null` where none does, or its head is not whole. */
export function recordHead(bytes: Buffer): RecordHead | null {
  const head = parseHead(bytes)
  if (head === null || !VERSION.test(head.first)) return null
  // A head that was cut goes on with that of the next record, and must not lend it its address.
  if (ANOTHER.test(bytes.toString('latin1', head.first.length, head.length))) return null
  const { fields, length: size } = head
  const length = valueIn(fields, 'content-length') ?? ''
  // Some write addresses in angle brackets, as the first standard had it.
  const url = valueIn(fields, 'warc-target-uri')
  return {
    type: (valueIn(fields, 'warc-type') ?? '').toLowerCase(),
    url: url === null ? null : bareAddress(url),
    at: timeIn(fields, 'warc-date'),
    size,
    length: /^\d{1,15}$/.test(length) ? Number(length) : Number.NaN,
    fields,
  }
}

const bareAddress = (field: string): string => addressInHead(field.replace(/^<(.*)>$/, '$1'))

function timeIn(fields: readonly Field[], name: string): number {
  const date = valueIn(fields, name) ?? ''
  return Date.parse(IS_WITHOUT_ZONE.test(date) ? `${date}Z` : date)
}

/** True for a record that may hold what an address of the web answered. */
export function isAnswer({ type, url }: RecordHead): boolean {
  return /^(?:response|revisit|resource)$/.test(type) && /^https?:/i.test(url ?? '')
}

const digestOf = (fields: readonly Field[]): string | null =>
  valueIn(fields, 'warc-payload-digest')?.toLowerCase() ?? null

/** By what a revisit finds the answer of a record: its digest, and its address with its time. */
export function namesOf({ url, at, fields }: RecordHead): string[] {
  return [digestOf(fields), `${url ?? ''} ${at}`].filter((name) => name !== null)
}

/** By what the answer is found that a revisit repeats, as `namesOf` has it; `null` for a record that has its own. */
export function repeatedBy({ type, fields }: RecordHead): string[] | null {
  if (type !== 'revisit') return null
  const url = valueIn(fields, 'warc-refers-to-target-uri')
  const place = url === null ? null : `${bareAddress(url)} ${timeIn(fields, 'warc-refers-to-date')}`
  return [digestOf(fields), place].filter((name) => name !== null)
}

const ALGORITHMS: ReadonlySet<string> = new Set(['md5', 'sha1', 'sha256', 'sha512'])

/** Whether bytes are those of which a record names the digest, `sha1:…` in base 32 or hex; `null` where that cannot be told. */
function matches(digest: string | null, bytes: Uint8Array): boolean | null {
  const [, name = '', value = ''] = /^([a-z\d-]+):\s*([\dA-Za-z=]+)$/.exec(digest?.trim() ?? '') ?? []
  const algorithm = name.toLowerCase().replace('-', '')
  if (!ALGORITHMS.has(algorithm)) return null
  const hash = createHash(algorithm).update(bytes).digest()
  return value.toLowerCase() === hash.toString('hex') || value.toUpperCase().replace(/=+$/, '') === base32(hash)
}

/** False where the digests that a record names say that its block is another. Some writers get one of the two wrong. */
export function isTrue(head: RecordHead, block: Buffer): boolean {
  const ofBlock = matches(valueIn(head.fields, 'warc-block-digest'), block)
  if (ofBlock !== false) return ofBlock ?? true
  const http = head.type === 'response' ? parseHead(block) : null
  return http !== null && matches(valueIn(head.fields, 'warc-payload-digest'), block.subarray(http.length)) === true
}

/** What was answered, as it stands in a record. */
export interface CapturedResponse {
  status: number
  headers: readonly Field[]
  /** Its content coding is on, its transfer coding off. */
  body: Buffer
  /** The body ends before its time. */
  isCut: boolean
}

/** What was answered, by the whole bytes of a record; `null` where it holds no HTTP. */
export function answerIn(record: Buffer, head: RecordHead): CapturedResponse | null {
  const block = record.subarray(head.size, head.size + head.length)
  const isCut = valueIn(head.fields, 'warc-truncated') !== null
  if (head.type === 'resource') {
    const type = valueIn(head.fields, 'content-type')
    return { status: 200, headers: type === null ? [] : [['Content-Type', type]], body: block, isCut }
  }
  // A revisit may leave out what it repeats.
  if (head.type === 'revisit' && block.length === 0)
    return {
      status: NOT_MODIFIED.test(valueIn(head.fields, 'warc-profile') ?? '') ? 304 : 200,
      headers: [],
      body: block,
      isCut,
    }
  return answerOfHttp(block, isCut)
}

const NOT_MODIFIED = /server-not-modified/i

/** A server may say so often that it goes on, before it answers. */
const MOST_INTERIM = 50

function answerOfHttp(block: Buffer, isCut: boolean, interim = MOST_INTERIM): CapturedResponse | null {
  const http = parseHead(block) ?? parseHead(Buffer.concat([block, Buffer.from('\r\n\r\n')]))
  const status = Number(/^HTTP\/\d(?:\.\d)? +(\d{3})\b/.exec(http?.first ?? '')?.[1] ?? Number.NaN)
  if (http === null || Number.isNaN(status)) return null
  const wire = block.subarray(http.length)
  if (status < 200 && wire.length > 0 && interim > 0) return answerOfHttp(wire, isCut, interim - 1)
  const isChunked = /\bchunked\b/i.test(valueIn(http.fields, 'transfer-encoding') ?? '')
  const { body, isWhole } = isChunked ? withoutChunks(wire) : { body: wire, isWhole: true }
  const isShort = !isChunked && wire.length < Number(valueIn(http.fields, 'content-length') ?? 0)
  return { status, headers: http.fields, body, isCut: isCut || isShort || !isWhole }
}

/** A body without its chunks; as it is where it has none, since many writers take them off and leave the header. */
function withoutChunks(wire: Buffer): { body: Buffer; isWhole: boolean } {
  const parts: Buffer[] = []
  for (let at = 0; ;) {
    const line = /^([\da-f]{1,8})[^\r\n]{0,200}\r?\n/i.exec(wire.toString('latin1', at, at + 220))
    const size = Number.parseInt(line?.[1] ?? '', 16)
    if (line === null)
      return parts.length === 0 ? { body: wire, isWhole: true } : { body: Buffer.concat(parts), isWhole: false }
    if (size === 0) return { body: Buffer.concat(parts), isWhole: true }
    const begin = at + line[0].length
    parts.push(wire.subarray(begin, begin + size))
    if (begin + size > wire.length) return { body: Buffer.concat(parts), isWhole: false }
    at = begin + size + (wire[begin + size] === 0x0d ? 2 : 1)
  }
}
