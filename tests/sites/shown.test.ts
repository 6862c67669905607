import { describe, expect, test } from 'vitest'
import { checkPictures } from '../../src/core/markdown/check.ts'
import { toMarkdown, writeBody } from '../../src/core/markdown/index.ts'
import { readContent, readPage } from '../../src/sites/index.ts'

const URL = 'https://www.zaobao.com.sg/realtime/china/story20260103-9700001'
const DATA = `data:image/png;base64,${'iVBORw0KGgo'.repeat(300)}`

function bodyOf(html: string): string {
  const body = readContent(`<p>甲。</p>${html}<p>乙。</p>`, URL)?.body
  return body === undefined ? '' : writeBody(body.blocks).markdown
}

/** What a page shows beside its paragraphs: the HTML, and what of it is written between them. */
const SHOWN: ReadonlyArray<[string, string, string]> = [
  [
    'the boxes of tasks',
    '<ul><li><input type="checkbox" checked> 做完</li><li><label><input type=CHECKBOX>没做</label></li></ul>',
    '- [x] 做完\n- [ ] 没做',
  ],
  [
    'the words of a drawing',
    '<svg><title>否</title><text>左<tspan x="1">右</tspan></text><text>下</text></svg>',
    '左 右 下',
  ],
  [
    'a formula that is drawn',
    '<p>取<span data-formula="x + 1"><span data-formula="x + 1"><svg><g><path d="M0 0"/></g></svg></span></span>为船数。</p>',
    '取x + 1为船数。',
  ],
  [
    'a formula that is drawn in two lines',
    '<p>取<span data-formula="x + 1"><svg><g/></svg><svg><g/></svg></span>为船数。</p>',
    '取x + 1为船数。',
  ],
  ['the words of a drawing in a line', '<p>前<svg><g><text>中</text></g></svg>后</p>', '前中后'],
  [
    'what stands in a frame',
    '<iframe srcdoc="&lt;p&gt;框里的&lt;b&gt;字&lt;/b&gt;&lt;/p&gt;"></iframe>',
    '框里的**字**',
  ],
  [
    'the picture of a player without an address',
    '<video poster="/p.jpg" src="blob:x"></video>',
    '![](https://www.zaobao.com.sg/p.jpg)',
  ],
  [
    'a player by its address alone',
    '<video poster="/p.jpg" src="/v.mp4"></video>',
    '[视频](https://www.zaobao.com.sg/v.mp4)',
  ],
  ['what a map holds', '<map name="m"><area alt="否" href="/a"><p>图中</p></map>', '图中'],
]

test.each(SHOWN)('%s', (_, html, between) => {
  expect(bodyOf(html)).toBe(`甲。\n\n${between}\n\n乙。`)
  expect(toMarkdown(`<p>甲。</p>${html}<p>乙。</p>`, URL)).toBe(`甲。\n\n${between}\n\n乙。`)
})

const UNSEEN: readonly string[] = [
  '<svg><title>否</title><desc>否</desc><path d="M0"/></svg>',
  '<svg style="display:none"><symbol id="a"><text>否</text></symbol></svg>',
  '<svg><defs><text>否</text></defs><text visibility="visible"></text></svg>',
  '<iframe srcdoc="&lt;p&gt;否&lt;/p&gt;" width="1" height="1"></iframe>',
]

test.each(UNSEEN)('nothing of %s', (html) => {
  expect(bodyOf(html)).toBe('甲。\n\n乙。')
})

describe('a check tells of a picture that stands in the page itself', () => {
  test('and nowhere else', () => {
    const found = checkPictures(`<img src="${DATA}" alt="图">`, URL)
    expect(found).toMatchObject([{ kind: 'picture', markdown: null }])
    expect(found[0]?.source).toMatch(/^data:image\/png;.* 图$/)
  })

  test.each([
    `<img src="${DATA}" data-src="/a.jpg">`,
    `<img src="${DATA}"><noscript><img src="/a.jpg"></noscript>`,
    `<img src="${DATA.slice(0, 900)}">`,
  ])('and not of a stand-in', (html) => {
    expect(checkPictures(html, URL)).toEqual([])
  })
})

test.each(['<script>', '<STYLE>'])('a page of which %s takes the rest is none that has its end', (tag) => {
  const page = (inner: string): string =>
    `<html><body><script>1</script><article class="article"><h1>题</h1><div class="articleBody"><p>甲。</p>${inner}<p>乙。</p></div></article></body></html>`
  expect(readPage({ html: page(''), url: URL })).toMatchObject({ kind: 'story', ending: 'whole' })
  expect(readPage({ html: page(tag), url: URL })).toMatchObject({ kind: 'story', ending: 'open' })
})
