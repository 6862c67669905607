import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { exchangeRecords, infoRecord } from '../../src/core/warc/exchange.ts'
import { answerIn, isAnswer } from '../../src/core/warc/capture.ts'
import { recordsIn } from '../../src/edge/warc/records.ts'
import { english } from '../../src/words/words.ts'
import { seeded } from '../support/layouts.ts'

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

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

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
