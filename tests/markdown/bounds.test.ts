import { describe, expect, test } from 'vitest'
import { HtmlTooDeepError, parseHtml } from '../../src/core/html/html.ts'
import { escapeInline, toMarkdown } from '../../src/core/markdown/index.ts'
import { readMarkdown } from '../../src/core/markdown/read.ts'
import { seedBody } from '../../src/core/markdown/seed-body.ts'
import { readContent } from '../../src/sites/index.ts'
import { expectInProportion } from '../support/cost.ts'

const MANY = 12_500

function times(count: number, part: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => part(index)).join('')
}

const HOSTILE: readonly (readonly [string, (part: number) => string])[] = [
  ['nested blocks', (part) => `${'<div>'.repeat(MANY * part)}尾${'</div>'.repeat(MANY * part)}`],
  ['unclosed formatting', (part) => `${'<b><i>'.repeat(MANY * part)}尾`],
  ['formatting of many kinds, never closed', (part) => `${times(2500 * part, (it) => `<p><font c=${it}>段</p>`)}尾`],
  ['links never closed', (part) => `${times(2500 * part, (it) => `<p><a href=/${it}>段</p>`)}</a>尾`],
  ['links around blocks, never closed', (part) => `${times(500 * part, (it) => `<a href=/${it}><div>段`)}</a>尾`],
  [
    'links in cells, never closed',
    (part) => `<table>${times(500 * part, (it) => `<td><b><a href=/${it}>段`)}</table>尾`,
  ],
  ['formatting closed across blocks', (part) => `${'<b><div></b>'.repeat(MANY * part)}尾`],
  ['ordinary elements closed across blocks', (part) => `${'<span><div></span>'.repeat(MANY * part)}尾`],
  ['nested quotes', (part) => `${'<blockquote>'.repeat(MANY * part)}尾`],
  ['nested lists', (part) => `${'<ul><li>'.repeat(MANY * part)}尾`],
  ['attributes', (part) => `<p ${times(MANY * part, (it) => `a${it}=1 `)}>尾</p>`],
  ['a line of angle brackets', (part) => `${'<'.repeat(500_000 * part)} 尾`],
  ['a line of text', (part) => `${'文'.repeat(750_000 * part)}尾`],
  ['a line broken after every character', (part) => `${'文\n'.repeat(250_000 * part)}尾`],
  ['nested tables', (part) => `${'<table><tr><td>'.repeat(MANY * part)}文${'</table>'.repeat(MANY * part)}尾`],
  ['readings without what they read', (part) => `${'<rt>字'.repeat(MANY * part)}${'</rt>'.repeat(MANY * part)}尾`],
  ['a line of marks that fail', (part) => `${'字<b>5%<i>“x”</i></b>字<del>。</del>'.repeat(2500 * part)}尾`],
  ['a line of marks', (part) => `${'前<b>“中”</b>后'.repeat(2500 * part)}尾`],
  ['a line of delimiters', (part) => `${'*_~`[]('.repeat(25_000 * part)}尾`],
  ['a line of Liquid', (part) => `${'{{{%'.repeat(50_000 * part)}尾`],
  ['twins', (part) => `${'<img src=blank.gif><noscript><img src=a.jpg></noscript>'.repeat(1000 * part)}尾`],
  [
    'pictures in one picture',
    (part) => `<picture>${'<source srcset=a.jpg><img src=b.jpg>'.repeat(2000 * part)}</picture><p>尾</p>`,
  ],
  ['drawings', (part) => `<p>图<b>${'<svg><path/></svg>'.repeat(MANY * part)}</b></p>尾`],
  ['drawings beside a formula', (part) => `<p>图<b data-tex=x>${'<svg></svg>'.repeat(MANY * part)}</b></p>尾`],
  ['commas in srcset', (part) => `<img srcset="${','.repeat(500_000 * part)}">尾`],
  [
    'a span that lies',
    (part) => `<table>${times(1500 * part, () => '<tr><td rowspan=60000 colspan=1000>一<td>二')}</table>尾`,
  ],
]

describe('whatever comes in is answered, in proportion', () => {
  test.each(HOSTILE)('%s', async (_, make) => {
    await expectInProportion(make, (html) => {
      expect(toMarkdown(html)).toMatch(/尾\**$/)
      expect(seedBody(html)).toContain('尾')
    })
  })

  test('what evades the flattening is refused', () => {
    const evasion = '<form><div></form>'.repeat(MANY)
    expect(() => parseHtml(evasion)).toThrow(HtmlTooDeepError)
  })

  test.each(['<p><font size="2">段</p>', '<p><b>段', '<p><a name="n">段', '<p><font size="2"><b><a name="n">段</p>'])(
    'links and emphasis stay behind many of %s',
    (part) => {
      expect(toMarkdown(`${part.repeat(40)}<p><a href="/x">看</a>，<em>急</em></p>`, 'https://a.example/')).toMatch(
        /\[看\]\(https:\/\/a\.example\/x\)，\*急\*\**$/,
      )
    },
  )

  test('depth within reason is left alone', () => {
    const html = `${'<div>'.repeat(100)}<p>文</p>${'</div>'.repeat(100)}`
    expect(parseHtml(html).body.innerHTML).toBe(html)
  })
})

/** What Markdown is made of, and what begins something that never ends. */
const UNITS = '* ** a* a** *a* “* *” _a ~a ~~a~~ `a [ ![ [a]( <b>*</b> <!-- <? <![CDATA[ <!A &amp; \\ {{ >'.split(' ')
/** Runs beside one another are not one; brackets without an address; lists and quotes that end and begin again. */
const BESIDE = '*_ *~ _** ***[x] [x] [a][b] [^1] ![x]'.split(' ')
const LINES = [
  ...['1. ', '- ', '> ', '* a\n', '- a\n  ', '|a|\n|-|\n', '<div>\n', 'a  \n', '*\n-', '*\n1. ', '*\n- '],
  ...['*\n===\n', '*\n|-|\n', '> a\n\n', '- a\n\np\n\n', '- a\n+ a\n', '*a|\n', '- a\n  - b\n', 'a\n===\n\n'],
]

/** Characters of a whole. Where marks are repeated there are more than a paragraph's bound of 2,000, below which they take the square. */
const WHOLE = 12_000
const LEAST = 3000

const workOnLines = (markdown: string) => [readMarkdown(markdown), escapeInline(markdown)]
/** The same, and as the text of a link. */
const workInLine = (markdown: string) => [...workOnLines(markdown), readMarkdown(`[${markdown}](x)`)]

async function expectRepeatedInProportion(
  unit: string,
  repeated: number,
  work: (markdown: string) => unknown,
): Promise<void> {
  await expectInProportion((part) => unit.repeat(Math.ceil(repeated * part)), work)
}

describe('Markdown of whatever is repeated is read in proportion', () => {
  test.each([...UNITS, ...BESIDE])('%j', (unit) =>
    expectRepeatedInProportion(unit, Math.max(LEAST, WHOLE / unit.length), workInLine),
  )

  test.each(LINES)('%j', (unit) => expectRepeatedInProportion(unit, WHOLE / unit.length, workOnLines))

  test('what begins nothing, between what does', () => expectRepeatedInProportion('&amp;&&a', 48_000, workOnLines))

  test('a title', async () => {
    await expectInProportion((part) => `[a](b "${'&amp;&&&'.repeat(48_000 * part)}")`, readMarkdown)
  })
})

test('a story of many pictures that load late is read in proportion', async () => {
  await expectInProportion(
    (part) => `<p>甲</p>${'<img src=blank.gif><noscript><img src=a.jpg></noscript>'.repeat(2000 * part)}`,
    (html) => readContent(html, 'https://www.zaobao.com/realtime/china/story20200722-1071000'),
  )
})
