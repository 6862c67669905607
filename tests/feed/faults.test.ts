import { describe, expect, it } from 'vitest'
import { parseFeed } from '../../src/index.ts'

const item = (n: number, inside = '') =>
  `<item><title>第${n}则</title><link>http://example.org/${n}</link>${inside}<description>正文${n}</description></item>`
const entry = (n: number, inside = '', link = `<link href="http://example.org/${n}"/>`) =>
  `<entry><title>第${n}则</title>${link}${inside}<content type="html">正文${n}</content></entry>`
const rss = (items: string, head = '<?xml version="1.0" encoding="UTF-8"?>') =>
  `${head}<rss version="2.0"><channel><title>频道</title><link>http://example.org/</link>${items}</channel></rss>`
const atom = (entries: string) => `<feed xmlns="http://www.w3.org/2005/Atom"><title>源</title>${entries}</feed>`

const good = (n: number) => ({ title: `第${n}则`, url: `http://example.org/${n}`, html: `正文${n}` })
const read = async (source: string) => (await parseFeed(source)).map(({ title, url, html }) => ({ title, url, html }))

describe('a fault in one item costs no other item, and not that item either', () => {
  const faults: [string, string][] = [
    ['a bare ampersand', rss(item(1) + item(2, '<category>衣 & 食</category>') + item(3))],
    ['an unknown entity', rss(item(1) + item(2, '<category>&zaobao;</category>') + item(3))],
    ['an entity of HTML', rss(item(1) + item(2, '<category>a&nbsp;b</category>') + item(3))],
    ['a bare less-than sign', rss(item(1) + item(2, '<category>1 < 2</category>') + item(3))],
    ['an element that is not closed', rss(item(1) + item(2, '<category>财经') + item(3))],
    ['an element that is closed twice', rss(item(1) + item(2, '<category>财经</category></category>') + item(3))],
    ['an element closed under another name', rss(item(1) + item(2, '<category>财经</catgory>') + item(3))],
    ['elements that overlap', rss(item(1) + item(2, '<a>财<b>经</a></b>') + item(3))],
    ['control characters', rss(item(1) + item(2, '<category>\u0001\u0008\u001f</category>') + item(3))],
    ['half a surrogate pair', rss(item(1) + item(2, '<category>\ud83d</category>') + item(3))],
    ['a reference to no character', rss(item(1) + item(2, '<category>&#0;&#xFFFFFFF;</category>') + item(3))],
    ['an attribute without quotes', rss(item(1) + item(2, '<category a=b c>财经</category>') + item(3))],
    ['an attribute without its end', rss(item(1) + item(2, '<category a="b>财经</category>') + item(3))],
    ['a date that is none', rss(item(1) + item(2, '<pubDate>昨天</pubDate>') + item(3))],
    ['a prefix that is not declared', rss(item(1) + item(2, '<sy:x>1</sy:x>') + item(3))],
    ['a comment without its end', rss(item(1) + item(2, '<!-- 注') + item(3))],
    [
      'names of the prototype',
      rss(item(1) + item(2, '<__proto__><title>恶</title></__proto__><constructor>x</constructor>') + item(3)),
    ],
    ['items that are not closed', rss((item(1) + item(2) + item(3)).replaceAll('</item>', ''))],
    ['channel and root not closed', rss(item(1) + item(2) + item(3)).replace('</channel></rss>', '')],
    ['channel closed too early', rss(`${item(1)}</channel>${item(2)}${item(3)}`)],
    ['two roots', rss(item(1) + item(2)) + rss(item(3))],
    ['no version', rss(item(1) + item(2) + item(3)).replace(' version="2.0"', '')],
    ['upper-case tags', rss(item(1) + item(2) + item(3)).replace(/<\/?\w+/g, (tag) => tag.toUpperCase())],
    ['junk before the declaration', `\n\nWarning: mysql_connect()\n${rss(item(1) + item(2) + item(3))}`],
    ['a warning in HTML before it', `<br />\n<b>Notice</b>: x\n${rss(item(1) + item(2) + item(3))}`],
    ['junk behind the end', `${rss(item(1) + item(2) + item(3))}<script>track()</script>`],
    ['two declarations', rss(item(1) + item(2) + item(3), '<?xml version="1.0"?>\n<?xml version="1.0"?>')],
    ['a document type of HTML', rss(item(1) + item(2) + item(3), '<!DOCTYPE html>')],
    ['an Atom date that is none', atom(entry(1) + entry(2, '<updated>2021-13-45</updated>') + entry(3))],
    ['an Atom link without attributes', atom(entry(1) + entry(2, '<link/>') + entry(3))],
    ['Atom links with text', atom(entry(1) + entry(2, '', '<link>http://example.org/2</link>') + entry(3))],
    ['an Atom element that is not closed', atom(entry(1) + entry(2, '<author><name>x') + entry(3))],
  ]
  it.each(faults)('%s', async (_fault, source) => {
    expect(await read(source)).toEqual([good(1), good(2), good(3)])
  })

  it('a feed that is cut off keeps what came', async () => {
    const whole = rss(item(1) + item(2) + item(3))
    const first = whole.indexOf('</item>') + '</item>'.length
    for (let end = first; end < whole.length; end += 3) {
      expect((await read(whole.slice(0, end)))[0], `cut at ${end}`).toEqual(good(1))
    }
    expect(await read(whole.slice(0, whole.indexOf('正文3') + 2))).toEqual([good(1), good(2)])
  })

  it('a JSON Feed that is cut off, or holds what is no item, keeps the others', async () => {
    const items = [1, 2, 3].map((n) => ({
      title: `第${n}则`,
      url: `http://example.org/${n}`,
      content_html: `正文${n}`,
    }))
    const whole = JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items })
    expect((await read(whole.slice(0, -30))).slice(0, 2)).toEqual([good(1), good(2)])
    expect(await read(whole.replace('},{', '},null,7,{'))).toEqual([good(1), good(2), good(3)])
    expect(await read(whole.replace('第2则', '第"2"则'))).toEqual([good(1), good(3)])
    expect(await read(whole.replace('第2则', '第2则\n'))).toEqual([good(1), good(2), good(3)])
    expect(await read(whole.replace('}]', '},]'))).toEqual([good(1), good(2), good(3)])
    expect(await read(whole.replace('"title"', '"__proto__":{"url":"http://evil.org"},"title"'))).toEqual([
      good(1),
      good(2),
      good(3),
    ])
  })

  it('HTML that nobody escaped', async () => {
    const html = '<p>甲<br>乙 & 丙</p><img src=a.jpg><ul><li>丁</ul>'
    const [before, broken, after] = await read(rss(item(1) + item(2).replace('正文2', html) + item(3)))
    expect([before, after]).toEqual([good(1), good(3)])
    expect(broken!.html).toBe(html)
  })

  it('names of the prototype leave the prototype alone', async () => {
    await parseFeed(rss(item(1, '<__proto__><polluted>1</polluted></__proto__>')))
    await parseFeed('{"items":[{"title":"题","__proto__":{"polluted":1}}]}')
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })
})

describe('what a document type declares', () => {
  it('is neither fetched nor expanded', async () => {
    const bomb = Array.from({ length: 40 }, (_, n) => `<!ENTITY a${n + 1} "&a${n};&a${n};">`).join('')
    const type = `<!DOCTYPE rss [<!ENTITY a0 "哈">${bomb}<!ENTITY x SYSTEM "file:///etc/passwd">]>`
    expect(await read(rss(item(1).replace('正文1', '&a40;&x;') + item(2), type))).toEqual([
      { ...good(1), html: '&a40;&x;' },
      good(2),
    ])
  })
})
