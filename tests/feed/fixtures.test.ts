import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { parseFeed } from '../../src/index.ts'
import { gbk } from '../charset/double-byte.ts'

const fixture = (name: string) => readFile(new URL(`../../fixtures/feeds/${name}`, import.meta.url))

it('reads what RSSHub makes of a Zaobao list', async () => {
  const items = await parseFeed(await fixture('rsshub.xml'), 'http://localhost:1200/zaobao/realtime/china')
  expect(items.map(({ title, url, published }) => ({ title, url, published }))).toEqual([
    {
      title: '港口城市试行夜间轮渡  居民盼延长班次',
      url: 'https://www.zaobao.com/realtime/china/story20211110-9000001',
      published: '2021-11-10T07:37:00.000Z',
    },
    {
      title: '研究：城市树荫可使街面降温约三度',
      url: 'https://www.zaobao.com/realtime/china/story20211110-9000002',
      published: '2021-11-10T06:05:00.000Z',
    },
    { title: '互动：百年老街今昔', url: 'https://interactive.example.org/old-street', published: null },
  ])
  expect(items[0]!.html).toMatch(/^<figure><img src="https:\/\/static[^>]+><figcaption>夜间轮渡停靠旧码头/)
  expect(items[0]!.html).toMatch(/<p>航运公司回应，若客流量稳定，明年会考虑加班。<\/p><\/div>$/)
  expect(items[2]!.html).toBeNull()
})

it('reads past a CDATA section inside another', async () => {
  const items = await parseFeed(await fixture('style-cdata.xml'))
  expect(items.map(({ title }) => title)).toEqual(['嵌入小工具的新闻', '其后的新闻完好'])
  expect(items[0]!.html).toMatch(/^<p>首段在小工具之前。<\/p>.*<p>末段在小工具之后。<\/p>$/)
  expect(items[0]!.html).not.toContain(']]>')
  expect(items[1]!.html).toBe('<p>这一则不受影响。</p>')
})

it('keeps a CDATA section without its end from swallowing the next items', async () => {
  const items = await parseFeed(await fixture('unclosed-cdata.xml'))
  expect(items.map(({ url, html }) => [url?.slice(-7), html])).toEqual([
    ['9000021', '<p>这一段后面没有结尾标记。</p>'],
    ['9000022', '<p>这一段完整。</p>'],
    ['9000023', '<p>这一段也完整。</p>'],
  ])
})

it('reads a feed of the static era in GBK', async () => {
  const source = gbk((await fixture('static-era.xml')).toString())
  expect(await parseFeed(source, 'http://www.zaobao.com/zg/zg.xml')).toEqual([
    {
      title: '春耕时节 合作社试用新式插秧机',
      url: 'http://www.zaobao.com/zg/zg090401_501.shtml',
      published: '2009-04-01T01:30:00.000Z',
      html: '农户说，一台机器一天可插三十亩 & 省下不少人手。',
    },
    {
      title: '古城门修缮完工',
      url: 'http://www.zaobao.com/zg/zg090401_502.shtml',
      published: '2009-04-01T02:15:00.000Z',
      html: '修缮历时两年，城门四月起开放。',
    },
  ])
})
