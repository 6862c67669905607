import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { newZip, ZipFullError } from '../../src/core/book/zip.ts'
import type { StoryRecord } from '../../src/core/model.ts'
import { keptAt, PICTURES, pngOf } from '../support/pictures.ts'
import { folder } from '../support/program.ts'
import { hasTool } from '../support/tools.ts'
import { bookOf, filesIn } from './support/book.ts'
import { HOSTILE_RECORDS } from './support/hostile-records.ts'
import { recordOf } from './support/records.ts'
import { illFormed } from './support/xml.ts'

const PNG = pngOf(1)
const KEPT = new Map<string, Uint8Array>([
  [keptAt(PNG), PNG],
  ...(['jpg', 'gif', 'avif', 'webp'] as const).map((kind) => [keptAt(PICTURES[kind], kind), PICTURES[kind]] as const),
])
const shows = (path: string): string => `![桥](../${path} "https://a.example/p")\n\n桥`
const [png, jpg, gif, avif, webp] = [...KEPT.keys()] as [string, string, string, string, string]
const GONE = keptAt(pngOf(9))

const RECORDS: readonly StoryRecord[] = [
  recordOf(1, { published: '2026-03-11T15:59:00.000Z', title: '浮桥下月通车　轮渡同日停航' }),
  recordOf(2, { markdown: `甲。\n\n${shows(png)}\n\n${shows(jpg)}`, updated: '2026-03-11T09:30:15.250Z' }),
  recordOf(3, {
    markdown: `${shows(png)}\n\n${shows(gif)}\n\n${shows(avif)}\n\n${shows(GONE)}\n\n${shows(webp)}`,
    path: '2026-03-12/x.md',
  }),
  recordOf(4, {
    markdown: '![](https://a.example/q.jpg)',
    access: 'subscriber',
    extraction: 'generic',
    path: '2026-03-12/y.md',
  }),
  recordOf(5, {
    lang: 'zh-Hant',
    title: '浮橋',
    author: '某报',
    section: null,
    published: null,
    path: '2026-03-12/z.md',
  }),
]

const isReadable = hasTool('python3', 'books by another reader')

describe.runIf(isReadable)('a book', () => {
  const files = filesIn(bookOf(RECORDS, KEPT, ['china']))
  const named = new Map(files.map((file) => [file.name, file.content]))
  const text = (name: string): string => named.get(`EPUB/${name}`) ?? ''

  test('begins with its media type, as it is', () => {
    expect(files[0]).toMatchObject({ name: 'mimetype', stored: true, extra: 0, content: 'application/epub+zip' })
  })

  test('has the same bytes at each time, whatever the machine', () => {
    expect(bookOf(RECORDS, KEPT)).toEqual(bookOf(RECORDS, KEPT))
    expect(new Set(files.map(({ time }) => time.join()))).toEqual(new Set(['1980,1,1,0,0,0']))
    expect(text('package.opf')).toContain('<meta property="dcterms:modified">2026-03-12T02:04:00Z</meta>')
  })

  test('has a page a story and a day, in the order in which they came out', () => {
    expect(spineOf(text('package.opf'))).toEqual([
      'title.xhtml',
      'day-2026-03-11.xhtml',
      'story-9000002.xhtml',
      'story-9000001.xhtml',
      'day-2026-03-12.xhtml',
      'story-9000005.xhtml',
      'story-9000003.xhtml',
      'story-9000004.xhtml',
    ])
    expect(linksOf(text('nav.xhtml'))).toEqual(spineOf(text('package.opf')))
    expect([...text('toc.ncx').matchAll(/<content src="([^"]*)"/g)].map(([, src]) => src)).toEqual(
      spineOf(text('package.opf')),
    )
    expect(text('day-2026-03-11.xhtml')).toMatch(/>10:02<[^]*>浮桥第2段合龙<[^]*>realtime\/china<[^]*>23:59</)
    expect(linksOf(text('day-2026-03-11.xhtml'))).toEqual(['story-9000002.xhtml', 'story-9000001.xhtml'])
  })

  test('is named by its papers, sections and days', () => {
    expect(text('package.opf')).toContain('<dc:title>联合早报 某报 china 2026-03-11 – 2026-03-12</dc:title>')
    expect(text('package.opf')).toMatch(/<dc:language>zh-Hans<[^]*<dc:creator>联合早报<[^]*<dc:creator>某报</)
    expect(text('title.xhtml')).toMatch(
      /<h1>联合早报 某报 china<\/h1>\n<p>2026-03-11 – 2026-03-12<\/p>\n<p>5 stories<\/p>/,
    )
  })

  test('has its times by the clock of the paper, and each text in its language', () => {
    expect(text('story-9000001.xhtml')).toContain('2026-03-11 23:59 · realtime/china · 联合早报')
    expect(text('story-9000001.xhtml')).toContain('<span class="clause">轮渡同日停航</span>')
    expect(text('story-9000005.xhtml')).toMatch(/xml:lang="zh-Hant" lang="zh-Hant"[^]*2026-03-12 · 某报/)
    expect(text('nav.xhtml')).toContain('xml:lang="zh-Hant" lang="zh-Hant">浮橋<')
  })

  test('holds each picture once, as it is kept; of one that is not there or not for e-readers a caption and a link', () => {
    const media = files.filter(({ name }) => name.startsWith('EPUB/media/'))
    expect(media.map(({ name }) => name.slice(5)).toSorted()).toEqual([png, jpg, gif, webp].toSorted())
    for (const { name, content, stored } of media) {
      expect(stored).toBe(true)
      expect(Buffer.from(content, 'latin1')).toEqual(Buffer.from(KEPT.get(name.slice(5))!))
      expect(text('package.opf')).toContain(`href="${name.slice(5)}" media-type="image/`)
    }
    expect(picturesOf(text('story-9000002.xhtml'))).toEqual([png, jpg])
    expect(picturesOf(text('story-9000003.xhtml'))).toEqual([png, gif, webp])
    expect(text('story-9000003.xhtml').match(/picture at a\.example/g)).toHaveLength(2)
    expect(text('story-9000004.xhtml')).toContain('<a href="https://a.example/q.jpg">picture at a.example</a>')
  })

  test('names the section of each headline where there are several', () => {
    expect(text('day-2026-03-12.xhtml')).toContain('realtime/china')
    const one = filesIn(bookOf([recordOf(1)])).find(({ name }) => name.includes('day-'))
    expect(one?.content).not.toContain('realtime/china')
  })

  test('says what is to be told of a story', () => {
    expect(text('story-9000004.xhtml').match(/<p class="note"[^>]*>[^<]*/g)).toEqual([
      expect.stringContaining('For subscribers'),
      expect.stringContaining('Read without a layout'),
    ])
    expect(text('story-9000001.xhtml')).not.toContain('class="note"')
  })

  test('has a story once that is named twice', () => {
    const twice = filesIn(bookOf([RECORDS[0]!, RECORDS[0]!]))
    expect(twice.filter(({ name }) => name.includes('story-'))).toHaveLength(1)
  })

  test('is well-formed, asks for nothing and runs nothing, whatever stands in stories', () => {
    const held = [...files, ...filesIn(bookOf(HOSTILE_RECORDS)), ...filesIn(bookOf([]))]
    const pages = held.filter(({ name }) => /\.(?:xhtml|ncx|opf|xml)$/.test(name)).map(({ content }) => content)
    expect(illFormed(pages)).toEqual([])
    const inTags = (page: string): string => (page.match(/<[^>]*>/g) ?? []).join('')
    for (const page of pages) {
      expect(inTags(page)).not.toMatch(
        /<(?:script|style|iframe|object|embed|form|input|base|svg)\b|\son\w+=|javascript:/i,
      )
      expect(page).not.toMatch(/src="https?:/)
    }
  })
})

function spineOf(opf: string): string[] {
  const hrefs = new Map([...opf.matchAll(/<item id="(\w+)" href="([^"]*)"/g)].map(([, id, href]) => [id, href]))
  return [...opf.matchAll(/<itemref idref="(\w+)"/g)].map(([, id]) => hrefs.get(id)!)
}

const linksOf = (page: string): string[] => [...page.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href!)
const picturesOf = (page: string): string[] => [...page.matchAll(/<img src="([^"]*)"/g)].map(([, src]) => src!)

const home = folder()
afterAll(() => home.remove())

/** Java for one run: nothing of it is worth being compiled well. */
const SHORT_LIVED = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC']

/** What epubcheck says of a book, worse than advice. */
function faultsOf(epub: Uint8Array): string[] {
  const path = join(home.path, 'book.epub')
  writeFileSync(path, epub)
  // Debian's command is a jar that not every machine runs as it is.
  const jar = spawnSync('sh', ['-c', 'command -v epubcheck'], { encoding: 'utf8' }).stdout.trim()
  const args = [...SHORT_LIVED, '-jar', jar, path, '--json', '-', '--quiet']
  const { stdout, stderr } = spawnSync('java', args, { encoding: 'utf8' })
  if (stdout === '') throw new Error(stderr)
  const { messages } = JSON.parse(stdout) as { messages: { ID: string; message: string; locations: object[] }[] }
  return messages.map(({ ID, message, locations }) => `${ID} ${message} ${JSON.stringify(locations[0])}`)
}

const hasEpubcheck = hasTool('epubcheck', 'books by the rules of EPUB') && hasTool('java', 'epubcheck')

test.runIf(hasEpubcheck)('epubcheck has nothing to say, whatever stands in stories', () => {
  const own = HOSTILE_RECORDS.map((record, n) => ({ ...record, id: String(100 + n), path: '2026-03-13/x.md' }))
  expect(faultsOf(bookOf([...RECORDS, ...own], KEPT, ['china']))).toEqual([])
})

test('a ZIP file that cannot hold more says so', () => {
  const zip = newZip()
  for (let n = 0; n < 0xffff; n += 1) zip.add('a', '', true)
  expect(() => zip.add('a', '', true)).toThrow(ZipFullError)
})
