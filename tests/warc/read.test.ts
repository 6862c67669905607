import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { exchangeRecords, infoRecord } from '../../src/core/warc/exchange.ts'
import { answerIn, isAnswer } from '../../src/core/warc/capture.ts'
import { openCaptures, warcOf } from '../../src/edge/warc/captures.ts'
import { recordsIn } from '../../src/edge/warc/records.ts'
import { scanPart, scanRegion } from '../../src/edge/warc/parts.ts'
import { type ScannedCapture, type SourcePart, scan, WHOLE } from '../../src/edge/warc/scan.ts'
import { createWindow } from '../../src/edge/warc/window.ts'
import { english } from '../../src/words/words.ts'
import { testIo } from '../support/io.ts'
import { seeded } from '../support/layouts.ts'
import { folder } from '../support/program.ts'

const NOW = Date.UTC(2021, 10, 15)

/** Records as we write them: a warcinfo, then answer and request of each of ten exchanges. */
function records(count = 10, size = 2000): Buffer[] {
  const random = seeded(7)
  const text = () => Array.from({ length: size }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('')
  return [
    infoRecord('a.warc.gz', NOW, [['software', 'test']], () => '0'),
    ...Array.from({ length: count }, (_, n) =>
      exchangeRecords(
        {
          url: new URL(`https://www.zaobao.com.sg/story20211115-${n}`),
          at: NOW + n,
          asked: [],
          status: 200,
          reason: 'OK',
          headers: [['Content-Type', 'text/html']],
          body: Buffer.from(text()),
          cut: null,
        },
        () => String(n),
      ),
    ).flat(),
  ]
}

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const inPieces = (bytes: Buffer, size: number) => createWindow(pieces(bytes, size))

/** Numbers of the stories that are read, and what is said of the others. */
async function read(bytes: Buffer, size = 5000): Promise<{ ids: string; damage: string[] }> {
  const ids: string[] = []
  const damage: string[] = []
  for await (const found of recordsIn(inPieces(bytes, size), isAnswer)) {
    if (found.kind === 'damage') damage.push(english(found.why))
    else {
      const answer = answerIn(found.record, found.head)
      expect(answer).toMatchObject({ status: 200, isCut: false })
      expect(answer?.body).toHaveLength(2000)
      ids.push(/\d+$/.exec(found.head.url ?? '')?.[0] ?? '')
    }
  }
  return { ids: ids.join(''), damage }
}

const ALL = '0123456789'
const plain = records()
const members = plain.map((record) => gzipSync(record))
/** The answer of the sixth story. */
const SIXTH = 11

const forms: [string, Buffer][] = [
  ['a member a record', Buffer.concat(members)],
  ['members that are stored, not deflated', Buffer.concat(plain.map((record) => gzipSync(record, { level: 0 })))],
  ['not compressed', Buffer.concat(plain)],
  ['compressed as a whole', gzipSync(Buffer.concat(plain))],
  [
    'several records a member',
    Buffer.concat([gzipSync(Buffer.concat(plain.slice(0, 8))), gzipSync(Buffer.concat(plain.slice(8)))]),
  ],
  [
    'members with a name and a comment',
    Buffer.concat(
      members.map((member) =>
        Buffer.concat([
          Buffer.from([0x1f, 0x8b, 8, 0x18]),
          member.subarray(4, 10),
          Buffer.from('name\0words\0'),
          member.subarray(10),
        ]),
      ),
    ),
  ],
  [
    'lines that end in LF',
    Buffer.concat(
      plain.map((record) =>
        Buffer.from(
          record.toString('latin1').replace(/^[^]*?\r\n\r\n/, (head) => head.replaceAll('\r\n', '\n')),
          'latin1',
        ),
      ),
    ),
  ],
]

describe('whole files', () => {
  test.each(forms)('%s', async (_, bytes) => {
    for (const size of [1, 97, 4096, 1_000_000]) {
      if (size === 1 && bytes.length > 60_000) continue
      expect(await read(bytes, size)).toEqual({ ids: ALL, damage: [] })
    }
  })
})

/** A record of an address, of `size` bytes that do not get smaller, or of zeros. */
function recordOf(url: string, body: Buffer): Buffer {
  const exchange = { url: new URL(url), at: NOW, asked: [], status: 200, reason: 'OK', headers: [], body, cut: null }
  return exchangeRecords(exchange, () => '1')[0]!
}

describe('what a file may hold beside', () => {
  const numberIn = (url: string | null) => /-(\d)$/.exec(url ?? '')?.[1] ?? ''
  async function only(bytes: Buffer, wanted: string): Promise<string[]> {
    const found: string[] = []
    for await (const one of recordsIn(
      inPieces(bytes, 70_000),
      (head) => isAnswer(head) && wanted.includes(numberIn(head.url)),
    ))
      found.push(one.kind === 'record' ? numberIn(one.head.url) : english(one.why))
    return found
  }
  const at = (n: number) => `https://www.zaobao.com.sg/story20211115-${n}`

  test('bodies that look like members, whether they are wanted or passed over', async () => {
    const noise = Buffer.from(records(1, 9000)[1]!.map((byte, n) => (byte * n * 7919) % 251))
    const body = Buffer.concat([gzipSync(noise), gzipSync(noise.subarray(9))])
    const bytes = Buffer.concat([0, 1, 2, 3, 4].map((n) => gzipSync(recordOf(at(n), body))))
    for (const wanted of ['', '024', '13', '01234']) expect(await only(bytes, wanted)).toEqual(wanted.split(''))
  })

  test('a record larger than any that is taken is passed over, and named where it is wanted', async () => {
    const large = recordOf(at(1), Buffer.alloc(70 * 1024 * 1024))
    const parts = [recordOf(at(0), Buffer.from('first')), large, recordOf(at(2), Buffer.from('last'))]
    for (const bytes of [
      Buffer.concat(parts.map((part) => gzipSync(part))),
      Buffer.concat(parts),
      gzipSync(Buffer.concat(parts)),
    ]) {
      expect(await only(bytes, '02')).toEqual(['0', '2'])
      expect(await only(bytes, '012')).toEqual(['0', 'it is larger than 64 MiB', '2'])
    }
  })

  test.each([
    ['\r\n', 2, 200],
    ['\r\n', 30_000, 100],
    ['\n', 30_000, 100],
  ])('interim answers before an answer, whose lines end in %j: %d', (end, count, status) => {
    const block = Buffer.from(`${`HTTP/1.1 100 Continue${end}${end}`.repeat(count)}HTTP/1.1 200 OK${end}${end}text`)
    const head = { type: 'response', url: at(1), at: NOW, size: 0, length: block.length, fields: [] }
    expect(answerIn(block, head)).toMatchObject({ status })
  })
})

const spoil = (record: Buffer, words: string, instead: string) =>
  Buffer.from(record.toString('latin1').replace(words, instead), 'latin1')
function spoiled(of: readonly Buffer[], change: (record: Buffer) => Buffer): Buffer {
  return Buffer.concat(of.map((record, n) => (n === SIXTH ? change(record) : record)))
}
const flipped = (record: Buffer) => {
  const copy = Buffer.from(record)
  for (const at of [0.5, 0.6]) copy[Math.floor(record.length * at)]! ^= 0xff
  return copy
}
const packed = (change: (record: Buffer) => Buffer) => (member: Buffer) => gzipSync(change(plain[SIXTH] ?? member))
const longer = (record: Buffer) =>
  spoil(record, /Content-Length: \d+/.exec(record.toString('latin1'))![0], 'Content-Length: 2600')
const shorter = (record: Buffer) =>
  spoil(record, /Content-Length: \d+/.exec(record.toString('latin1'))![0], 'Content-Length: 1000')
const without = (record: Buffer) => spoil(record, /Content-Length: \d+\r\n/.exec(record.toString('latin1'))![0], '')

const LOST = ALL.replace('5', '')

describe('a damaged file: every whole record is read, each damage is named', () => {
  test.each([
    [
      'cut in the middle',
      spoiled(members, (one) => one.subarray(0, one.length >> 1)),
      LOST,
      ['its compressed bytes are damaged'],
    ],
    ['bits flipped', spoiled(members, flipped), LOST, ['its compressed bytes are damaged']],
    [
      'garbage before it',
      spoiled(members, (one) => Buffer.concat([Buffer.from('garbage'.repeat(99)), one])),
      ALL,
      ['no record begins here'],
    ],
    [
      'zeros before it',
      spoiled(members, (one) => Buffer.concat([Buffer.alloc(70_000), one])),
      ALL,
      ['no record begins here'],
    ],
    ['its length too long', spoiled(members, packed(longer)), LOST, ['it ends before its time']],
    ['its length too short', spoiled(members, packed(shorter)), LOST, ['its length is wrong']],
    ['without a length', spoiled(members, packed(without)), LOST, ['it names no length']],
    ['header of the member gone', spoiled(members, (one) => one.subarray(8)), LOST, ['no record begins here']],
    [
      'the file cut in its last record',
      Buffer.concat(members).subarray(0, -members.at(-1)!.length - 50),
      ALL.slice(0, -1),
      ['it ends before its time'],
    ],
  ])('members: %s', async (_, bytes, ids, damage) => {
    for (const size of [97, 1_000_000]) expect(await read(bytes, size)).toEqual({ ids, damage })
  })

  test.each([
    ['cut in the middle', spoiled(plain, (one) => one.subarray(0, one.length >> 1)), LOST, ['its length is wrong']],
    ['bits flipped', spoiled(plain, flipped), LOST, ['its bytes are not those of its digest']],
    [
      'garbage before it',
      spoiled(plain, (one) => Buffer.concat([Buffer.from('garbage'.repeat(99)), one])),
      ALL,
      ['no record begins here'],
    ],
    ['its length too long', spoiled(plain, longer), LOST, ['its length is wrong']],
    ['its length too short', spoiled(plain, shorter), LOST, ['its length is wrong']],
    ['without a length', spoiled(plain, without), LOST, ['it names no length']],
    [
      'the file cut in its last record',
      Buffer.concat(plain).subarray(0, -plain.at(-1)!.length - 50),
      ALL.slice(0, -1),
      ['it ends before its time'],
    ],
  ])('not compressed: %s', async (_, bytes, ids, damage) => {
    for (const size of [97, 1_000_000]) expect(await read(bytes, size)).toEqual({ ids, damage })
  })
})

describe('damage of any kind, anywhere', () => {
  test.each([
    ['members', members],
    ['not compressed', plain],
  ])('%s: what is not touched is read, in one pass', async (_, parts) => {
    const random = seeded(Number(process.env['PROPERTY_SEED'] ?? 16))
    const below = (n: number) => Math.floor(random() * n)
    const kinds: ((bytes: Buffer) => Buffer)[] = [
      (bytes) => bytes.subarray(0, below(bytes.length)),
      (bytes) => bytes.subarray(below(bytes.length)),
      (bytes) => Buffer.alloc(bytes.length),
      (bytes) => Buffer.from(bytes.map((byte) => (random() < 0.01 ? below(256) : byte))),
      (bytes) =>
        Buffer.concat([
          bytes.subarray(0, bytes.length >> 1),
          Buffer.alloc(below(3000)),
          bytes.subarray(bytes.length >> 1),
        ]),
      (bytes) => Buffer.concat([Buffer.from(Array.from({ length: below(3000) }, () => below(256))), bytes]),
      (bytes) => Buffer.concat([bytes, Buffer.from([0x1f, 0x8b, 8, 0, 0]), bytes.subarray(0, below(bytes.length))]),
    ]
    for (let round = 0; round < 150; round += 1) {
      const hurt = new Set(Array.from({ length: 1 + below(3) }, () => 1 + below(parts.length - 1)))
      const bytes = Buffer.concat(parts.map((part, n) => (hurt.has(n) ? kinds[below(kinds.length)]!(part) : part)))
      const found: string[] = []
      for await (const one of recordsIn(inPieces(bytes, 1 + below(9000)), isAnswer)) {
        if (one.kind === 'record') found.push(/\d+$/.exec(one.head.url ?? '')?.[0] ?? '')
      }
      const whole = ALL.split('').filter((id) => !hurt.has(1 + 2 * Number(id)))
      expect({ round, missing: whole.filter((id) => !found.includes(id)) }).toEqual({ round, missing: [] })
      expect(found.length).toBeLessThanOrEqual(ALL.length + hurt.size)
    }
  })
})

describe('in parts, on several cores', () => {
  let home = folder()
  afterEach(() => {
    home.remove()
    home = folder()
  })

  /** What is found in a file as a whole, and in parts, and in how many. */
  async function both(bytes: Buffer, partBytes: number) {
    const file = join(home.path, 'a.warc.gz')
    writeFileSync(file, bytes)
    const wanted = { wants: () => true, pictures: false }
    const inTurn: ScannedCapture[] = []
    const inParts: ScannedCapture[] = []
    const keep = async (record: Buffer) => ({ file: 'kept', place: { offset: 0, length: record.length, within: null } })
    const scanning = { ...wanted, file, keep }
    await scan(pieces(bytes, 50_000), WHOLE, { ...scanning, tell: (found) => inTurn.push(found) })
    let parts = 0
    const lookThrough = async (part: SourcePart) => {
      parts += 1
      return scanPart(file, part, wanted)
    }
    const region = { begin: 0, end: Number.POSITIVE_INFINITY, isDeflated: false }
    await scanRegion(file, region, lookThrough, { ...scanning, tell: (found) => inParts.push(found) }, partBytes)
    return { inTurn, inParts, parts }
  }

  test.each(forms)('%s: the same as in turn', async (_, bytes) => {
    for (const size of [700, 4000, 20_000, 1_000_000]) {
      const { inTurn, inParts } = await both(bytes, size)
      expect(inTurn).toHaveLength(ALL.length)
      expect(inParts).toEqual(inTurn)
    }
  })

  test('whatever is damaged, and where a record holds records', async () => {
    const random = seeded(11)
    const below = (n: number): number => Math.floor(random() * n)
    // Without compression the members within look as the others do.
    const nested = gzipSync(recordOf('https://www.zaobao.com.sg/story20211115-5', Buffer.concat(members)), { level: 0 })
    let parts = 0
    for (let round = 0; round < 25; round += 1) {
      const hurt = members.map((member) => {
        const kind = below(12)
        if (kind === 0) return member.subarray(0, below(member.length))
        if (kind === 1) return Buffer.from(member.map((byte) => (random() < 0.01 ? below(256) : byte)))
        if (kind === 2) return Buffer.concat([member, Buffer.alloc(below(3000), 7)])
        return kind === 3 ? nested : member
      })
      const found = await both(Buffer.concat(hurt), 200 + below(9000))
      parts += found.parts
      expect({ round, found: found.inParts }).toEqual({ round, found: found.inTurn })
    }
    expect(parts).toBeGreaterThan(200)
  })
})

test.each([
  ['is gone', (file: string) => rmSync(file)],
  ['was cut', (file: string) => writeFileSync(file, records(1)[0]!)],
])('what a file held that %s meanwhile is no more to be had', async (_, change) => {
  const home = folder()
  const file = join(home.path, 'a.warc')
  writeFileSync(file, Buffer.concat(records()))
  const captures = await openCaptures(await warcOf([file], home.path), {
    io: testIo(home.path),
    wants: () => true,
    pictures: false,
    scanPart: () => Promise.resolve(null),
    report: (line) => expect.fail(line),
  })
  expect(captures.all).toHaveLength(10)
  change(file)
  expect(await captures.read(captures.all[9]!)).toBeNull()
  await captures.close()
  home.remove()
})
