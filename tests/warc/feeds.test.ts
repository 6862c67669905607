import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { State } from '../../src/core/archive/state.ts'
import { headBytes, recordBytes } from '../../src/core/warc/record.ts'
import { treeOf } from '../archive/support/folder.ts'
import { call, folder, storiesIn } from '../support/program.ts'

let home = folder()
afterEach(() => {
  home.remove()
  home = folder()
})

const FEED = 'https://news.example.org/feed.xml'
const OTHER = 'https://news.example.org/other.xml'
const STORY = 'https://news.example.org/a/ferry.html'
const archive = () => join(home.path, 'archive')
const former = async () =>
  Object.entries(await treeOf(archive()))
    .filter(([path]) => path.startsWith('.zaobao/revisions/'))
    .map(([, text]) => text)

/** What a story says at a time: `words` stand in each of its paragraphs. */
const bodyOf = (words: string) =>
  [1, 2, 3, 4]
    .map((n) => `<p>${words}第${n}段：青石镇的轮渡昨天在早上八点复航，首班船坐满了人，船公司说票价不变。</p>`)
    .join('')
const feedOf = (words: string) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>镇报</title><item><title>渡口复航</title><link>${STORY}</link><guid>${STORY}</guid><pubDate>Tue, 16 Nov 2021 00:30:00 GMT</pubDate><description><![CDATA[${bodyOf(words)}]]></description></item></channel></rss>`
const pageOf = (words: string) =>
  `<!DOCTYPE html><html><head><title>渡口复航</title></head><body><article><h1>渡口复航</h1>${bodyOf(words)}</article></body></html>`

function answered(url: string, hour: number, text: string, type: string): Buffer {
  const at = `2021-11-16T${String(hour).padStart(2, '0')}:00:0${url === FEED ? 0 : 5}Z`
  const block = Buffer.concat([headBytes('HTTP/1.1 200 OK', [['Content-Type', type]]), Buffer.from(text)])
  return recordBytes(
    [
      ['WARC-Type', 'response'],
      ['WARC-Date', at],
      ['WARC-Target-URI', url],
    ],
    block,
  )
}
const feedAt = (hour: number, words: string) => answered(FEED, hour, feedOf(words), 'application/rss+xml')
const pageAt = (hour: number, words: string) => answered(STORY, hour, pageOf(words), 'text/html; charset=utf-8')

async function backfill(...records: Buffer[]) {
  writeFileSync(join(home.path, 'a.warc'), Buffer.concat(records))
  return call(['backfill', '--warc', 'a.warc', '--feed', FEED, '--feed', OTHER], { cwd: home.path })
}

describe('a feed that was captured several times', () => {
  test('is compared with each page as it was then', async () => {
    const records = [feedAt(1, '甲'), pageAt(1, '甲'), feedAt(3, '乙'), pageAt(3, '乙')]
    expect(await backfill(...records)).toMatchObject({ code: 0, stderr: 'backfill: 1 written, 1 revised\n' })
    expect([...storiesIn(archive()).values()]).toEqual([expect.stringContaining('乙第4段')])
    expect(await former()).toEqual([expect.stringContaining('甲第4段')])
    const before = await treeOf(archive())
    expect(await backfill(...records.toReversed())).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(await treeOf(archive())).toEqual(before)
  })

  test('gives each of its texts in its turn where no page was captured', async () => {
    const records = [feedAt(1, '甲'), feedAt(2, '甲'), feedAt(3, '乙')]
    // Its page is missed once, whatever the number of texts.
    expect(await backfill(...records)).toMatchObject({
      code: 1,
      stderr: `${STORY}: no capture of it is at hand; the feed's own text stands in, the page is queued for the next run\nbackfill: 1 written, 1 revised, 1 with the feed's own text while its page is queued for the next run\n`,
    })
    expect([...storiesIn(archive()).values()]).toEqual([expect.stringContaining('乙第4段')])
    expect(await former()).toEqual([expect.stringContaining('甲第4段')])
    const { queue } = JSON.parse(readFileSync(join(archive(), '.zaobao/state.json'), 'utf8')) as State
    expect(queue).toMatchObject([{ id: '3d529eb429', tries: 1 }])
    const before = storiesIn(archive())
    const again = await backfill(...records.toReversed())
    expect(again.stdout).toBe('')
    expect(storiesIn(archive())).toEqual(before)
  })

  test.each<[string, (words: string) => string]>([
    ['its own headline', (words) => feedOf(words)],
    ['a headline and no text', (words) => feedOf(words).replace(/<description>.*<\/description>/s, '')],
  ])(
    'is beside another with %s: what changes in one of them is a text, and no headline takes turns',
    async (_, shown) => {
      const otherAt = (hour: number, words: string) =>
        answered(OTHER, hour, shown(words).replace('<title>渡口', '<title>镇报：渡口'), 'application/rss+xml')
      const records = [
        feedAt(1, '甲'),
        otherAt(2, '甲'),
        feedAt(3, '乙'),
        otherAt(4, '乙'),
        feedAt(5, '丙'),
        otherAt(6, '丙'),
      ]
      const { stderr } = await backfill(...records)
      expect(stderr).toContain('backfill: 1 written, 2 revised')
      expect(new Set((await former()).map((text) => /(.)第4段/.exec(text)?.[1]))).toEqual(new Set(['甲', '乙']))
    },
  )

  test.each<[string, (words: string) => string]>([
    ['as it was', () => feedOf('甲')],
    ['by its beginning', (words) => feedOf(words).replace(/(?<=<!\[CDATA\[).*(?=\]\]>)/s, `<p>${words}第1段。</p>`)],
  ])('stands before another that shows the story %s', async (_, shown) => {
    const otherAt = (hour: number, words: string) => answered(OTHER, hour, shown(words), 'application/rss+xml')
    await backfill(feedAt(1, '甲'), otherAt(2, '甲'), feedAt(3, '乙'), otherAt(4, '乙'))
    expect([...storiesIn(archive()).values()]).toEqual([expect.stringContaining('乙第4段')])
    expect(await former()).toEqual([expect.stringContaining('甲第4段')])
  })

  test('is followed by another that shows what was changed after its last capture', async () => {
    const otherAt = (hour: number, words: string) =>
      answered(OTHER, hour, feedOf(words).replace('票价不变', '票价照旧'), 'application/rss+xml')
    await backfill(feedAt(1, '甲'), otherAt(2, '甲'), otherAt(4, '乙'))
    expect([...storiesIn(archive()).values()]).toEqual([expect.stringContaining('乙第4段')])
  })
})
