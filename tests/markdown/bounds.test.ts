import { describe, expect, test } from 'vitest'
import { HtmlTooDeepError, parseHtml } from '../../src/core/html/html.ts'
import { toMarkdown } from '../../src/core/markdown/index.ts'
import { seedBody } from '../../src/core/markdown/seed-body.ts'

const MANY = 100_000
/** Generous: each takes a fraction of it, while quadratic work on such input takes minutes. */
const DEADLINE_MS = 20_000

function times(count: number, part: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => part(index)).join('')
}

const HOSTILE: readonly (readonly [string, string])[] = [
  ['nested blocks', `${'<div>'.repeat(MANY)}尾${'</div>'.repeat(MANY)}`],
  ['unclosed formatting', `${'<b><i>'.repeat(MANY)}尾`],
  ['formatting of many kinds, never closed', `${times(20_000, (it) => `<p><font c=${it}>段</p>`)}尾`],
  ['formatting closed across blocks', `${'<b><div></b>'.repeat(MANY)}尾`],
  ['ordinary elements closed across blocks', `${'<span><div></span>'.repeat(MANY)}尾`],
  ['nested quotes', `${'<blockquote>'.repeat(MANY)}尾`],
  ['nested lists', `${'<ul><li>'.repeat(MANY)}尾`],
  ['attributes', `<p ${times(MANY, (it) => `a${it}=1 `)}>尾</p>`],
  ['a line of angle brackets', `${'<'.repeat(2_000_000)} 尾`],
  ['a line of text', `${'文'.repeat(3_000_000)}尾`],
  ['a line broken after every character', `${'文\n'.repeat(1_000_000)}尾`],
  ['nested tables', `${'<table><tr><td>'.repeat(MANY)}文${'</table>'.repeat(MANY)}尾`],
  ['readings without what they read', `${'<rt>字'.repeat(MANY)}${'</rt>'.repeat(MANY)}尾`],
  ['a line of marks that fail', `${'字<b>5%<i>“x”</i></b>字<del>。</del>'.repeat(20_000)}尾`],
  ['a line of marks', `${'前<b>“中”</b>后'.repeat(20_000)}尾`],
  ['a line of delimiters', `${'*_~`[]('.repeat(100_000)}尾`],
  ['a line of Liquid', `${'{{{%'.repeat(200_000)}尾`],
  ['commas in srcset', `<img srcset="${','.repeat(1_000_000)}">尾`],
  ['a span that lies', `<table>${times(3000, () => '<tr><td rowspan=60000 colspan=1000>一<td>二')}</table>尾`],
]

describe('whatever comes in is answered', () => {
  test.each(HOSTILE)('%s', (_, html) => {
    const begin = performance.now()
    expect(toMarkdown(html)).toMatch(/尾\**$/)
    expect(seedBody(html)).toContain('尾')
    expect(performance.now() - begin).toBeLessThan(DEADLINE_MS)
  })

  test('what evades the flattening is refused', () => {
    const evasion = `<svg><p><title><!--</title>${'<div>'.repeat(MANY)}`
    expect(() => parseHtml(evasion)).toThrow(HtmlTooDeepError)
  })

  test('depth within reason is left alone', () => {
    const html = `${'<div>'.repeat(100)}<p>文</p>${'</div>'.repeat(100)}`
    expect(parseHtml(html).body.innerHTML).toBe(html)
  })
})
