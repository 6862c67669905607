import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Field, headBytes, recordBytes, sha1 } from '../../src/core/warc/record.ts'
import type { State } from '../../src/core/archive/state.ts'
import { drupal8Page } from '../support/pages.ts'
import { keptAt, pngOf } from '../support/pictures.ts'
import { call, folder, storiesIn } from '../support/program.ts'
import { treeOf } from '../archive/support/folder.ts'

let home = folder()
afterEach(() => {
  vi.unstubAllEnvs()
  home.remove()
  home = folder()
})

const SG = 'https://www.zaobao.com.sg/realtime/china/story20211110-9000001'
const OTHER = SG.replace('9000001', '9000002')
const archive = () => join(home.path, 'archive')
const texts = () => [...storiesIn(archive()).values()]
const hour = (n: number) => `2021-11-16T0${n}:00:00Z`
const asLatin1 = (text: string) => Buffer.from(text).toString('latin1')

function page(words: string, url = SG): Buffer {
  const bodyHtml = ['昨天复航，首班船坐满了人。', '的船公司说票价不变。', '的码头已经修好。'].map(
    (end) => `<p>${words}${end}</p>`,
  )
  return Buffer.from(
    drupal8Page({ title: '青石镇渡口复航', url, published: '2021-11-10T01:37:00.000Z', bodyHtml: bodyHtml.join('') }),
  )
}

/** As the generic reader finds a story. */
function plainPage(words: string): Buffer {
  const lines = [1, 2, 3, 4, 5].map(
    (n) =>
      `<p>${words}第${n}段：青石镇的轮渡昨天在早上八点复航，首班船坐满了人，船公司说票价不变，班次照旧，码头已经修好。</p>`,
  )
  return Buffer.from(
    `<!DOCTYPE html><html><head><title>渡口复航</title></head><body><article><h1>渡口复航</h1>${lines.join('')}</article></body></html>`,
  )
}

const HTML = ['Content-Type', 'text/html; charset=utf-8'] as const
const answer = (body: Buffer, fields: readonly Field[] = [HTML], first = 'HTTP/1.1 200 OK') =>
  Buffer.concat([headBytes(first, fields), body])
const redirect = (to: string) => answer(Buffer.alloc(0), [['Location', to]], 'HTTP/1.1 301 Moved Permanently')

function record(url: string, at: string, block: Buffer, more: readonly Field[] = [], type = 'response'): Buffer {
  return recordBytes([['WARC-Type', type], ['WARC-Date', at], ['WARC-Target-URI', url], ...more], block)
}

async function backfill(records: readonly Buffer[], ...args: string[]) {
  writeFileSync(join(home.path, 'a.warc'), Buffer.concat(records))
  return call(['backfill', '--warc', 'a.warc', ...args], { cwd: home.path })
}

const repeated = sha1(page('甲'))
const revisit = (more: readonly Field[], block = Buffer.alloc(0)) =>
  record(SG, hour(3), block, [['WARC-Profile', 'identical-payload-digest'], ...more], 'revisit')
const isFirst: Field = ['WARC-Payload-Digest', repeated]

describe('what other writers make of an answer', () => {
  test.each<[string, Buffer[], string]>([
    [
      'answers before the answer',
      [
        record(
          SG,
          hour(1),
          Buffer.concat([headBytes('HTTP/1.1 103 Early Hints', [['Link', '</a>']]), answer(page('甲'))]),
        ),
      ],
      '甲',
    ],
    [
      'a revisit without a block',
      [record(SG, hour(1), answer(page('甲')), [isFirst]), record(SG, hour(2), answer(page('乙'))), revisit([isFirst])],
      '甲',
    ],
    [
      'a revisit whose digest is written in another way',
      [
        record(SG, hour(1), answer(page('甲')), [isFirst]),
        record(SG, hour(2), answer(page('乙'))),
        revisit([['WARC-Payload-Digest', repeated.toLowerCase()]], answer(Buffer.alloc(0))),
      ],
      '甲',
    ],
    [
      'a revisit of a record that names no digest',
      [
        record(SG, hour(1), answer(page('甲'))),
        record(SG, hour(2), answer(page('乙'))),
        revisit(
          [isFirst, ['WARC-Refers-To-Target-URI', SG], ['WARC-Refers-To-Date', hour(1)]],
          answer(Buffer.alloc(0)),
        ),
      ],
      '甲',
    ],
    [
      'a revisit that says that nothing changed',
      [
        record(SG, hour(1), answer(page('甲')), [isFirst]),
        record(SG, hour(2), answer(page('乙'))),
        record(
          SG,
          hour(3),
          Buffer.alloc(0),
          [['WARC-Profile', 'http://netpreserve.org/warc/1.1/revisit/server-not-modified'], isFirst],
          'revisit',
        ),
      ],
      '乙',
    ],
  ])('%s', async (_, records, words) => {
    expect(await backfill(records)).toMatchObject({ code: 0 })
    expect(texts()).toEqual([expect.stringContaining(`${words}昨天复航`)])
  })

  test('revisits whose answers are in none of the files are counted, those of other stories not', async () => {
    const records = [
      record(SG, hour(1), answer(page('甲'))),
      revisit([['WARC-Payload-Digest', sha1(page('丙'))]]),
      record(OTHER, hour(4), Buffer.alloc(0), [['WARC-Profile', 'identical-payload-digest']], 'revisit'),
    ]
    const line = 'answers that are in none of the files'
    expect(await backfill(records)).toEqual({
      code: 0,
      stdout: expect.stringContaining('9000001') as string,
      stderr: `2 captures repeat ${line}\nbackfill: 1 written\n`,
    })
    expect(await backfill(records, '--quiet')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: `2 captures repeat ${line}\n`,
    })
    expect(await backfill(records, SG)).toMatchObject({
      stderr: '1 capture repeats an answer that is in none of the files\n',
    })
  })

  test('a time without a zone is of UTC', async () => {
    vi.stubEnv('TZ', 'Asia/Shanghai')
    const { stdout } = await backfill([record(SG, '2021-11-16T00:00:00.123456', answer(page('甲')))], '--json')
    expect(stdout).toContain('"fetched":"2021-11-16T00:00:00.123Z"')
  })

  test('a body that is shorter than its length is cut', async () => {
    const body = page('甲')
    const block = answer(body, [HTML, ['Content-Length', String(body.length + 1)]])
    expect(await backfill([record(SG, hour(1), block)])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('its capture ends before its time') as string,
    })
  })

  test.each([
    ['it names no time', record(SG, '20211116000000', answer(page('甲')))],
    ['it holds no answer by HTTP', record(SG, hour(1), page('甲'))],
  ])('a record is named where %s', async (why, wrong) => {
    expect(await backfill([wrong, record(OTHER, hour(1), answer(page('甲', OTHER)))])).toEqual({
      code: 1,
      stdout: expect.stringContaining('9000002') as string,
      stderr: `a.warc: at byte 0: ${why}\nbackfill: 1 written\n`,
    })
  })
})

describe('addresses', () => {
  const first = 'https://news.example.org/a'
  const second = 'https://news.example.org/轮渡.html'

  test('are UTF-8 where they are not encoded, those of redirects too', async () => {
    const records = [
      record(first, hour(1), redirect(asLatin1('/轮渡.html'))),
      record(asLatin1(second), hour(1), answer(plainPage('甲'))),
    ]
    expect(await backfill(records, second)).toMatchObject({ code: 0, stderr: 'backfill: 1 written\n' })
    expect(await backfill(records, first)).toMatchObject({ code: 0 })
  })

  test('to which a page leads that says nothing itself are followed', async () => {
    const leads = Buffer.from('<html><meta http-equiv="refresh" content="0; url=/b.html"><h1>Redirecting</h1></html>')
    const records = [
      record(first, hour(1), answer(leads)),
      record('https://news.example.org/b.html', hour(1), answer(plainPage('甲'))),
    ]
    expect(await backfill(records, first)).toMatchObject({ code: 0, stderr: 'backfill: 1 written\n' })
    expect(texts()).toEqual([expect.stringContaining('甲')])
  })

  test('to which a page leads in another spelling are followed, and a page that leads to itself stands', async () => {
    const leads = Buffer.from('<html><meta http-equiv="refresh" content="0; url=/a/"><h1>Redirecting</h1></html>')
    const records = [record(first, hour(1), answer(leads)), record(`${first}/`, hour(1), answer(plainPage('甲')))]
    expect(await backfill(records, first)).toMatchObject({ code: 0, stderr: 'backfill: 1 written\n' })
    expect(texts()).toEqual([expect.stringContaining('甲')])
    expect(await backfill(records.slice(0, 1), first, '--archive', 'other')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the page only leads on to https://news.example.org/a/') as string,
    })
  })

  test('of another story, to which one that is asked for leads, are followed and not archived for themselves', async () => {
    const records = [
      record(first, hour(1), redirect('/b.html')),
      record('https://news.example.org/b.html', hour(1), answer(plainPage('甲'))),
      record('https://news.example.org/c.html', hour(1), answer(plainPage('乙'))),
    ]
    expect(await backfill(records, first)).toMatchObject({ code: 0, stderr: 'backfill: 1 written\n' })
    expect(texts()).toEqual([expect.stringContaining('甲')])
  })
})

describe('pictures', () => {
  const url = 'https://pictures.example.org/ferry.png'
  const shows = Buffer.from(page('甲').toString().replace('<p>甲的船', `<p><img src="${url}" alt="轮渡"></p><p>甲的船`))
  const story = record(SG, hour(1), answer(shows))
  const PNG = ['Content-Type', 'image/png'] as const
  const moved = record(url, hour(1), redirect('/other.png'))
  const image = record('https://pictures.example.org/other.png', hour(2), answer(pngOf(1), [PNG]))
  /** A chunk of a picture that shows nothing. */
  function chunkOf(length: number): Buffer {
    const chunk = Buffer.alloc(12 + length)
    chunk.writeUInt32BE(length, 0)
    chunk.write('noSe', 4, 'latin1')
    return chunk
  }
  const asked = () =>
    (JSON.parse(readFileSync(join(archive(), '.zaobao/state.json'), 'utf8')) as State).pictures?.map(
      ({ nextTry }) => nextTry,
    )

  test('that were captured are kept, those of stories that are there too; others are asked for by the next run', async () => {
    expect(await backfill([story], '--media')).toMatchObject({ code: 0 })
    expect(asked()).toEqual([expect.any(String)])
    expect(await backfill([story, moved, image], '--media')).toMatchObject({ code: 0 })
    expect(texts()).toEqual([expect.stringContaining(`![轮渡](../${keptAt(pngOf(1))} "${url}")`)])
    expect(asked()).toEqual([])
  })

  test.each<[string, Buffer[]]>([
    ['called a text', [answer(pngOf(1), [['Content-Type', 'text/plain']])]],
    ['called a page, and compressed', [answer(gzipSync(pngOf(1)), [HTML, ['Content-Encoding', 'gzip']])]],
    ['cut at first', [answer(pngOf(1).subarray(0, -3), [PNG]), answer(pngOf(1), [PNG])]],
    ['a page at first', [answer(Buffer.from('<html>Log in</html>'), [PNG]), answer(pngOf(1), [PNG])]],
    ['not to be had later', [answer(pngOf(1), [PNG]), answer(Buffer.from('<html>Gone</html>'), [PNG])]],
  ])('that were captured are told by their content: one that was %s', async (_, answers) => {
    const captured = answers.map((one, n) => record(url, hour(n + 2), one))
    expect(await backfill([story, ...captured], '--media')).toMatchObject({
      code: 0,
      stderr: 'backfill: 1 written, 1 picture kept\n',
    })
    expect(texts()).toEqual([expect.stringContaining(`![轮渡](../${keptAt(pngOf(1))} "${url}")`)])
  })

  test.each([
    ['before', 3],
    ['after', 5],
  ])(
    'of which another came under their address are those of the time of their page, %s the last of them',
    async (_, at) => {
      const other = record(OTHER, hour(at), answer(Buffer.from(shows.toString().replaceAll(SG, OTHER))))
      const images = [1, 2].map((n) => record(url, hour(2 * n), answer(pngOf(n), [PNG])))
      const shown = () => texts().map((text) => text.match(/\(\.\.\/(\S+)/)?.[1])
      await backfill([story, other, ...images], '--media')
      expect(shown()).toEqual([keptAt(pngOf(1)), keptAt(pngOf(2))])
      rmSync(archive(), { recursive: true })
      // Of stories that are there, too.
      await backfill([story, other, ...images])
      await backfill([story, other, ...images], '--media')
      expect(shown()).toEqual([keptAt(pngOf(1)), keptAt(pngOf(2))])
    },
  )

  test('that are larger than a page may be are kept where the configuration lets them be', async () => {
    const noise = Buffer.concat([pngOf(1).subarray(0, 33), chunkOf(18_000_000), pngOf(1).subarray(33)])
    const records = [story, record(url, hour(2), answer(noise, [PNG]))]
    expect(await backfill(records, '--media')).toMatchObject({
      stderr: expect.stringContaining('1 picture not') as string,
    })
    writeFileSync(join(home.path, 'zaobao.config.jsonc'), '{ "maxPictureSize": 20 }')
    expect(await backfill(records, '--media')).toMatchObject({
      code: 0,
      stderr: 'backfill: 0 written, 1 picture kept\n',
    })
  })
})

describe('a text that no layout vouches for', () => {
  const url = 'https://news.example.org/articles/ferry.html'
  const [older, newer] = [record(url, hour(1), answer(plainPage('旧'))), record(url, hour(2), answer(plainPage('新')))]

  test('is not replaced by an older one, however often captures are read', async () => {
    expect(await backfill([older, newer], url)).toMatchObject({ stderr: 'backfill: 1 written, 1 revised\n' })
    const before = await treeOf(archive())
    expect(await backfill([older, newer], url)).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(await backfill([older], url)).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(await treeOf(archive())).toEqual(before)
  })

  test('is replaced by an older one for which one does', async () => {
    expect(await backfill([record(SG, hour(2), answer(page('新')))])).toMatchObject({ code: 0 })
    const journal = join(archive(), '.zaobao/journal/2021-11-10.ndjson')
    writeFileSync(
      journal,
      readFileSync(journal, 'utf8').replace('"extraction":"drupal8"', '"extraction":"drupal8","doubt":"a doubt"'),
    )
    expect(await backfill([record(SG, hour(1), answer(page('旧')))])).toMatchObject({
      stderr: 'backfill: 0 written, 1 revised\n',
    })
    expect(texts()).toEqual([expect.stringContaining('旧')])
  })
})
