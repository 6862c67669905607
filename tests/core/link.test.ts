import { expect, test } from 'vitest'
import { mendLink } from '../../src/core/web/link.ts'
import { parseFeed } from '../../src/index.ts'
import { readName } from '../../src/pipeline/story/story-name.ts'
import { readList } from '../../src/sites/index.ts'

const STORY = 'https://www.zaobao.com/realtime/china/story20260312-9000001'
const BASE = 'https://www.zaobao.com/realtime/china'

const MENDED = [
  'www.zaobao.com/realtime/china/story20260312-9000001',
  'https://www.zaobao.comhttps://www.zaobao.com/realtime/china/story20260312-9000001',
  'http://www.zaobao.comhttps://www.zaobao.com/realtime/china/story20260312-9000001',
  'https://www.zaobao.com/https://www.zaobao.com/realtime/china/story20260312-9000001',
  'https://zaobao.comhttps://www.zaobao.com/realtime/china/story20260312-9000001',
  'https://www.zaobao.com.sghttps://www.zaobao.com/realtime/china/story20260312-9000001',
  'https://www.zaobao.comwww.zaobao.com/realtime/china/story20260312-9000001',
  'https://www.zaobao.com/www.zaobao.com/realtime/china/story20260312-9000001',
  'https://www.zaobao.com//www.zaobao.com/realtime/china/story20260312-9000001',
  'https://https://www.zaobao.com/realtime/china/story20260312-9000001',
  'https:https://www.zaobao.com/realtime/china/story20260312-9000001',
  'https:/www.zaobao.com/realtime/china/story20260312-9000001',
  'https:www.zaobao.com/realtime/china/story20260312-9000001',
  'https//www.zaobao.com/realtime/china/story20260312-9000001',
  'https:///www.zaobao.com/realtime/china/story20260312-9000001',
  STORY,
]
test.each(MENDED)('%s is the story', async (link) => {
  expect(mendLink(link, BASE)).toBe(STORY)
  const feed = `<rss version="2.0"><channel><link>${BASE}</link><item><title>题</title><link>${link}</link></item></channel></rss>`
  expect((await parseFeed(feed))[0]!.url).toBe(STORY)
  const list = JSON.stringify({ response: { articles: [{ title: '题', href: link }] } })
  expect(readList({ body: list, url: BASE }, 0)?.items[0]?.url).toBe(STORY)
})

test.each([
  `https://www.google.com.sg/url?sa=t&url=${encodeURIComponent(STORY)}&usg=x`,
  `https://www.google.com/url?q=${STORY}&sa=D`,
  `http://www.bing.com/news/apiclick.aspx?ref=FexRss&tid=1&url=${encodeURIComponent(STORY)}&c=1`,
  `https://link.zhihu.com/?target=${encodeURIComponent(STORY)}`,
  `https://l.facebook.com/l.php?u=${encodeURIComponent(STORY)}&h=x`,
  `https://apc01.safelinks.protection.outlook.com/?url=${encodeURIComponent(STORY)}&data=05`,
  `https://apc01.safelinks.protection.outlook.com/?url=${encodeURIComponent(`https://www.google.com/url?q=${STORY}&sa=D`)}`,
  `https://c.pc.qq.com/middlem.html?pfurl=${encodeURIComponent(STORY)}&pfuin=1`,
])('%s leads to the story', (link) => {
  expect(mendLink(link, BASE)).toBe(STORY)
  expect(readName(link)).toEqual({ kind: 'address', url: STORY })
})

test.each([
  'https://www.google.com/url?q=javascript:alert(1)',
  'https://www.google.com/search?q=https://www.zaobao.com/a',
  'https://www.facebook.com/sharer/sharer.php?u=https://www.zaobao.com/a',
  'https://link.zhihu.com/?target=x',
  'https://web.archive.org/web/2020/https://www.zaobao.com/a',
  'https://example.org/?u=https://www.zaobao.com/a',
  'https://example.org/example.org/a',
  'story20260312-9000001',
  '/realtime/china/story20260312-9000001',
  '//www.zaobao.com/a',
  'index.html',
  'story.php?x=1',
  'http/about',
  'https',
  'mailto:a@example.org',
  '?id=1',
  '',
])('%j is what it is', (link) => {
  expect(mendLink(link, BASE)).toBe(link)
})

test('a host without scheme is one where it is the base', () => {
  expect(mendLink('zaobao.com/a', BASE)).toBe('https://zaobao.com/a')
  expect(mendLink('example.org/a', BASE)).toBe('example.org/a')
})

test.each([
  ['https://example.orgexample.org/a', 'https://example.org/a'],
  ['https://example.org/https://example.org/a', 'https://example.org/a'],
  ['https://example.org//http:/www.example.org/a', 'http://www.example.org/a'],
  ['https://a.examplehttps://b.example/x', 'https://b.example/x'],
  ['http://a.examplehttp://b.example', 'http://b.example'],
  ['https://xhttps://b.example/x', 'https://b.example/x'],
  ['httphttps://example.org/a', 'https://example.org/a'],
  ['http:http://example.org/a', 'http://example.org/a'],
  ['https://http://https://example.org/a', 'https://example.org/a'],
  ['HTTPS//Example.org/a', 'HTTPS://Example.org/a'],
  ['http:////example.org/a', 'http://example.org/a'],
  ['HTTPS://Example.orghttps://example.ORG/a', 'https://example.ORG/a'],
  ['WWW.example.org/a', 'https://WWW.example.org/a'],
  ['ZAOBAO.com?x', 'https://ZAOBAO.com?x'],
  ['awww.example.org/a', 'awww.example.org/a'],
  ['xhttps:/a.example', 'xhttps:/a.example'],
  ['x http://https://a.example', 'x http://https://a.example'],
  ['http://a.www.zaobao.com/', 'http://a.www.zaobao.com/'],
])('%s was meant as %s', (link, meant) => {
  expect(mendLink(link, BASE)).toBe(meant)
})
