import { describe, expect, test } from 'vitest'
import { writeBody } from '../../src/core/markdown/index.ts'
import { readPage } from '../../src/sites/index.ts'

const URL = 'https://www.zaobao.com.sg/realtime/china/story20260103-9700001'
const [A, B, C] = ['甲', '乙', '丙'].map((name) => `<p>${name}段说了一件事，字数足够长。</p>`) as [
  string,
  string,
  string,
]
const ALL = [A, B, C].map((each) => each.slice(3, -4)).join('\n\n')

/** A page of a layout around a body; `behind` stands where its box of tags may, `foot` at its end. */
type Around = (body: string, behind?: string, foot?: string) => string

const LAYOUTS: Record<string, Around> = {
  'sg-react': (body, behind = '', foot = '') =>
    `<html><body><div id="app"><article class="article"><h1>题目</h1><div class="articleBody">${body}</div>${behind}</article><div class="related"><p>推广的一段话，不是正文。</p></div></div>${foot}</body></html>`,
  'global-bootstrap': (body, behind = '', foot = '') =>
    `<html><body><div class="row"><h1>题目</h1><div class="col"><div class="article-body">${body}</div></div>${behind}<aside><p>推广的一段话，不是正文。</p></aside></div>${foot}</body></html>`,
  drupal7: (body, behind = '', foot = '') =>
    `<html><body><div class="body-content"><h1>题目</h1><div id="FineDining">${body}</div></div>${behind}<footer><p>推广的一段话，不是正文。</p></footer>${foot}</body></html>`,
}

function read(html: string): string | null {
  const page = readPage({ html, url: URL })
  return page.kind === 'story' ? writeBody(page.extract.body.blocks).markdown : page.kind
}

describe.each(Object.entries(LAYOUTS))('an end tag too many in a body of %s', (_, around) => {
  const strays: readonly string[] = [
    `${A}</div>${B}${C}`,
    `${A}</div></div>${B}${C}`,
    `${A}</div>${B}</div>${C}`,
    `${A}\n</div>\n<!-- 评论 -->\n${B}${C}`,
    `${A}</section>${B}</aside>${C}`,
    `${A}${B}</div>${C}`,
    `${A}<div>${B}</div></div>${C}`,
    `<div class="x">${A}</div>${B}</div><div class="x">${C}</div>`,
    `${A}</div>${B.slice(3, -4)}<br>${C.slice(3, -4)}`,
  ]
  test.each(strays)('%s', (body) => {
    expect(read(around(body))?.replace(/ {2}\n/g, '\n\n')).toBe(ALL)
  })

  test('and empty boxes for ads between what follows', () => {
    const ad = '<section id="slot"><div class="ad"><div></div><script>show("广告")</script></div></section>'
    expect(read(around(`${A}</div>${B}${ad}${C}`))).toBe(ALL)
    expect(read(around(`${A}</div>${B}${C}${ad}`))).toBe(ALL)
    expect(read(around(`${A}${B}</div>${C}${ad}<div class="more"><p>推广</p></div>`))).toBe(ALL)
  })

  test('where another element is never ended', () => {
    expect(read(`<div><div>${around(`${A}</div>${B}${C}`)}`)).toMatch(/^甲段/)
  })

  test('takes nothing that the body has no like of', () => {
    for (const box of [
      '<div class="tags">标签</div>',
      '<ul><li>推广</li></ul>',
      '<nav>推广</nav>',
      '<p class="copy">版权</p>',
    ]) {
      expect(read(around(`${A}${B}</div>${C}${box}`))).toBe(ALL)
      expect(read(around(`${A}${B}${C}`, box, '</div></div>'))).toBe(ALL)
    }
  })
})

test('an end tag too many is told also where another element is never ended', () => {
  const page = LAYOUTS['sg-react']!(`${A}</div>${B}${C}`).replace('</div></div></body>', '</div></body>')
  expect(read(page)).toBe(ALL)
})

test('what is said in a line behind an end tag too many is the story’s, whatever it is', () => {
  const said = '<p><ruby>乙<rt>音</rt></ruby>、<dfn>丙</dfn>、<var>丁</var>、<samp>戊</samp>、<tt>己</tt></p>'
  expect(read(LAYOUTS['sg-react']!(`${A}</div>${said}${B}${C}`))).toMatch(/乙（音）、丙、[^]*乙段[^]*丙段/)
})

test('a paragraph behind the body of a page without such is none of it', () => {
  expect(read(LAYOUTS['sg-react']!(`${A}${B}${C}`, '<p>版权所有的一段话。</p>'))).toBe(ALL)
})
