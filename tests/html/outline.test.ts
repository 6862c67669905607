import { expect, test } from 'vitest'
import { type Box, outlineOf } from '../../src/core/html/outline.ts'

function wayTo(box: Box): string {
  return box.parentElement === null ? '' : `${wayTo(box.parentElement)}/${box.localName}`
}

/** Each block as the way to its box, its kind where that says more, and its text. */
const linesOf = (html: string): string[] =>
  outlineOf(html).blocks.map(({ box, kind, text }) => `${wayTo(box)} ${kind === box.localName ? '' : kind}: ${text}`)

test.each<[string, string, string[]]>([
  ['text by itself', '文', [' div: 文']],
  ['all that stands in a line', '甲<del>乙</del><acronym>丙</acronym>丁', [' div: 甲乙丙丁']],
  ['a paragraph that the next ends', '<p>甲<p>乙', ['/p : 甲', '/p : 乙']],
  ['a paragraph that a box ends', '<p>甲<div>乙</div>丙', ['/p : 甲', '/div : 乙', ' div: 丙']],
  [
    'lines between breaks, in a span',
    '<div><span>甲<br>乙</span><br/>丙</div>',
    ['/div : 甲', '/div : 乙', '/div : 丙'],
  ],
  [
    'items without ends',
    '<ul><li>甲<li>乙<ul><li>丙</ul><li>丁</ul>',
    ['/ul/li : 甲', '/ul/li : 乙', '/ul/li/ul/li : 丙', '/ul/li : 丁'],
  ],
  ['terms without ends', '<dl><dt>甲<dd>乙<dt>丙</dl>', ['/dl/dt : 甲', '/dl/dd : 乙', '/dl/dt : 丙']],
  [
    'cells without ends',
    '<table><tr><td>甲<td>乙<tr><td>丙</table>丁',
    ['/table/tr/td : 甲', '/table/tr/td : 乙', '/table/tr/td : 丙', ' div: 丁'],
  ],
  [
    'parts of a table without ends',
    '<table><thead><tr><th>甲<tbody><tr><td>乙<tr><th>丙<tfoot><tr><td>丁</table>',
    ['/table/thead/tr/th : 甲', '/table/tbody/tr/td : 乙', '/table/tbody/tr/th : 丙', '/table/tfoot/tr/td : 丁'],
  ],
  [
    'a table in a cell',
    '<table><tr><td>甲<table><tr><td>乙<td>丙</table>丁<td>戊</table>',
    [
      '/table/tr/td : 甲',
      '/table/tr/td/table/tr/td : 乙',
      '/table/tr/td/table/tr/td : 丙',
      '/table/tr/td : 丁',
      '/table/tr/td : 戊',
    ],
  ],
  [
    'items across a box, and not across one that holds items',
    '<ul><li>甲<div>乙<li>丙<section><li>丁</section></ul><dl><dd>戊<address><dt>己</dl>',
    ['/ul/li : 甲', '/ul/li/div li: 乙', '/ul/li : 丙', '/ul/li/section/li : 丁', '/dl/dd : 戊', '/dl/dt : 己'],
  ],
  ['an end of what is not open', '<div>甲</p></section>乙</div>', ['/div : 甲', '/div : 乙']],
  [
    'an end across a cell',
    '<div><table><tr><td>甲</div>乙</table>',
    ['/div/table/tr/td : 甲', '/div/table/tr/td : 乙'],
  ],
  [
    'a heading that is not ended',
    '<h1>题<p>渡轮昨天复航，票价不变。</p><p>短</p>',
    ['/h1 : 题', '/h1/p : 渡轮昨天复航，票价不变。', '/h1/p h1: 短'],
  ],
  ['a heading that another ends', '<h2>甲</h3>乙', ['/h2 : 甲', ' div: 乙']],
  [
    'what stands in a heading, a quotation, a figure',
    '<h1><p>甲</p></h1><blockquote><p>乙</p></blockquote><figure><p>丙</p></figure>',
    ['/h1/p h1: 甲', '/blockquote/p blockquote: 乙', '/figure/p figure: 丙'],
  ],
  [
    'scripts, comments, drawings',
    '甲<script>"<p>"</script><!-- <p> -->乙<svg><title>图</title></svg>丙',
    [' div: 甲乙丙'],
  ],
  [
    'what is hidden in a line, up to its end or the next box',
    '<p>甲<i hidden>乙<i>丙</i></i>丁<b style="display:none">戊<p>己',
    ['/p : 甲丁', '/p : 己'],
  ],
  ['references', '甲&amp;乙&nbsp; &#20013;', [' div: 甲&乙 中']],
  ['references by number', '&#128;&#x96;&#X41;&#0;&#x110000;&nosuch;', [' div: €–A\ufffd\ufffd&nosuch;']],
])('%s', (_, html, lines) => expect(linesOf(html)).toEqual(lines))

test('a link is told by how much of a line is in it, and ends with what holds it', () => {
  const { blocks } = outlineOf(
    '<p><a href="/x?a&amp;b">甲乙</a>丙丁</p><p><a name="n">戊</a></p><div><a href="/y">己<p>庚</p></div>辛',
  )
  expect(blocks.map(({ text, linked, href }) => [text, linked, href])).toEqual([
    ['甲乙丙丁', 0.5, '/x?a&b'],
    ['戊', 0, null],
    ['己', 1, '/y'],
    ['庚', 1, '/y'],
    ['辛', 0, null],
  ])
})

test('a box knows what is in it and where it stands in the text', () => {
  const html = '<div class="a" id="b"><p hidden>甲</p></div><p>乙'
  const { boxes, blocks } = outlineOf(html)
  expect(boxes.map(({ behind, firstBlock, behindBlocks }) => [behind, firstBlock, behindBlocks])).toEqual([
    [4, 0, 2],
    [3, 0, 1],
    [3, 0, 1],
    [4, 1, 2],
  ])
  expect(boxes.map(({ start, end }) => html.slice(start, end))).toEqual([
    html,
    html.slice(0, -4),
    '<p hidden>甲</p>',
    '<p>乙',
  ])
  expect(boxes.map(({ names, isHidden }) => [names, isHidden])).toEqual([
    [' ', false],
    ['a b', false],
    [' ', true],
    [' ', false],
  ])
  expect(blocks.map(({ start, end }) => html.slice(start, end))).toEqual(['甲', '乙'])
})

test('no more boxes than can be of use stand in one another', () => {
  const { boxes, blocks } = outlineOf(`${'<div>'.repeat(5000)}文`)
  expect(boxes).toHaveLength(201)
  expect(blocks[0]?.box.depth).toBe(200)
})
