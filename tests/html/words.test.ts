import { parseHtml } from '../../src/core/html/html.ts'
import { describe, expect, test } from 'vitest'
import { lostText, textRuns } from '../../src/core/html/page-words.ts'
import { paragraphsOf } from '../../src/core/html/prose.ts'
import { checkMarkdown, checkText } from '../../src/core/markdown/check.ts'
import { seedBody } from '../../src/core/markdown/seed-body.ts'
import { toMarkdown } from '../../src/core/markdown/index.ts'

const RAW = 'script style title iframe textarea xmp noembed noframes noscript'.split(' ')

describe('raw text that is written empty', () => {
  test.each(RAW)('<%s/> takes no paragraph with it', (name) => {
    expect(toMarkdown(`<p>一</p><${name} id="x" /></${name}><p>二</p><p>三</p>`)).toBe('一\n\n二\n\n三')
  })

  test.each(RAW)('<%s/> without any end tag neither', (name) => {
    expect(toMarkdown(`<p>一</p><${name} id="x"/><p>二</p><p>三</p>`)).toBe('一\n\n二\n\n三')
  })
})

const NEVER_ENDED =
  `select option optgroup datalist button form textarea object video audio canvas map template iframe noscript noembed
  noframes title xmp progress meter rp svg math marquee dialog figure figcaption details custom-thing`.split(/\s+/)
test.each([...NEVER_ENDED, 'script src="x"'])('<%s> that is never ended takes no paragraph with it', (tag) => {
  const html = `<p>一</p><${tag}><p>二</p><p>三</p>`
  for (const around of [html, `<div>${html}</div><p>四</p>`]) {
    const paragraphs = textRuns(around).join('\n\n')
    expect(paragraphs).toContain('三')
    expect(toMarkdown(around)).toBe(paragraphs)
    expect(parseHtml(`<!DOCTYPE html><body>${seedBody(around)}`).body.textContent).toBe(paragraphs.replaceAll('\n', ''))
  }
})

test('a caption that is never ended is the line below its picture', () => {
  const html = '<figure><img src="https://example.com/a.jpg"><figcaption>图：某处<p>一</p><p>二</p>'
  expect(toMarkdown(html)).toBe('![图：某处](https://example.com/a.jpg)\n\n图：某处\n\n一\n\n二')
})

test.each('video audio object canvas'.split(' '))('<%s/> without any end tag takes no paragraph with it', (name) => {
  expect(toMarkdown(`<p>一</p><${name}/><p>二</p><div><${name}><p>三</p></div><p>四</p>`)).toBe('一\n\n二\n\n三\n\n四')
})

const RUNS: Array<[string, string, string[]]> = [
  ['text, references decoded, white space gone', '<p>甲 &amp; 乙</p>\n<p>丙</p>', ['甲&乙', '丙']],
  ['no script, style, comment', '<style>p{}</style><!-- 否 --><script>"否"</script>是', ['是']],
  ['what a textarea shows', '<textarea>甲&lt;<b></textarea>', ['甲<<b>']],
  ['no template', '<template><p>否</p></template>是', ['是']],
  ['a bracket that begins no tag', '1 < 2', ['1<2']],
]

test.each(RUNS)('%s', (_, html, runs) => {
  expect(textRuns(html)).toEqual(runs)
  expect(lostText(html)).toBeNull()
})

const PARAGRAPHS: Array<[string, string, [text: string, linked: number, place: string | null][]]> = [
  ['a link that is half of one', '<p>甲<a href="x">乙</a></p>', [['甲乙', 0.5, 'p']]],
  [
    'lines, in an element and out of it',
    '<div>甲<p>乙<br>丙</div>丁',
    [
      ['甲', 0, 'div'],
      ['乙', 0, 'p'],
      ['丙', 0, 'p'],
      ['丁', 0, null],
    ],
  ],
  [
    'no list of others, to its own end',
    '<div class="related-news"><p>否</p><div>否</div>否</div><p>甲',
    [['甲', 0, 'p']],
  ],
  ['no furniture', '<nav><nav>否</nav>否</nav><ul><li>否</ul><div id=ad>否</div>甲', [['甲', 0, null]]],
  [
    'no items, with ends or without',
    '<ul><li>否<ul><li>否</ul>否<li>否</ul><p>甲</p><ol><li>否<ul><li>否</li></ul>否</li><p>乙</ol>丙',
    [
      ['甲', 0, 'p'],
      ['乙', 0, 'p'],
      ['丙', 0, null],
    ],
  ],
  [
    'all that stands in a line',
    '甲<del>乙</del><acronym>丙</acronym><ruby>丁<rb>戊</rb></ruby>己',
    [['甲乙丙丁戊己', 0, null]],
  ],
  ['what is named so within a line', '甲<span class="caption">乙</span>', [['甲乙', 0, null]]],
  ['no script, references decoded', '<script>否</script>甲&amp;&#20057;', [['甲&乙', 0, null]]],
]

test.each(PARAGRAPHS)('paragraphs: %s', (_, html, paragraphs) => {
  expect(paragraphsOf(html).map(({ text, linked, place }) => [text, linked, place?.name ?? null])).toEqual(paragraphs)
})

const TREES: readonly string[] = [
  '<table>甲<tr><td>乙</td>丙</tr></table>',
  '<select><option>甲</option></select>乙',
  '<p>甲<svg><title>图</title><text>字</text></svg>乙',
  '<b><p>甲</b>乙</p>',
]

test.each(TREES)('a tree in another order has lost nothing: %s', (html) => {
  expect(lostText(html)).toBeNull()
})

describe('a check', () => {
  test('finds nothing lost where frames stand, or a select is broken off', () => {
    expect(lostText('<p>甲</p><select><option>乙</option><table><tr><td>丙')).toBeNull()
    expect(toMarkdown('<frameset><frame src="x"></frameset><p>甲</p>')).toBe('甲')
  })

  test('tells of what a parser dropped, by its beginning', () => {
    expect(lostText('<p>一</p><p>二</p><p>三</p>', parseHtml('<p>一</p><p>三</p>'))).toBe('二')
    expect(lostText('<p>一一</p><p>一</p>', parseHtml('<p>一一</p>'))).toBe('一')
  })

  test('of a paragraph that the Markdown lacks', () => {
    const html = '<p>一</p><script src="x"/></script><p>二</p><p>三</p>'
    expect(checkMarkdown(html, '一\n\n三').map(({ kind }) => kind)).toContain('text')
  })

  test('of two readings that differ', () => {
    expect(checkText('<p>甲</p><p>乙</p>', '<p>甲</p>')).toEqual([{ kind: 'text', source: '甲乙', markdown: '甲' }])
  })
})

test('attributes beyond what any page has are dropped, and no text', () => {
  const html = `<p ${'a=b '.repeat(200)}>文</p>`.repeat(1000)
  const { body } = parseHtml(`${html}<p id="last">尾</p><svg><path d="x"/></svg><script/><p>后</p>`)
  expect(body.textContent).toBe(`${'文'.repeat(1000)}尾后`)
  expect(body.firstElementChild?.attributes.length).toBe(1)
  expect(body.querySelector('#last') ?? null).toBeNull()
})
