import { describe, expect, test } from 'vitest'
import { toMarkdown, writeBody } from '../../src/core/markdown/index.ts'
import { readContent } from '../../src/sites/index.ts'

const BASE = 'https://www.zaobao.com.sg/news/china/story20260101-1'
const HOST = 'https://www.zaobao.com.sg'

/** The names of news photos that hold a word of stand-ins; the last is a photo named by that word alone. */
const NAMES =
  'port-loading.jpg loading-port_Large.jpg pixel_9_pro.jpg gray-whale.jpg empty-shelves.jpg transparent-solar.webp dummy-missile.jpg lazy-cat.jpg blank-paper-protest.jpg grey_market.png spacer-bridge.jpg 空-empty.jpg default-risk.png placeholder-ballot.jpg white_house.jpg dot.com.jpg loading.jpg'.split(
    ' ',
  )

type Case = readonly [name: string, html: string, picture: string | null]

const SOURCES: readonly Case[] = [
  ['a switch', '<img src="/a.jpg" data-src="true">', '/a.jpg'],
  ['a number', '<img src="/a.jpg" data-lazy="1" data-src="0.75">', '/a.jpg'],
  ['JSON', `<img src="/a.jpg" data-original='{"src":"/b.jpg"}'>`, '/a.jpg'],
  ['a page', '<img src="/a.jpg" data-url="/news/china/story20260102-2">', '/a.jpg'],
  ['a page by its ending', '<img src="/photo?id=5" data-src="/b.html">', '/photo?id=5'],
  ['its own page', `<img src="/photo?id=5" data-src="${BASE}">`, '/photo?id=5'],
  ['nothing', '<img src="/a.jpg" data-src="" data-original="#">', '/a.jpg'],
  ['words', '<img src="/a.jpg" data-original="photo / archive">', '/a.jpg'],
  ['a stand-in', '<img src="/a.jpg" data-src="/blank.gif">', '/a.jpg'],
  ['a script', '<img src="/a.jpg" data-src="javascript:x.jpg">', '/a.jpg'],
  ['a picture', '<img src="/a.jpg" data-src="/b.jpg">', '/b.jpg'],
  [
    'a picture without an ending',
    '<img src="data:image/gif;base64,R" data-original="//c.example/42">',
    '//c.example/42',
  ],
  ['another attribute', '<img src="data:image/gif;base64,R" data-big="/b.jpg">', '/b.jpg'],
  ['the attribute of a forum', '<img src="static/none.gif" file="/b.jpg">', '/b.jpg'],
  ['a source set', '<img src="/grey.png" srcset="/s.jpg 300w,/l.jpg 1200w">', '/l.jpg'],
  ['a lazy source set', '<img src="/img/lazy-placeholder.svg" data-srcset="/s.jpg 1x, /l.jpg 2x">', '/l.jpg'],
  ['a source set with commas in it', '<img srcset="/w_1,h_1/a.jpg 1x, /w_2,h_2/a.jpg 2x">', '/w_2,h_2/a.jpg'],
  ['a source', '<picture><source srcset="/l.webp 900w"><img src="/default.png"></picture>', '/l.webp'],
  ['a noscript', '<img src="/img/placeholder.png"><noscript><img src="/b.jpg"></noscript>', '/b.jpg'],
  ['a noscript before', '<noscript><img src="/b.jpg"></noscript><img src="/loading.svg">', '/b.jpg'],
  ['a blurred copy', '<img src="/a.jpg?w=20&blur=9" srcset="/a.jpg?w=900 900w">', '/a.jpg?w=900'],
  ['a pixel that loads late', '<img width=1 height=1 src="/1x1.png" data-src="/b.jpg">', '/b.jpg'],
  ['a pixel by its style', '<img style="width:1px;height:1px" src="/count?x">', null],
  ['a pixel by its name', '<img src="/a/spacer.gif">', null],
  ['a lazy attribute beside a stand-in of no known name', '<img src="b.gif" data-echo="/b.jpg">', '/b.jpg'],
  ['that of a proxy', '<img src="/static/1.JiBnMqyl6S.gif" data-pagespeed-lazy-src="/b.jpg">', '/b.jpg'],
  ['a pattern that a script fills in', '<img src="/300/a.jpg" data-src="/{width}/a.jpg">', '/300/a.jpg'],
  [
    'a pattern beside a twin',
    '<img src="data:image/gif;base64,R" data-src="/{w}/a.jpg"><noscript><img src="/300/a.jpg"></noscript>',
    '/300/a.jpg',
  ],
  ['addresses in JSON', `<img src="data:image/gif;base64,R" data-set='{"/a.jpg?x=1":[500,300]}'>`, '/a.jpg?x=1'],
  ['escaped addresses in JSON', String.raw`<img src="/blank.gif" data-set='[{"u":"\/i\/a.jpg"}]'>`, '/i/a.jpg'],
  [
    'a background',
    `<div class="lead" style="height:400px;background:#eee url('/a.jpg?x=1') no-repeat"></div>`,
    '/a.jpg?x=1',
  ],
  ['a lazy background', '<div class="lozad" data-background-image="/a.jpg"></div>', '/a.jpg'],
  ['a lazy background, as a style has it', '<section data-bg="url(/a.webp)"></section>', '/a.webp'],
  ['a lazy box', '<div class="image" data-src="/a.jpg"></div>', '/a.jpg'],
  ['a background that is a drawing', '<div style="background-image:url(/line.svg)"></div>', null],
  ['a background of the size of a letter', '<span style="width:16px;background:url(/a.png)"></span>', null],
  ['its own data', '<img src="data:image/gif;base64,R">', null],
  ['a set of another loader', '<img data-bgset="/s.jpg 300w, /l.jpg 900w">', '/l.jpg'],
  ['a set of a slider', '<img src="/grey.png" data-flickity-lazyload-srcset="/s.jpg 1x,/l.jpg 2x">', '/l.jpg'],
  ['a set of one', '<img src="data:image/gif;base64,R" data-opt-srcset="/a.jpg">', '/a.jpg'],
  ['a background with a blank in its name', `<div style="background:url('/a 1.jpg')"></div>`, '/a 1.jpg'],
  ['a lazy background with one', `<div data-bg='url("/a 1.jpg")'></div>`, '/a 1.jpg'],
  ['a background with brackets in its name', `<div style='background:url("/a(1).jpg")'></div>`, '/a(1).jpg'],
  ['a set of backgrounds', '<div class="lazyload" data-bgset="/s.jpg 300w, /l.jpg 900w"></div>', '/l.jpg'],
  ['a background of a paragraph', '<p style="background-image:url(/a.jpg)"></p>', '/a.jpg'],
  ['a background of a header', '<header style="background-image:url(/a.jpg)"></header>', '/a.jpg'],
  ['backgrounds one upon the other', '<div style="background:linear-gradient(#fff,red), url(/a.jpg)"></div>', '/a.jpg'],
  ['words in the place of an address', '<div data-background="photo of a.jpg"></div>', null],
]

function bodyOf(html: string): string {
  const content = readContent(`<p>甲</p>${html}<p>乙</p>`, BASE)
  return content === null ? '' : writeBody(content.body.blocks).markdown
}

describe.each([
  ['of any page', (html: string) => toMarkdown(`<p>甲</p>${html}<p>乙</p>`, BASE)],
  ['of a story', bodyOf],
])('a picture %s', (_, read) => {
  test.each(NAMES)('named %s stays, and so does its caption', (name) => {
    const url = new URL(`/i/${name}`, HOST).href
    const html = `<figure><img src="/i/${name}"><figcaption>图说</figcaption></figure>`
    expect(read(html)).toBe(`甲\n\n![图说](${url})\n\n图说\n\n乙`)
  })

  test.each(SOURCES)('%s', (__, html, picture) => {
    const shown = picture === null ? '' : `![](${new URL(picture, HOST).href})\n\n`
    expect(read(html)).toBe(`甲\n\n${shown}乙`)
  })

  test('behind words is a background, in a figure it has the caption', () => {
    expect(read('<div style="background:url(/a.jpg)"><p>丙</p></div>')).toBe('甲\n\n丙\n\n乙')
    const figure = '<figure><div style="background-image:url(/a.jpg)"></div><figcaption>图说</figcaption></figure>'
    expect(read(figure)).toBe(`甲\n\n![图说](${HOST}/a.jpg)\n\n图说\n\n乙`)
  })

  test('with no address of its own is what the link around it leads to, where that is a picture', () => {
    const lazy = '<img src="data:image/gif;base64,R">'
    expect(read(`<a href="/a.jpg">${lazy}</a>`)).toContain(`![](${HOST}/a.jpg)`)
    expect(read(`<a href="/news/china/story20260102-2">${lazy}</a>`)).toBe('甲\n\n乙')
  })

  test('two lazy pictures, each with its twin, one of them with an address of its own', () => {
    const html =
      '<div><img src="/blank.gif"><noscript><img src="/a.jpg"></noscript><img src="/b.jpg"><noscript><img src="/b.jpg"></noscript></div>'
    expect(read(html).match(/\/[ab]\.jpg/g)).toEqual(['/a.jpg', '/b.jpg'])
  })
})

describe('what is said of a picture', () => {
  const A = `![](${HOST}/a.jpg)`

  test.each([
    [
      'a caption keeps links, marks and line breaks',
      '<figure><img src="/a.jpg"><figcaption>图：<a href="https://example.org/p">某人</a>，<b>一行</b><br>Next</figcaption></figure>',
      `![图：某人，一行 Next](${HOST}/a.jpg)\n\n图：[某人](https://example.org/p)，**一行**  \nNext`,
    ],
    [
      'a caption beside the picture keeps them too',
      '<div><img src="/a.jpg"></div><div class="caption">图：<a href="/p">某人</a></div>',
      `![图：某人](${HOST}/a.jpg)\n\n图：[某人](${HOST}/p)`,
    ],
    [
      'text below a picture is the story’s',
      '<div><img src="/a.jpg"><br><b>首次</b>：正文。</div>',
      `${A}\n\n**首次**：正文。`,
    ],
    ['in an item too', '<ul><li><img src="/a.jpg"><p>甲：<b>重</b></p></li></ul>', `- ${A}\n\n  甲：**重**`],
    [
      'text that says what the picture says is its caption',
      '<div><img src="/a.jpg" alt="图说（社）"><br>图说（社）</div>',
      `![图说（社）](${HOST}/a.jpg)\n\n图说（社）`,
    ],
    [
      'the frame of a picture is no link of its caption',
      '<div class="carousel-item"><a href="/a.jpg"><img src="/a.jpg"><div>图说</div></a></div>',
      `![图说](${HOST}/a.jpg)\n\n图说`,
    ],
    ['what an icon is called is no caption', '<img src="/a.jpg" width="16" height="16" alt="已核实">', A],
    [
      'an ornament shown again says nothing again',
      '<div><img src="/o.png" alt="甲图"></div><p>文</p><div><img src="/o.png" alt="乙图"></div>',
      `![甲图](${HOST}/o.png)\n\n甲图\n\n文`,
    ],
  ])('%s', (_, html, markdown) => {
    expect(bodyOf(html)).toBe(`甲\n\n${markdown}\n\n乙`)
  })
})
