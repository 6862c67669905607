import { describe, expect, test } from 'vitest'
import { readPage } from '../../src/sites/index.ts'
import { PAGES } from '../support/pages.ts'
import { said } from '../../src/words/words.ts'

const URL_ASKED = 'https://www.zaobao.com/realtime/china/story20260312-9000001'
const OTHER_URL = 'https://www.zaobao.com/realtime/china/story20200101-1000001'

interface Node {
  headline?: string
  published?: string
  more?: Record<string, unknown>
}

function node({ headline, published = '2026-03-12T10:00:00+08:00', more = {} }: Node): Record<string, unknown> {
  return { '@type': 'NewsArticle', headline, datePublished: published, ...more }
}

const OTHER = {
  isAccessibleForFree: false,
  author: { '@type': 'Person', name: '别人' },
  keywords: '别的词',
}

/** A story that the page recommends, marked in all that it says. */
function other(more: Record<string, unknown> = {}, headline = '桥梁检修的旧闻'): Record<string, unknown> {
  return node({ headline, published: '2026-03-12T08:00:00+08:00', more: { ...OTHER, ...more } })
}

function scripts(...values: unknown[]): string {
  return values.map((value) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`).join('')
}

function page(head: string, above = ''): string {
  return (
    `<!doctype html><html><head><title>渡口复航 | 联合早报</title>${head}</head><body><main data-testid="article-page">${above}<h1>渡口复航</h1>` +
    `<article id="article-body" class="article-body"><p>第一段。</p><p>第二段。</p></article></main></body></html>`
  )
}

function read(html: string, url = URL_ASKED) {
  const found = readPage({ html, url })
  if (found.kind !== 'story') throw new Error(said(found.detail))
  const { title, published, access, bylines, keywords } = found.extract
  return { title, published, access, bylines, keywords }
}

const RIGHT = {
  title: '渡口复航',
  published: '2026-03-12T02:00:00.000Z',
  access: 'public',
  bylines: [] as string[],
  keywords: [] as string[],
}
const NOTHING = { ...RIGHT, published: null }

const own = node({ headline: '渡口复航', more: { url: URL_ASKED } })
const LINKED: Array<[string, string, typeof NOTHING | typeof RIGHT]> = [
  ['two scripts, that of another story first', scripts(other({ url: OTHER_URL }), own), RIGHT],
  ['two scripts, its own first', scripts(own, other({ url: OTHER_URL })), RIGHT],
  ['an array', scripts([other({ url: OTHER_URL }), own]), RIGHT],
  ['a graph', scripts({ '@graph': [other({ url: OTHER_URL }), own] }), RIGHT],
  [
    'mainEntityOfPage as text',
    scripts(other(), node({ headline: '另题', more: { mainEntityOfPage: URL_ASKED } })),
    RIGHT,
  ],
  [
    'mainEntityOfPage as a node',
    scripts(other(), node({ headline: '另题', more: { mainEntityOfPage: { '@type': 'WebPage', '@id': URL_ASKED } } })),
    RIGHT,
  ],
  ['an @id with a fragment', scripts(other(), node({ headline: '另题', more: { '@id': `${URL_ASKED}#news` } })), RIGHT],
  [
    'an address relative to the page',
    scripts(other(), node({ headline: '另题', more: { url: '/realtime/china/story20260312-9000001' } })),
    RIGHT,
  ],
  [
    'the address of the other edition',
    scripts(
      other(),
      node({ headline: '另题', more: { url: 'http://zaobao.com.sg/news/china/story20260312-9000001?ref=x' } }),
    ),
    RIGHT,
  ],
  ['headlines alone', scripts(other(), node({ headline: '渡口复航' })), RIGHT],
  ['a headline with the name of the site', scripts(other(), node({ headline: '渡口复航 | 联合早报' })), RIGHT],
  [
    'an address that is no story and a headline',
    scripts(other(), node({ headline: '渡口复航', more: { mainEntityOfPage: 'https://www.zaobao.com/' } })),
    RIGHT,
  ],
  [
    'names and keywords that are HTML',
    scripts(
      node({
        headline: '渡口复航',
        more: {
          keywords: 'R&amp;D,caf&eacute;, <b>汛期</b>',
          author: [{ name: 'Ren&eacute; Dup&#234; ' }, '联合早报', ' 甲 '],
        },
      }),
    ),
    { ...RIGHT, bylines: ['René Dupê', '甲'], keywords: ['R&D', 'café', '汛期'] },
  ],
  ['another story alone, by its address', scripts(other({ url: OTHER_URL })), NOTHING],
  [
    'another story alone, by its address, under the same headline',
    scripts(other({ url: OTHER_URL }, '渡口复航')),
    NOTHING,
  ],
  ['another story alone, by its headline', scripts(other()), NOTHING],
  ['two others', scripts(other(), other({}, '又一桩旧闻')), NOTHING],
  ['a node that says nothing of whose it is, alone', scripts(node({})), RIGHT],
  ['two such nodes', scripts(node({}), node({})), NOTHING],
  [
    'meta elements of another story',
    `<meta property="og:url" content="${OTHER_URL}"><meta property="og:title" content="旧闻">` +
      `<meta property="article:published_time" content="2026-03-12T08:00:00+08:00">`,
    NOTHING,
  ],
]

describe('ld+json and meta elements of a page with', () => {
  test.each(LINKED)('%s', (_, head, expected) => {
    expect(read(page(head))).toEqual(expected)
  })
})

test('what stands above the headline is of other stories', () => {
  const teaser =
    '<ul><li><a href="/x">旧闻</a><time datetime="2026-03-12T08:00:00+08:00"></time><span class="author">文 / 别人</span></li></ul>'
  expect(read(page('', teaser))).toEqual(NOTHING)
  const below = page('', teaser).replace('</h1>', '</h1><time datetime="2026-03-12T10:00:00+08:00"></time>')
  expect(read(below)).toEqual(RIGHT)
})

describe('hydration data with', () => {
  const SG = 'https://www.zaobao.com.sg/news/china/story20260312-9000001'
  const mine = { headline: '渡口复航', create_time: 1_773_280_800, body_cn: '<p>正文第一段。</p><p>正文第二段。</p>' }
  const others = { headline: '旧闻', create_time: 1_773_273_600, body_cn: '<p>旧闻的正文。</p>', authors: ['别人'] }

  function hydrated(data: unknown): string {
    const literal = JSON.stringify(JSON.stringify({ loaderData: data }))
    return `<title>渡口复航 | 联合早报</title><h1>渡口复航</h1><script>window.__staticRouterHydrationData = JSON.parse(${literal});</script>`
  }

  test.each<[string, unknown]>([
    ['a recommended story nearer than its own', { a: { related: { ...others } }, b: { c: { d: { story: mine } } } }],
    ['a recommended story named by its address', { a: { article: { ...others, url: OTHER_URL } }, b: { story: mine } }],
    [
      'another headline, in its place',
      { a: { article: { ...mine, headline: '渡口今早复航通车' } }, b: { related: others } },
    ],
  ])('%s', (_, data) => {
    const found = readPage({ html: hydrated(data), url: SG })
    expect(found.kind === 'story' && found.extract.body.text).toContain('正文第一段')
    expect(found.kind === 'story' && found.extract).toMatchObject({ published: RIGHT.published, bylines: [] })
  })

  test('none but recommended stories gives no story', () => {
    const found = readPage({ html: hydrated({ a: { article: { ...others, url: OTHER_URL } } }), url: SG })
    expect(found.kind).toBe('refused')
  })
})

test.each(Object.entries(PAGES))('%s beside ld+json of another story', (_, make) => {
  const story = {
    title: '渡口复航',
    url: 'https://www.zaobao.com.sg/news/china/story20260312-9000001',
    published: RIGHT.published,
    bodyHtml: '<p>第一段。</p><p>第二段。</p>',
  }
  const html = make(story).replace(/<head>/, `<head>${scripts(other({ url: OTHER_URL }))}`)
  expect(read(html, story.url)).toMatchObject({ published: RIGHT.published, access: 'public', keywords: [] })
})
