import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { headBytes, recordBytes } from '../../src/core/warc/record.ts'
import { treeOf } from '../archive/support/folder.ts'
import { call, folder, storiesIn } from '../support/program.ts'

let home = folder()
afterEach(() => {
  home.remove()
  home = folder()
})

const FEED = 'https://news.example.org/feed.xml'
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
  return call(['backfill', '--warc', 'a.warc', '--feed', FEED], { cwd: home.path })
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
    expect(await backfill(...records)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('backfill: 1 written, 1 revised') as string,
    })
    expect([...storiesIn(archive()).values()]).toEqual([expect.stringContaining('乙第4段')])
    expect(await former()).toEqual([expect.stringContaining('甲第4段')])
    const before = storiesIn(archive())
    const again = await backfill(...records.toReversed())
    expect(again.stdout).toBe('')
    expect(storiesIn(archive())).toEqual(before)
  })
})
