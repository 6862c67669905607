import {
  type CapturedResponse,
  answerIn,
  isAnswer,
  namesOf,
  type RecordHead,
  repeatedBy,
} from '../../core/warc/capture.ts'
import { beginsAsPicture } from '../../core/media/kind.ts'
import { valueIn } from '../../core/warc/head.ts'
import { isMember, peekMember } from '../../core/warc/member.ts'
import { addressInHead } from '../../core/url.ts'
import { type Message, message } from '../../words/words.ts'
import { type RecordPlace, recordsIn, toMember } from './records.ts'
import { createWindow } from './window.ts'

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
  place: RecordPlace
}

/** A part of a source, by offsets: the records that begin in it. */
export interface SourcePart {
  begin: number
  end: number
  /** Where the source ends. */
  limit: number
  /** What stands at `begin`: the beginning of the source, one of its records, or anything, and the first record behind it is looked for. */
  at: 'source' | 'record' | 'anything'
}

export const WHOLE: SourcePart = {
  begin: 0,
  end: Number.POSITIVE_INFINITY,
  limit: Number.POSITIVE_INFINITY,
  at: 'source',
}

/** What a part holds: captures, and what cannot be read. */
export type ScannedCapture = Capture | { offset: number; why: Message }

export interface Scanning {
  /** Where what is read may be had again; `null` for standard input. */
  file: string | null
  /** Whether captures of an address are wanted. */
  wants: (url: string) => boolean
  /** Pictures are wanted too, whatever their addresses. */
  pictures: boolean
  /** Keeps a record that cannot be had again where it stands; `null` where nothing can be kept. */
  keep: ((record: Buffer) => Promise<Pick<Capture, 'file' | 'place'>>) | null
  tell: (found: ScannedCapture) => void
}

const NO_TIME = message`it names no time`
const NO_HTTP = message`it holds no answer by HTTP`

/**
 * Finds captures in a part of what `source` gives from there on; answers from where to where it read. `null` where a record would
 * have to be kept, and nothing can be.
 */
export async function scan(
  source: AsyncIterable<Uint8Array>,
  { begin, end, at }: SourcePart,
  { file, wants, pictures, keep, tell }: Scanning,
): Promise<{ from: number; to: number } | null> {
  const window = createWindow(source, begin)
  try {
    if (at === 'anything') await toMember(window, end)
    const from = window.position
    const wanted = (head: RecordHead): boolean => isAnswer(head) && (pictures || wants(head.url ?? ''))
    for await (const found of recordsIn(window, wanted, { end, mayBePlain: at === 'source' })) {
      if (found.kind === 'damage') {
        tell(found)
        continue
      }
      const { head, record, place, offset } = found
      const answer = answerIn(record, head)
      if (answer === null || Number.isNaN(head.at)) {
        tell({ offset, why: answer === null ? NO_HTTP : NO_TIME })
        continue
      }
      if (!wants(head.url ?? '') && !mayShow(answer)) continue
      const isThere = file !== null && place !== null
      if (!isThere && keep === null) return null
      const kept = isThere ? { file, place } : await keep!(record)
      tell({ ...captureOf(head, answer), ...kept })
    }
    return { from, to: window.position }
  } finally {
    await window.close()
  }
}

/** Of an answer that may be a picture, by what is said of it or how it begins, or that leads to one. */
function mayShow(answer: CapturedResponse): boolean {
  const { headers, body } = answer
  const type = valueIn(headers, 'content-type') ?? ''
  if (isRedirect(answer) || /^(?:image\/|\w+\/octet-stream|$)/i.test(type)) return true
  return beginsAsPicture(isMember(body) ? peekMember(body) : body)
}

const isRedirect = ({ status }: CapturedResponse): boolean => status >= 300 && status < 400

function captureOf(head: RecordHead, answer: CapturedResponse): Omit<Capture, 'file' | 'place'> {
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
