import { expect, test } from 'vitest'
import { cutElements } from '../../src/core/html/cut.ts'
import { parseHtml } from '../../src/core/html/html.ts'
import { expectInProportion } from '../support/cost.ts'
import { decodeEntities } from '../../src/core/html/tag.ts'

const CUT: Array<[string, string, string]> = [
  ['a plain element', '<div class="b"><p>甲</p></div>尾', '<p>甲</p>'],
  ['one of several classes, unquoted', '<div class=b><p>甲</p></div>', '<p>甲</p>'],
  ['single quotes, other attributes, upper case', "<DIV title='>' CLASS='x b y'><p>甲</p></DIV>", '<p>甲</p>'],
  ['elements of its own name inside', '<div class="b"><div><div>甲</div></div></div>', '<div><div>甲</div></div>'],
  ['a tag in a comment', '<!-- <div class="b">否</div> --><div class="b">甲</div>', '甲'],
  ['a comment that ends at once', '<!--><div class="b">甲</div>', '甲'],
  ['a tag in a script', '<script>"<div class=b>"</script><div class="b">甲</div>', '甲'],
  ['an end tag in a script', '<div class="b">甲<script>"</div>"</script>乙</div>', '甲<script>"</div>"</script>乙'],
  ['an end tag in a comment', '<div class="b">甲<!-- </div> -->乙</div>', '甲<!-- </div> -->乙'],
  ['an end tag in an attribute', '<div class="b"><a title="</div>">甲</a></div>', '<a title="</div>">甲</a>'],
  ['a quote in an unquoted value', "<div class=b><a title=it's>甲</a></div>", "<a title=it's>甲</a>"],
  ['a title element', '<title><div class="b"></title><div class="b">甲</div>', '甲'],
  ['CDATA in a drawing', '<div class="b"><svg><![CDATA[</div>]]></svg>甲</div>', '<svg><![CDATA[</div>]]></svg>甲'],
  ['CDATA in HTML, a comment up to >', '<div class="b"><![CDATA[ x >甲</div>', '<![CDATA[ x >甲'],
  [
    'unclosed paragraphs and items',
    '<div class="b"><p>甲<p>乙<ul><li>丙<li>丁</ul></div>',
    '<p>甲<p>乙<ul><li>丙<li>丁</ul>',
  ],
  ['formatting across blocks', '<div class="b"><b><p>甲</b></p></div>', '<b><p>甲</b></p>'],
  ['no end tag', '<div class="b"><p>甲', '<p>甲'],
  ['a script that hides a script', '<script><!--<script></script>--></script><div class="b">甲</div>', '甲'],
  ['a comment that ends at once, with !', '<!--!><div class="b">否</div>--><div class="b">甲</div>', '甲'],
  [
    'a stray end tag in a cell',
    '<table><tr><td class="b">甲</div>乙</center></td></tr></table>',
    '甲</div>乙</center>',
  ],
  ['a cell closed by its table', '<table><tr><td class="b">甲</ul>乙</table>', '甲</ul>乙'],
  ['a self-closing mark, which HTML ignores', '<div class="b"><div/>甲</div></div>', '<div/>甲</div>'],
]

test.each(CUT)('%s is cut as a parser sees it', (_, html, inner) => {
  const cut = cutElements(html, { b: '.b' })?.b[0]
  expect(cut?.inner).toBe(inner)
  const dom = parseHtml(html).querySelector('.b')
  expect(parseHtml(`<body>${inner}`).body.textContent).toBe(dom?.textContent)
})

const REFUSED: Array<[string, string]> = [
  ['an element inside that is not closed', '<div class="b"><section><div></section>甲</div>'],
  ['an end tag of an ancestor', '<article><div class="b">甲</article>'],
  ['a heading in a heading', '<div class="b"><h1>甲<h2>乙</h2></div>'],
  ['a span at which a stray end tag stands', '<div><span class="b">甲</div>乙</span>'],
  ['a cell without its table', '<td class="b">甲</td>'],
  ['an end tag of formatting across blocks', '<b class="b">甲<p>乙</b>丙</p>'],
  ['a drawing that is not closed', '<div class="b"><svg><p>甲</p></div>'],
  ['plain text', '<plaintext><div class="b">甲</div>'],
]

test.each(REFUSED)('%s is left to the DOM', (_, html) => {
  expect(cutElements(html, { b: '.b' })).toBeNull()
})

test('several selectors, outermost elements, in order', () => {
  const html = '<h1>一</h1><div class="b"><h1>二</h1><div class="b">三</div></div><img class="c"><p class="d">四<p>五'
  const found = cutElements(html, { h1: 'h1', b: 'div.b', c: 'img.c, img#x', d: '[class=d]' })
  expect(found?.h1.map((cut) => cut.inner)).toEqual(['一', '二'])
  expect(found?.b.map((cut) => cut.inner)).toEqual(['<h1>二</h1><div class="b">三</div>'])
  expect(found?.c[0]?.outer).toBe('<img class="c">')
  expect(found?.d[0]?.outer).toBe('<p class="d">四')
})

test('attribute values are decoded, the first of a name counts', () => {
  const [cut] = cutElements('<a HREF="/x?a=1&amp;b=2" href=no title=\'&quot;&#x4e2d;\' data-x>', { a: 'a' })?.a ?? []
  expect(cut?.attribute('href')).toBe('/x?a=1&b=2')
  expect(cut?.attribute('title')).toBe('"中')
  expect([cut?.attribute('data-x'), cut?.attribute('none')]).toEqual(['', null])
  expect(decodeEntities('&#99999999; &unknown;')).toBe('&#99999999; &unknown;')
})

const HOSTILE: Array<[string, (part: number) => string]> = [
  ['open brackets', (part) => '<'.repeat(5_000_000 * part)],
  ['nested elements', (part) => '<div class="b">'.repeat(200_000 * part)],
  ['open comments', (part) => '<!--'.repeat(1_000_000 * part)],
  ['an attribute of megabytes', (part) => `<div class="b" title="${'x'.repeat(5_000_000 * part)}">甲</div>`],
  ['open quotes', (part) => '<a b="'.repeat(500_000 * part)],
  ['open scripts', (part) => '<script>'.repeat(500_000 * part)],
  ['white space in a tag', (part) => `<a${' '.repeat(5_000_000 * part)}>`],
  ['paragraphs that match', (part) => '<p class="b">'.repeat(200_000 * part)],
]

test.each(HOSTILE)('%s take time in proportion', async (_, make) => {
  await expectInProportion(make, (html) => cutElements(html, { b: '.b', a: 'a[b]' }))
})
