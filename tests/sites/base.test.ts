import { expect, test } from 'vitest'
import { writeBody } from '../../src/core/markdown/index.ts'
import { readPage } from '../../src/sites/index.ts'

const URL = 'https://www.zaobao.com.sg/realtime/china/story20260103-9700001'
const BODY =
  '<p>一段话，<a href="b">链</a>，<a href="/c">链</a>，<a href="https://d.example/">链</a>，<a href="#e">注</a>。</p><p><img src="f.jpg"></p>'

/** A page's `base`, and where `b`, `/c` and `f.jpg` lead. */
const BASES: Array<[string, string, string, string]> = [
  [
    '',
    'https://www.zaobao.com.sg/realtime/china/b',
    'https://www.zaobao.com.sg/c',
    'https://www.zaobao.com.sg/realtime/china/f.jpg',
  ],
  ['<base href="https://m.example/x/">', 'https://m.example/x/b', 'https://m.example/c', 'https://m.example/x/f.jpg'],
  [
    '<BASE target=_blank HREF=/x/y>',
    'https://www.zaobao.com.sg/x/b',
    'https://www.zaobao.com.sg/c',
    'https://www.zaobao.com.sg/x/f.jpg',
  ],
  [
    '<base href="/x/"><base href="/y/">',
    'https://www.zaobao.com.sg/x/b',
    'https://www.zaobao.com.sg/c',
    'https://www.zaobao.com.sg/x/f.jpg',
  ],
  [
    '<base target="_top"><base href="/y/">',
    'https://www.zaobao.com.sg/y/b',
    'https://www.zaobao.com.sg/c',
    'https://www.zaobao.com.sg/y/f.jpg',
  ],
  [
    '<base href="javascript:x">',
    'https://www.zaobao.com.sg/realtime/china/b',
    'https://www.zaobao.com.sg/c',
    'https://www.zaobao.com.sg/realtime/china/f.jpg',
  ],
]

test.each(BASES)('a page with "%s"', (base, ...addresses) => {
  const html = `<html><head>${base}</head><body><h1>题</h1><article class="article-body">${BODY}</article></body></html>`
  const page = readPage({ html, url: URL })
  const markdown = page.kind === 'story' ? writeBody(page.extract.body.blocks).markdown : ''
  const found = [...markdown.matchAll(/\]\((\S+?)\)/g)].map(([, address]) => address)
  const [b, c, f] = addresses
  expect(found.filter((each) => !each?.includes('#'))).toEqual([b, c, 'https://d.example/', f])
})
