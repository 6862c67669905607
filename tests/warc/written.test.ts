import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { present } from '../../src/core/present.ts'
import { type RecordedExchange, exchangeRecords } from '../../src/core/warc/exchange.ts'
import { openRecorder, type Recorder } from '../../src/edge/warc/recorder.ts'
import { fetchAt } from '../support/fetch.ts'
import { testHttp } from '../support/http.ts'
import { folder } from '../support/program.ts'
import { serveBytes } from '../support/server.ts'
import { type CheckedRecord, checkWarcs, type CodedSite, recordsByPeer, serveCoded, warcsIn } from '../support/warc.ts'

const NOW = Date.UTC(2021, 10, 15, 1, 2, 3, 45)
const DAY_MS = 86_400_000

let site: CodedSite
let home = folder()
beforeAll(async () => void (site = await serveCoded(40)))
afterAll(() => site.server.close())
afterEach(() => {
  home.remove()
  home = folder()
})

/** `+a`: a file takes what is added, and nothing of it may go; root alone may say so, on some file systems. */
function pin(how: '+a' | '-a', path: string): void {
  execFileSync('chattr', [how, path], { stdio: 'ignore' })
}

function mayPin(): boolean {
  const own = folder()
  const path = join(own.path, 'pinned')
  writeFileSync(path, '')
  try {
    pin('+a', path)
    pin('-a', path)
    return true
  } catch {
    return false
  } finally {
    own.remove()
  }
}

const statusOf = ({ start }: CheckedRecord) => Number(start?.split(' ')[1])
const inOrder = (texts: readonly string[]) => texts.toSorted((a, b) => (a < b ? -1 : 1))
const answersIn = (records: readonly CheckedRecord[]) =>
  records.filter(({ type }) => type === 'response' || type === 'revisit')

describe('what a fetch with warc keeps', () => {
  test('of forty stories of all layouts and codings: each exchange, found right by readers that are not ours', async () => {
    const asked = site.server.requests.length
    expect(await fetchAt(NOW, { site, home }, { warc: true })).toMatchObject({ code: 0, err: 'fetch: 40 written\n' })
    expect(await fetchAt(NOW + 60_000, { site, home }, { warc: true })).toEqual({ code: 0, out: '', err: '' })
    const paths = warcsIn(join(home.path, 'archive/warc'))
    expect(paths.map((path) => path.replace(/^.*\/zaobao-20211115-[0-9a-f]{8}/, ''))).toEqual(['-00000.warc.gz'])
    const { records, wrong } = await checkWarcs(paths)
    expect(wrong).toEqual([])
    const requests = records.filter(({ type }) => type === 'request')
    const shown = requests.map(({ start = '' }) => start.replace(' HTTP/1.1', ''))
    expect(inOrder(shown)).toEqual(inOrder(site.server.requests.slice(asked)))
    const answers = answersIn(records)
    const counts = [200, 302, 304].map((status) => answers.filter((one) => statusOf(one) === status).length)
    expect([...counts, answers.length]).toEqual([42, 8, 1, 51])
    expect(answers.find((one) => statusOf(one) === 304)).toMatchObject({
      type: 'revisit',
      profile: 'http://netpreserve.org/warc/1.1/revisit/server-not-modified',
      date: '2021-11-15T01:03:03.045Z',
    })
    const codings = answers.flatMap(({ headers = [] }) => headers.filter(([name]) => name === 'content-encoding'))
    expect(new Set(codings.map(([, value]) => value))).toEqual(new Set(['gzip', 'br', 'deflate']))
    const peer = await recordsByPeer(paths[0]!)
    expect(peer.map(({ headers }) => headers['WARC-Record-ID'])).toEqual(records.map(({ id }) => id))
    // What undici took off: the chunks are told of, the length is that of what stands there.
    const chunked = answers.filter(({ headers = [] }) =>
      headers.some(([name]) => name === 'X-Archive-Orig-Transfer-Encoding'),
    )
    expect(chunked.length).toBeGreaterThan(10)
  })

  test('of another day another file, elsewhere where a folder is named, nothing in a dry run', async () => {
    const flags = { warc: join(home.path, 'captures'), limit: 1 }
    await fetchAt(NOW, { site, home }, { ...flags, dryRun: true })
    expect(() => warcsIn(flags.warc)).toThrow('ENOENT')
    await fetchAt(NOW, { site, home }, flags)
    await fetchAt(NOW + DAY_MS, { site, home }, flags)
    expect(warcsIn(flags.warc).map((path) => /zaobao-(\d+)-/.exec(path)?.[1])).toEqual(['20211115', '20211116'])
    expect((await checkWarcs(warcsIn(flags.warc))).wrong).toEqual([])
  })

  test('a story is archived though its capture cannot be kept: one line, and exit 1', async () => {
    writeFileSync(join(home.path, 'file'), '')
    const { code, err } = await fetchAt(NOW, { site, home }, { warc: join(home.path, 'file'), limit: 3 })
    expect({ code, err }).toEqual({
      code: 1,
      err: `cannot make the folder ${home.path}/file: something else stands in its place; move it away, or choose another folder (EEXIST); the run goes on and keeps no captures\nfetch: 3 written\n`,
    })
  })
})

function exchangeOf(n: number, more: Partial<RecordedExchange> = {}): RecordedExchange {
  return {
    url: new URL(`https://www.zaobao.com.sg/realtime/china/story20211115-${n}`),
    at: NOW + n,
    asked: [['user-agent', 'test/1.0']],
    status: 200,
    reason: 'OK',
    headers: [['Content-Type', 'text/html']],
    body: Buffer.from(`<p>${'渡口复航。'.repeat(50 + n)}</p>`),
    cut: null,
    ...more,
  }
}

describe('an exchange as records', () => {
  const textOf = (more: Partial<RecordedExchange>) =>
    exchangeRecords(exchangeOf(1, more), () => '0').map((record) => record.toString('latin1'))

  test('what tells who asks is left out, on both sides', () => {
    const [answer, request] = textOf({
      url: new URL('https://who:secret@www.zaobao.com.sg/a?b#secret'),
      asked: [
        ['Authorization', 'secret'],
        ['cookie', 'secret'],
        ['Proxy-Authorization', 'secret'],
        ['accept', '*/*'],
      ],
      headers: [
        ['Set-Cookie', 'secret'],
        ['set-cookie', 'secret'],
        ['Proxy-Authenticate', 'secret'],
        ['ETag', '"1"'],
      ],
    })
    expect(`${answer}${request}`).not.toContain('secret')
    expect(answer).toContain('WARC-Target-URI: https://www.zaobao.com.sg/a?b\r\n')
    expect(answer).toContain('HTTP/1.1 200 OK\r\nETag: "1"\r\n\r\n')
    expect(request).toContain(
      'GET /a?b HTTP/1.1\r\nhost: www.zaobao.com.sg\r\nconnection: keep-alive\r\naccept: */*\r\n\r\n',
    )
  })

  test.each([
    ['a true length stays', [['content-length', '4']], 'content-length: 4\r\n\r\nbody'],
    [
      'a length of more than came',
      [['Content-Length', '9']],
      'X-Archive-Orig-Content-Length: 9\r\nContent-Length: 4\r\n\r\nbody',
    ],
    [
      'chunks',
      [['Transfer-Encoding', 'chunked']],
      'X-Archive-Orig-Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\nbody',
    ],
    ['neither', [], 'OK\r\n\r\nbody'],
  ] as const)('HTTP that is true to itself: %s', (_, headers, end) => {
    expect(textOf({ headers, body: Buffer.from('body') })[0]).toContain(`${end}\r\n\r\n`)
  })

  test('304 is a revisit where validators were sent, with the headers as they came', () => {
    const more = {
      status: 304,
      reason: 'Not Modified',
      headers: [['Content-Length', '900']] as const,
      body: Buffer.alloc(0),
    }
    const [answer] = textOf({ ...more, asked: [['if-none-match', '"1"']] })
    expect(answer).toContain('WARC-Type: revisit\r\n')
    expect(answer).toContain('\r\nContent-Length: 900\r\n\r\n')
    expect(answer).not.toContain('Payload-Digest')
    expect(textOf(more)[0]).toContain('WARC-Type: response\r\n')
  })
})

describe('what the client hands to be recorded', () => {
  async function recorded(answer: (write: (text: string) => void, end: () => void) => void, timeoutMs?: number) {
    const firsts: string[] = []
    const server = await serveBytes((socket, first) => {
      firsts.push(first.toString('latin1'))
      answer(
        (text) => void socket.write(text, 'latin1'),
        () => void socket.end(),
      )
    })
    const exchanges: RecordedExchange[] = []
    const http = testHttp({ ...present({ timeoutMs }), record: async (exchange) => void exchanges.push(exchange) })
    await http.get(`${server.origin}/a?b=c`)
    await http.close()
    await server.close()
    return { firsts, exchanges }
  }

  test('the request is byte for byte what the server was sent', async () => {
    const { firsts, exchanges } = await recorded((write, end) => {
      write('HTTP/1.1 200 Fine Here\r\nX-One: \xe9\r\nx-two: 2\r\nX-One: 3\r\nConnection: close\r\n\r\nwhole')
      end()
    })
    const [answer, request] = exchangeRecords(exchanges[0]!, () => '0').map((record) => record.toString('latin1'))
    expect(request).toContain(`\r\n\r\n${firsts[0]}\r\n\r\n`)
    expect(answer).toContain(
      'HTTP/1.1 200 Fine Here\r\nX-One: \xe9\r\nx-two: 2\r\nX-One: 3\r\nConnection: close\r\n\r\nwhole\r\n\r\n',
    )
    expect(answer).not.toContain('Truncated')
  })

  test.each([
    ['disconnect', 'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf', true],
    ['time', 'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf', false],
    ['length', 'HTTP/1.1 404 Not Found\r\nContent-Length: 999999\r\n\r\nhalf', false],
  ])('a body that was not had whole says so: %s', async (cut, text, ends) => {
    const { exchanges } = await recorded(
      (write, end) => {
        write(text)
        if (ends) end()
      },
      cut === 'time' ? 300 : 30_000,
    )
    expect(exchanges[0]).toMatchObject({ cut })
    expect(exchanges.length).toBe(cut === 'disconnect' ? 3 : 1)
  })
})

describe('files of captures', () => {
  const lines: string[] = []
  function recorder(now = () => NOW): Recorder {
    const report = (line: string) => void lines.push(line)
    return openRecorder({
      folder: home.path,
      cwd: '/',
      archive: 'archive',
      about: [['software', 'test']],
      now,
      report,
    })
  }
  async function record(...exchanges: RecordedExchange[]): Promise<void> {
    const one = recorder()
    await Promise.all(exchanges.map((exchange) => one.record(exchange)))
    await one.close()
  }
  async function targets(): Promise<string[]> {
    const { records, wrong } = await checkWarcs(warcsIn(home.path))
    expect(wrong).toEqual([])
    return answersIn(records).map((one) => /\d+$/.exec(one['target-uri'] ?? '')?.[0] ?? '')
  }
  // The body of a page that came compressed looks like a member of the file, where it does not get smaller any more.
  const packed = gzipSync(Buffer.from(Array.from({ length: 30_000 }, (_, n) => (n * n * 7 + n) % 251)))

  test.each([0, 1, 9, 30, 200, 700])(
    'a file that a dead run left torn by %i bytes is cut back to its last whole record',
    async (left) => {
      await record(exchangeOf(1), exchangeOf(2, { body: packed, headers: [['content-encoding', 'gzip']] }))
      const [path = ''] = warcsIn(home.path)
      const whole = readFileSync(path)
      const member = gzipSync(exchangeRecords(exchangeOf(3, { body: packed }), () => '0')[0]!)
      appendFileSync(path, member.subarray(0, left))
      await record(exchangeOf(4))
      expect(await targets()).toEqual(['1', '2', '4'])
      expect(readFileSync(path).subarray(0, whole.length).equals(whole)).toBe(true)
    },
  )

  test("what a dead run left half at the end of another day's last file is cut off too", async () => {
    await record(exchangeOf(1))
    const [path = ''] = warcsIn(home.path)
    appendFileSync(path, gzipSync(exchangeRecords(exchangeOf(3), () => '0')[0]!).subarray(0, 90))
    const later = recorder(() => NOW + 48 * 3_600_000)
    await later.record(exchangeOf(2))
    await later.close()
    expect(warcsIn(home.path)).toHaveLength(2)
    expect(await targets()).toEqual(['1', '2'])
  })

  test.skipIf(!mayPin()).each([
    ['of the day', 0],
    ['of another day', 48],
  ])('a torn file %s that may not be cut stays, and another takes what comes', async (_, hours) => {
    await record(exchangeOf(1))
    const [path = ''] = warcsIn(home.path)
    appendFileSync(path, gzipSync(exchangeRecords(exchangeOf(3), () => '0')[0]!).subarray(0, 90))
    const torn = readFileSync(path)
    const later = recorder(() => NOW + hours * 3_600_000)
    pin('+a', path)
    try {
      await later.record(exchangeOf(2))
      await later.close()
    } finally {
      pin('-a', path)
    }
    expect(later.hasFailed()).toBe(false)
    expect(warcsIn(home.path)).toHaveLength(2)
    expect(readFileSync(path).equals(torn)).toBe(true)
  })

  test('what stands behind the last whole record goes, zeros too; a file of none is begun anew', async () => {
    await record(exchangeOf(1))
    const [path = ''] = warcsIn(home.path)
    appendFileSync(path, Buffer.alloc(3_000_000))
    await record(exchangeOf(2))
    expect(await targets()).toEqual(['1', '2'])
    truncateSync(path, 100)
    await record(exchangeOf(3))
    expect(await targets()).toEqual(['3'])
    truncateSync(path, 0)
    await record(exchangeOf(4))
    expect(await targets()).toEqual(['4'])
  })

  test.each<[string, (whole: Buffer) => Buffer]>([
    ['whose last record is damaged', (whole) => Buffer.from(whole).fill(9, whole.length - 8, whole.length - 4)],
    ['with words behind it', (whole) => Buffer.concat([whole, Buffer.from('words of another program')])],
    [
      'that was packed anew, as a whole',
      (whole) => gzipSync(Buffer.concat([gunzipSync(whole), Buffer.alloc(65 * 1024 * 1024)])),
    ],
  ])("a file %s is no dead run's: it stays as it is, and another is begun", async (_, spoil) => {
    await record(exchangeOf(1))
    const [path = ''] = warcsIn(home.path)
    const spoiled = spoil(readFileSync(path))
    writeFileSync(path, spoiled)
    await record(exchangeOf(2))
    expect(readFileSync(path).equals(spoiled)).toBe(true)
    rmSync(path)
    expect(await targets()).toEqual(['2'])
  })

  test('what is full, has another name too, or is no file of ours is left as it is', async () => {
    await record(exchangeOf(1))
    const [first = ''] = warcsIn(home.path)
    const name = (number: number) => first.replace('-00000.', `-0000${number}.`)
    linkSync(first, join(home.path, 'backup'))
    await record(exchangeOf(2))
    rmSync(join(home.path, 'backup'))
    truncateSync(name(1), 1_000_000_000)
    await record(exchangeOf(3))
    mkdirSync(name(3))
    await record(exchangeOf(4))
    rmSync(name(1))
    rmSync(name(3), { recursive: true })
    expect(await targets()).toEqual(['1', '3', '4'])
    expect(lines).toEqual([])
  })

  test('a file that grows full is followed by another one, and so is that of a day that is over', async () => {
    await record(exchangeOf(1))
    const [first = ''] = warcsIn(home.path)
    // A gap of zeros in front: the file is near its full size, its last record whole.
    const whole = readFileSync(first)
    truncateSync(first, 0)
    truncateSync(first, 999_999_999 - whole.length)
    appendFileSync(first, whole)
    let at = Date.UTC(2021, 10, 15, 23, 59, 59, 999)
    const one = recorder(() => at)
    await one.record(exchangeOf(2))
    const { size } = statSync(first)
    expect(size).toBeGreaterThan(1_000_000_000)
    await one.record(exchangeOf(3))
    at += 1
    await one.record(exchangeOf(4))
    await one.close()
    expect(statSync(first).size).toBe(size)
    rmSync(first)
    const [second = '', third = ''] = warcsIn(home.path)
    expect([second, third].map((path) => /\d{8}-\w+-\d{5}/.exec(path)?.[0].replace(/-\w+-/, ' '))).toEqual([
      '20211115 00001',
      '20211116 00000',
    ])
    expect(await targets()).toEqual(['3', '4'])
  })

  test('another run that is let in goes on with the file, dies in it, and its records stay', async () => {
    const one = recorder()
    await one.record(exchangeOf(1))
    await record(exchangeOf(2))
    appendFileSync(warcsIn(home.path)[0]!, gzipSync(exchangeRecords(exchangeOf(3), () => '0')[0]!).subarray(0, 90))
    await one.record(exchangeOf(4))
    await one.close()
    expect(await targets()).toEqual(['1', '2', '4'])
  })

  test('many at once are one write, in order, each told of when all is durable', async () => {
    const one = recorder()
    const done: number[] = []
    await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        one
          .record(exchangeOf(n))
          .then(() => {
            done.push(n)
            return gunzipSync(readFileSync(warcsIn(home.path)[0]!))
          })
          .then((bytes) => expect(bytes.toString('latin1')).toContain(`story20211115-${n}\r\n`)),
      ),
    )
    await one.close()
    expect(done).toHaveLength(30)
    expect(await targets()).toEqual(Array.from({ length: 30 }, (_, n) => String(n)))
  })
})
