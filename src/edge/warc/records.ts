import { createGunzip } from 'node:zlib'
import { pipeline, Readable } from 'node:stream'
import { isTrue, type RecordHead, recordHead } from '../../core/warc/capture.ts'
import { beginsRecord, MAX_RECORD_BYTES, MEMBER, type Member, peekMember, readMember } from '../../core/warc/member.ts'
import { type Message, message } from '../../words/words.ts'
import { errorCode } from '../file-errors.ts'
import { createWindow, restOf, type Window } from './window.ts'

/** Where a record stands in its file, for reading it again. */
export interface RecordPlace {
  offset: number
  /** Bytes of the file: of a gzip member, or of the record itself. */
  length: number
  /** Bytes of what the member inflates to that stand before it; `null` where the file is not compressed. */
  within: number | null
}

type FoundRecord =
  /** `record`: its bytes, head and block. `place`: `null` where it cannot be had again without all before it. */
  | { kind: 'record'; offset: number; head: RecordHead; record: Buffer; place: RecordPlace | null }
  /** What stands at `offset` and cannot be read costs itself alone. */
  | { kind: 'damage'; offset: number; why: Message }

type Wants = (head: RecordHead) => boolean

const BEGINNING = Buffer.from('WARC/')
/** A head is not longer. */
const MAX_HEAD_BYTES = 64 * 1024
/** A member is told by so much of it. */
const LEAST_BYTES = 512

const CUT = message`it ends before its time`
const BROKEN = message`its compressed bytes are damaged`
const NO_RECORD = message`no record begins here`
const WRONG_LENGTH = message`its length is wrong`
const NO_LENGTH = message`it names no length`
const WRONG_DIGEST = message`its bytes are not those of its digest`
const TOO_LARGE = message`it is larger than ${MAX_RECORD_BYTES / 1024 / 1024} MiB`

/**
 * The records that `wants` says yes to, in order, and what is damaged, of those that begin before `end` where they are compressed. The
 * bodies of others are not inflated where their length can be told without.
 */
export async function* recordsIn(
  window: Window,
  wants: Wants,
  { end, mayBePlain } = { end: Number.POSITIVE_INFINITY, mayBePlain: true },
): AsyncGenerator<FoundRecord> {
  await window.fill(LEAST_BYTES)
  // What a member stores looks plain, too.
  const isPlain = mayBePlain && !beginsRecord(window.bytes) && window.bytes.subarray(0, LEAST_BYTES).includes(BEGINNING)
  if (!isPlain) yield* ofMembers(window, wants, end)
  else yield* ofPlain(window, wants, ({ position }, length) => ({ offset: position, length, within: null }), false)
}

/** Goes on to the member with which the next record begins, if that is before `end`. */
export const toMember = (window: Window, end: number): Promise<void> => toNext(window, 0, NEXT_MEMBER, end)

async function* ofMembers(window: Window, wants: Wants, last: number): AsyncGenerator<FoundRecord> {
  const damage = (why: Message): FoundRecord => ({ kind: 'damage', offset: window.position, why })
  while (window.position < last && (await window.fill(LEAST_BYTES))) {
    if (!beginsRecord(window.bytes)) {
      yield damage(NO_RECORD)
      await toNext(window, 1, NEXT_MEMBER)
      continue
    }
    const head = await headOfMember(window)
    const isWanted = head === null || wants(head)
    if (head !== null && head.size + head.length > MAX_RECORD_BYTES) {
      if (isWanted) yield damage(TOO_LARGE)
      await toNext(window, 1, NEXT_MEMBER)
      continue
    }
    const end = head === null || isWanted ? null : await endOfMember(window, head)
    if (end !== null) {
      await window.skip(end)
      continue
    }
    const member = await memberAt(window)
    if (member.kind === 'large') {
      yield* ofStream(window, wants)
      return
    }
    if (member.kind !== 'whole') {
      yield damage(member.kind === 'short' ? CUT : BROKEN)
      await toNext(window, 1, NEXT_MEMBER)
      continue
    }
    const { position } = window
    const inside = createWindow(once(member.bytes))
    const placeOf = (): RecordPlace => ({ offset: position, length: member.length, within: inside.position })
    for await (const found of ofPlain(inside, wants, placeOf, true)) yield { ...found, offset: position }
    await window.skip(member.length)
  }
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** The head of the first record in a member; `null` where it cannot be told. */
async function headOfMember(window: Window): Promise<RecordHead | null> {
  await window.fill(2048)
  let head = recordHead(peekMember(window.bytes))
  if (head === null) {
    await window.fill(MAX_HEAD_BYTES)
    head = recordHead(peekMember(window.bytes, MAX_HEAD_BYTES))
  }
  return head === null || Number.isNaN(head.length) ? null : head
}

/**
 * Where a member of one record ends, told without inflating it: behind the four bytes that give its length, where the next member
 * begins. `null` where that is nowhere: then it must be inflated.
 */
async function endOfMember(window: Window, { size, length }: RecordHead): Promise<number | null> {
  const inflated = size + length + 4
  // What does not get smaller gets hardly larger.
  const most = inflated + (inflated >> 10) + 1024
  for (let from = LEAST_MEMBER; ;) {
    const at = window.bytes.indexOf(MEMBER, from)
    if (at !== -1) await window.fill(at + LEAST_BYTES)
    const end = at === -1 && window.isLast ? window.bytes.length : at
    if (end >= LEAST_MEMBER && window.bytes.readUInt32LE(end - 4) === inflated) return end
    // Another record of the same length may follow: it must not be taken for this one's end.
    if (at !== -1 && beginsRecord(window.bytes.subarray(at))) return null
    if (at !== -1) from = at + 1
    else if (window.isLast || window.bytes.length > most) return null
    else {
      from = Math.max(LEAST_MEMBER, window.bytes.length - MEMBER.length)
      await window.fill(2 * window.bytes.length)
    }
  }
}

/** Header and trailer of a member. */
const LEAST_MEMBER = 18

/** The member at which reading stands, with as much of the source at hand as it takes. */
async function memberAt(window: Window): Promise<Member> {
  for (;;) {
    const member = readMember(window.bytes)
    if (member.kind !== 'short' || window.isLast) return member
    if (window.bytes.length > MAX_RECORD_BYTES) return { kind: 'large' }
    await window.fill(2 * window.bytes.length)
  }
}

/** Goes on, `from` bytes at the least, to the next `mark` at which a record begins: that is told by `reach` bytes. */
async function toNext(
  window: Window,
  from: number,
  { mark, reach, begins }: { mark: Buffer; reach: number; begins: (bytes: Buffer) => boolean },
  end = Number.POSITIVE_INFINITY,
): Promise<void> {
  await window.skip(from)
  while (window.position < end && (await window.fill(reach))) {
    const at = window.bytes.indexOf(mark)
    if (at === -1) await window.skip(Math.max(1, window.bytes.length - mark.length + 1))
    else {
      await window.skip(at)
      await window.fill(reach)
      if (begins(window.bytes)) return
      await window.skip(1)
    }
  }
}

const NEXT_MEMBER = { mark: MEMBER, reach: LEAST_BYTES, begins: beginsRecord }
const NEXT_RECORD = { mark: BEGINNING, reach: MAX_HEAD_BYTES, begins: (bytes: Buffer) => recordHead(bytes) !== null }

/** The damage at an offset, where it is what zlib could not inflate. Throws any other error. */
export function damagedAt(offset: number, error: unknown): { offset: number; why: Message } {
  if (errorCode(error)?.startsWith('Z_') !== true) throw error
  return { offset, why: BROKEN }
}

/** All the rest as one stream: a file that was compressed as a whole. Nothing behind damage can be read. */
async function* ofStream(window: Window, wants: Wants): AsyncGenerator<FoundRecord> {
  const { position } = window
  const inflating = createGunzip()
  pipeline(Readable.from(restOf(window)), inflating, () => undefined)
  try {
    yield* ofPlain(createWindow(inflating), wants, () => null, true)
  } catch (error) {
    yield { kind: 'damage', ...damagedAt(position, error) }
  }
}

async function* ofPlain(
  window: Window,
  wants: Wants,
  placeOf: (window: Window, length: number) => RecordPlace | null,
  isChecked: boolean,
): AsyncGenerator<FoundRecord> {
  const damage = (why: Message): FoundRecord => ({ kind: 'damage', offset: window.position, why })
  for (; await window.fill(MAX_HEAD_BYTES);) {
    const blank = /^[\r\n]+/.exec(window.bytes.toString('latin1', 0, 8))?.[0].length ?? 0
    if (blank > 0) {
      await window.skip(blank)
      continue
    }
    const head = recordHead(window.bytes)
    if (head === null || Number.isNaN(head.length)) {
      yield damage(head === null ? NO_RECORD : NO_LENGTH)
      await toNext(window, 1, NEXT_RECORD)
      continue
    }
    const isWanted = wants(head)
    const whole = head.size + head.length
    if (whole > MAX_RECORD_BYTES) {
      if (isWanted) yield damage(TOO_LARGE)
      await window.skip(whole)
      continue
    }
    await window.fill(whole + 4)
    const record = window.bytes.subarray(0, whole)
    const isCut = record.length < whole
    // A length that is wrong swallows what follows, or leaves some of it.
    if (isCut || !/^(?:\r?\n){2}|^(?:\r?\n)?$/.test(window.bytes.toString('latin1', whole, whole + 4))) {
      yield damage(isCut ? CUT : WRONG_LENGTH)
      await toNext(window, head.size, NEXT_RECORD)
      continue
    }
    // A member has a checksum of its own.
    if (isWanted && !isChecked && !isTrue(head, record.subarray(head.size))) yield damage(WRONG_DIGEST)
    else if (isWanted) yield { kind: 'record', offset: window.position, head, record, place: placeOf(window, whole) }
    await window.skip(whole)
  }
}
