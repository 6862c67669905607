import { isoTime } from '../time.ts'
import { withoutCredentials } from '../url.ts'
import { type Field, headBytes, recordBytes, sha1 } from './record.ts'

/** One request and what was answered, as both went over the wire. */
export interface RecordedExchange {
  url: URL
  /** When it was asked (ms since 1970). */
  at: number
  /** Headers of the request, in order, but for those that every request has. */
  asked: readonly Field[]
  status: number
  /** The words behind the status. */
  reason: string
  /** Headers of the answer, in order, as they came. */
  headers: readonly Field[]
  /** As it came, its content coding on, its transfer coding off. */
  body: Uint8Array
  /** Why the body ends before its time; `null` when it is whole. */
  cut: 'length' | 'time' | 'disconnect' | null
}

/** What tells who asks: no capture may carry it on. */
const IS_SECRET = /^(?:authorization|cookie2?|set-cookie2?|authentication-info|proxy-.*)$/i

/** Headers that speak of the wire, where they no longer say what the record holds: kept under the name that others give them. */
const OF_WIRE = /^(?:transfer-encoding|content-length)$/i
const FORMER_NAME = 'X-Archive-Orig-'

const withoutSecrets = (fields: readonly Field[]): Field[] => fields.filter(([name]) => !IS_SECRET.test(name))

/** The headers of an answer that say of its body, without transfer coding, what it is. */
function trueHeaders({ headers, body }: RecordedExchange, hasBody: boolean): Field[] {
  const kept = withoutSecrets(headers)
  const isTrue = (name: string, value: string) => /^content-length$/i.test(name) && Number(value) === body.length
  if (!hasBody || !kept.some(([name, value]) => OF_WIRE.test(name) && !isTrue(name, value))) return kept
  const renamed = kept.map(([name, value]): Field => [OF_WIRE.test(name) ? FORMER_NAME + name : name, value])
  return [...renamed, ['Content-Length', String(body.length)]]
}

function addressOf(url: URL): string {
  const bare = withoutCredentials(new URL(url))
  bare.hash = ''
  return bare.href
}

const NOT_MODIFIED = 'http://netpreserve.org/warc/1.1/revisit/server-not-modified'

/**
 * The records of an exchange, the answer first: `response`, or `revisit` where the server says that nothing changed, and
 * `request`. Credentials are left out. `newId` makes a UUID.
 */
export function exchangeRecords(exchange: RecordedExchange, newId: () => string): Buffer[] {
  const { url, at, asked, status, reason, body, cut } = exchange
  const isRevisit = status === 304 && asked.some(([name]) => /^if-(?:none-match|modified-since)$/i.test(name))
  const head = headBytes(`HTTP/1.1 ${status} ${reason}`, trueHeaders(exchange, !isRevisit))
  const request = headBytes(`GET ${url.pathname}${url.search} HTTP/1.1`, [
    ['host', url.host],
    ['connection', 'keep-alive'],
    ...withoutSecrets(asked),
  ])
  const answered = `<urn:uuid:${newId()}>`
  const common: Field[] = [
    ['WARC-Date', isoTime(at)],
    ['WARC-Target-URI', addressOf(url)],
  ]
  const block = Buffer.concat([head, body])
  const answer = recordBytes(
    [
      ['WARC-Type', isRevisit ? 'revisit' : 'response'],
      ['WARC-Record-ID', answered],
      ...common,
      ...(isRevisit ? ([['WARC-Profile', NOT_MODIFIED]] as const) : []),
      ...(cut === null ? [] : ([['WARC-Truncated', cut]] as const)),
      ['WARC-Block-Digest', sha1(block)],
      ...(isRevisit ? [] : ([['WARC-Payload-Digest', sha1(body)]] as const)),
      ['Content-Type', 'application/http;msgtype=response'],
    ],
    block,
  )
  const question = recordBytes(
    [
      ['WARC-Type', 'request'],
      ['WARC-Record-ID', `<urn:uuid:${newId()}>`],
      ...common,
      ['WARC-Concurrent-To', answered],
      ['WARC-Block-Digest', sha1(request)],
      ['Content-Type', 'application/http;msgtype=request'],
    ],
    request,
  )
  return [answer, question]
}

/** The first record of a file: who wrote it. `about`: what it is to say. */
export function infoRecord(file: string, at: number, about: readonly Field[], newId: () => string): Buffer {
  const block = Buffer.from(about.map(([name, value]) => `${name}: ${value}\r\n`).join(''))
  return recordBytes(
    [
      ['WARC-Type', 'warcinfo'],
      ['WARC-Record-ID', `<urn:uuid:${newId()}>`],
      ['WARC-Date', isoTime(at)],
      ['WARC-Filename', file],
      ['WARC-Block-Digest', sha1(block)],
      ['Content-Type', 'application/warc-fields'],
    ],
    block,
  )
}
