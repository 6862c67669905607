import { spawnSync } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readNames } from '../../src/commands/addresses.ts'
import { dayNamed } from '../../src/core/days.ts'
import { namesInLine, readName, type StoryName } from '../../src/pipeline/story/story-name.ts'
import { testIo } from '../support/io.ts'
import { BIN, folder } from '../support/program.ts'
import { CHINESE_ZONE } from '../../src/core/time.ts'

const URLS = [1, 2, 3].map((n) => `https://www.zaobao.com.sg/realtime/china/story20260405-910000${n}`)
const [URL_1 = '', URL_2 = '', URL_3 = ''] = URLS

function namesIn(list: string) {
  const io = {
    ...testIo('/'),
    async *stdin() {
      yield Buffer.from(list)
    },
  }
  return readNames(['-'], null, io)
}

test.each([
  ['its address', URL_1, URL_1],
  ['blanks and a carriage return', `  ${URL_1}\r`, URL_1],
  ['a word behind it', `${URL_1}\t第二条`, URL_1],
  ['a comment behind it', `${URL_1} # the bridge`, URL_1],
  ['angle brackets', `<${URL_1}>`, URL_1],
  ['angle brackets in an item', `- <${URL_1}>`, URL_1],
  ['a Markdown link', `[海湾大桥（二）](${URL_1})`, URL_1],
  ['a Markdown link with brackets in its text', `[[独家] 大桥](${URL_1} "今日")`, URL_1],
  ['a Markdown link in angle brackets', `* [大桥](<${URL_1}>)`, URL_1],
  ['an item that is done', `- [x] [大桥](${URL_1})`, URL_1],
  ['a numbered item', `12. ${URL_1}`, URL_1],
  ['a quotation', `> ${URL_1}`, URL_1],
  ['quotes and a comma', `"${URL_1}",`, URL_1],
  ['a headline before it', `海湾大桥合龙 ${URL_1}`, URL_1],
  ['a sentence around it', `见：${URL_1}，另见旧文。`, URL_1],
  ['brackets of Chinese', `（${URL_1}）`, URL_1],
  ['a full stop of Chinese behind it', `${URL_1}。`, URL_1],
  ['a column before it', `海湾大桥,${URL_1},2026`, URL_1],
  ['a reference', `[1]: ${URL_1}`, URL_1],
  ['a link of HTML', `<li><a class="x" href="${URL_1}?a=1&amp;b=2">大桥</a></li>`, `${URL_1}?a=1&b=2`],
  ['a bookmark', `<DT><A HREF="${URL_1}" ADD_DATE="1">大桥</A>`, URL_1],
  ['a number', '20260405-9100001', '20260405-9100001'],
  ['a number in an item', '- story20260405-9100001', 'story20260405-9100001'],
  ['an address without its scheme', `//${URL_1.slice(8)} 大桥`, `//${URL_1.slice(8)}`],
  [
    'that of a copy',
    `[大桥](https://web.archive.org/web/2026id_/${URL_1})`,
    `https://web.archive.org/web/2026id_/${URL_1}`,
  ],
  ['a record', `{"id":"1","title":"见 https://a.example/2","url":"${URL_1}","html":"<p>文<em>一</em></p>"}`, URL_1],
  [
    'the first record of a list',
    `[{"title":"见 https://a.example/2","url":"${URL_1}","html":"<a href=/3>文</a>"},`,
    URL_1,
  ],
  [
    'the last record of a list',
    `  {"title":"见 https://a.example/2","url":"${URL_1}","html":"<a href=/3>文</a>"}]`,
    URL_1,
  ],
  ['a record that is cut', `{"title":"大桥","url":"${URL_1}","mark`, URL_1],
  ['a record without an address', `{"title":"大桥","url":null}`, '{"title":"大桥","url":null}'],
  ['nothing', ' \t', ''],
  ['a comment', `# ${URL_1}`, ''],
])('a line holds %s', (_, line, expected) => {
  expect(namesInLine(line)).toEqual(expected === '' ? [] : [expected])
})

test.each([
  ['addresses', `${URL_1} ${URL_2}\t${URL_3}`],
  ['addresses with commas', `${URL_1}, ${URL_2}, ${URL_3}`],
  ['records', JSON.stringify([URL_1, URL_2, URL_3].map((url) => ({ title: '见 https://a.example/2', url })))],
  ['records and a comma', `{"url":"${URL_1}"},{"url":"${URL_2}"},{"url":"${URL_3}"},`],
])('a line holds several %s', async (_, line) => {
  expect(namesInLine(line)).toEqual([URL_1, URL_2, URL_3])
  expect([...(await namesIn(line)).addresses]).toEqual([URL_1, URL_2, URL_3])
})

test('of several in a line the one that is none is named', async () => {
  const { addresses, faults } = await namesIn(`${URL_1} https://www.zaobao.com.sg/realtime/china`)
  expect([...addresses]).toEqual([URL_1])
  expect(faults).toEqual([
    expect.stringMatching(/: line 1: https:\/\/www\.zaobao\.com\.sg\/realtime\/china: a list page/),
  ])
})

describe('a story is named', () => {
  const id = (number: string, day: string | null = '2026-04-05'): StoryName => ({ kind: 'id', id: number, day })
  test.each<[string, string, StoryName]>([
    ['by its address', URL_1, { kind: 'address', url: URL_1 }],
    ['without the scheme', URL_1.slice(8), { kind: 'address', url: URL_1 }],
    ['without the scheme, its slashes before it', URL_1.slice(6), { kind: 'address', url: URL_1 }],
    [
      'of a paper that is not known, the same',
      '//news.example.org/a',
      { kind: 'address', url: 'https://news.example.org/a' },
    ],
    ...[
      `https://web.archive.org/web/20260406010203/${URL_1}`,
      `http://web.archive.org/web/20260406010203id_/${URL_1}`,
      `https://web.archive.org/web/2026/${URL_1.replace('//', '/')}`,
      `https://web.archive.org/web/*/${URL_1}`,
      `https://web.archive.org/web/20260406000000*/${URL_1}`,
      `https://web.archive.org/web/2026*/${URL_1.slice(8)}`,
      `https://web.archive.org/web/2026/${encodeURIComponent(URL_1)}`,
      `https://web.archive.org/web/2026/${URL_1.replace(':', '%3A')}`,
      `https://web.archive.org/web/${URL_1}`,
      `https://web.archive.org/web/2026/${URL_1.slice(8)}`,
      `//web.archive.org/web/2026/${URL_1}`,
      `web.archive.org/web/2026/${URL_1}`,
      `https://archive.ph/20260406010203/${URL_1}`,
      `https://archive.is/2026.04.06-010203/${URL_1}`,
      `https://archive.today/newest/${URL_1}`,
      `https://arquivo.example/wayback/20260406010203/${URL_1}`,
      `https://web.archive.org/web/2026/https://web.archive.org/web/2025/${URL_1}`,
    ].map(
      (text) =>
        [`by that of a copy in an archive, ${text}`, text, { kind: 'address', url: URL_1 }] satisfies [
          string,
          string,
          StoryName,
        ],
    ),
    [
      'by that of a copy, with its query',
      'https://web.archive.org/web/2019/http://news.example.org/a?id=7&page=2',
      { kind: 'address', url: 'http://news.example.org/a?id=7&page=2' },
    ],
    ['by its path', '/realtime/china/story20260405-9100001', { kind: 'address', url: URL_1 }],
    [
      'by the address of an old page',
      'http://www.zaobao.com/wencui/2010/03/hk100301a.shtml',
      { kind: 'address', url: 'http://www.zaobao.com/wencui/2010/03/hk100301a.shtml' },
    ],
    ['by day and number', '20260405-9100001', id('9100001')],
    ['by the end of its address', 'story20260405-9100001', id('9100001')],
    ['by the end of its address, zeros before the number', 'story20260405-009100001/', id('9100001')],
    ['by the number alone', '9100001', id('9100001', null)],
    ['by its name in the archive', '2026-04-05-9100001', id('9100001')],
    ['by its file', 'archive/2026-04-05/2026-04-05-9100001-海湾大桥.md', id('9100001')],
  ])('%s', (_, text, expected) => {
    expect(readName(text)).toEqual(expected)
  })

  test.each([
    ['y', '"y" is no address of a story'],
    [
      'https://example.org/story20260405-9100001',
      '"https://example.org/story20260405-9100001" is no address of a story',
    ],
    ['20260431-9100001', '"20260431-9100001" names a day that there is not, 2026-04-31'],
    [
      'https://www.zaobao.com.sg/realtime/china',
      'https://www.zaobao.com.sg/realtime/china: a list page, not a story; fetch https://www.zaobao.com.sg/realtime/china archives what it names',
    ],
    [
      'https://www.zaobao.com/more/sitemap/3?pageNo=1',
      'https://www.zaobao.com/more/sitemap/3?pageNo=1: a list page, not a story; fetch https://www.zaobao.com/more/sitemap/3?pageNo=1 archives what it names',
    ],
    [
      'https://www.zaobao.com.sg/sitemaps/sitemap-202604.xml',
      'https://www.zaobao.com.sg/sitemaps/sitemap-202604.xml: a sitemap or feed, not a story; items https://www.zaobao.com.sg/sitemaps/sitemap-202604.xml prints what it names',
    ],
    [
      'https://www.zaochenbao.com/realtime/china/story20260405-9100001',
      'https://www.zaochenbao.com/realtime/china/story20260405-9100001: www.zaochenbao.com republishes Zaobao and is not Zaobao',
    ],
    [
      'https://web.archive.org/web/2026/https://www.zaobao.com.sg/realtime/china',
      'https://www.zaobao.com.sg/realtime/china: a list page, not a story; fetch https://www.zaobao.com.sg/realtime/china archives what it names',
    ],
    ['//', '"//" is no address of a story'],
  ])('not by %s', (text, fault) => {
    expect(readName(text)).toEqual({ kind: 'fault', fault })
  })
})

describe('a list', () => {
  test('with bad lines gives the good ones, and a line for each bad one', async () => {
    const names = await namesIn(
      `\ufeff# April\n\n${URLS[0]}\nnonsense\n[二](${URLS[1]})\r\n20260405-9100003\n1e9\n- bad line\nsee https://me:secret@www.zaobao.com.sg/\n`,
    )
    expect([...names.addresses]).toEqual(URLS.slice(0, 2))
    expect([...names.ids]).toEqual([['9100003', '2026-04-05']])
    expect(names.faults).toEqual([
      'standard input: line 4: "nonsense" is no address of a story',
      'standard input: line 7: "1e9" is no address of a story',
      'standard input: line 8: "- bad line" is no address of a story',
      'standard input: line 9: "www.zaobao.com.sg/" is no address of a story',
    ])
  })

  test('of nothing but bad lines is a fault of usage, of nothing at all is none', async () => {
    await expect(namesIn('x\ny\n')).rejects.toThrow('standard input: line 1: "x"')
    expect((await namesIn('# nothing\n')).faults).toEqual([])
  })

  test('an argument that is a file is told how a list is given', async () => {
    const io = testIo(dirname(fileURLToPath(import.meta.url)))
    await expect(readNames(['addresses.test.ts'], null, io)).rejects.toThrow(
      '"addresses.test.ts" is no address of a story; it is a file: --file addresses.test.ts reads a list',
    )
  })

  test.each(['.', 'x'.repeat(5000), 'a\0b'])('an argument that is no file is told nothing of files', async (text) => {
    await expect(readNames([text], null, testIo('/'))).rejects.toThrow(/ story$/)
  })

  test('an argument that names nothing is a fault of usage', async () => {
    await expect(readNames([URL_1, 'x', 'y'], null, testIo('/'))).rejects.toThrow(/^"x" is [^\n]*\n"y" is [^\n]*$/)
  })
})

describe('days by name', () => {
  // 22 November 2026, 00:00 UTC: 08:00 in Singapore.
  const NOW = Date.UTC(2026, 10, 22)
  test.each([
    ['2026-11-05', '2026-11-05', '2026-11-05'],
    ['2026-11', '2026-11-01', '2026-11-30'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2025', '2025-01-01', '2025-12-31'],
    ['today', '2026-11-22', '2026-11-22'],
    ['yesterday', '2026-11-21', '2026-11-21'],
    ['7d', '2026-11-15', '2026-11-15'],
    ['36h', '2026-11-20', '2026-11-20'],
    ['2026-13', null, null],
    ['2026-02-30', null, null],
    ['2026-1', null, null],
    ['0', null, null],
    ['tomorrow', null, null],
    ['', null, null],
  ])('%s', (text, first, last) => {
    expect([dayNamed(text, 'first', NOW, CHINESE_ZONE), dayNamed(text, 'last', NOW, CHINESE_ZONE)]).toEqual([
      first,
      last,
    ])
  })
})

test('a list may be longer than a call takes arguments', () => {
  const home = folder()
  try {
    const input = Array.from(
      { length: 30_000 },
      (_, n) => `https://www.zaobao.com.sg/realtime/china/story20211110-${2_000_000 + n}\n`,
    ).join('')
    // On a fifth of the usual stack a call takes 25,000 arguments, and not 125,000.
    const { status, stderr } = spawnSync(process.execPath, ['--stack-size=200', BIN, 'backfill', '-', '--dry-run'], {
      ...{ cwd: home.path, input, encoding: 'utf8' },
      env: { PATH: process.env['PATH'], HOME: home.path },
    })
    expect([status, stderr]).toEqual([0, expect.stringMatching(/^30000 stories would be fetched, in about .*\n$/)])
  } finally {
    home.remove()
  }
})
