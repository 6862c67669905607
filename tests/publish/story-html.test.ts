import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseHtml } from '../../src/core/html/html.ts'
import { toMarkdown } from '../../src/core/markdown/index.ts'
import { renderMarkdown } from '../../src/core/markdown/render.ts'
import { headlineHtml, type PictureAt, storyHtml } from '../../src/core/publish/story-html.ts'
import { html as anyHtml, line } from '../markdown/arbitrary-html.ts'
import { isSameEmphasis, wordsOf } from '../markdown/projection.ts'
import { runs } from '../support/runs.ts'
import { hasTool } from '../support/tools.ts'
import { HOSTILE, HOSTILE_TITLES } from './support/hostile.ts'
import { illFormed } from './support/xml.ts'

const URL = 'https://www.zaobao.com.sg/realtime/china/story20260311-1'
const AFAR: PictureAt = ({ url }) => url
const NOWHERE: PictureAt = () => null
const shown = (markdown: string, pictureAt: PictureAt = AFAR): string => storyHtml({ markdown, url: URL }, pictureAt)

const KEPT = 'media/ab/ab0123456789abcd.jpg'

describe('a story as HTML', () => {
  test.each([
    ['paragraphs', '甲。\n\n乙  \n丙。', '<p>甲。</p>\n<p>乙<br/>丙。</p>'],
    ['marks', '**甲**_乙_~~丙~~`丁<`', '<p><strong>甲</strong><em>乙</em><del>丙</del><code>丁&lt;</code></p>'],
    ['headings, of which the highest is an h2', '### 甲\n\n#### 乙', '<h2>甲</h2>\n<h3>乙</h3>'],
    ['a quote, a rule', '> 甲\n\n---', '<blockquote>\n<p>甲</p>\n</blockquote>\n<hr/>'],
    ['lists', '- 甲\n- 乙\n\n3. 丙', '<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>\n<ol start="3">\n<li>丙</li>\n</ol>'],
    ['tasks', '- [x] 甲\n- [ ] 乙', '<ul>\n<li>☑ 甲</li>\n<li>☐ 乙</li>\n</ul>'],
    [
      'a table',
      '| 甲 | 乙 |\n| --- | --: |\n| 1 | 2<br>3 |',
      '<table>\n<thead><tr><th>甲</th><th>乙</th></tr></thead>\n<tbody>\n<tr><td>1</td><td>2<br/>3</td></tr>\n</tbody>\n</table>',
    ],
    ['code', '```\na <b>\n```', '<pre><code>a &lt;b&gt;</code></pre>'],
    ['a link', '[甲](https://a.b/c?d=1&e "f")', '<p><a href="https://a.b/c?d=1&amp;e">甲</a></p>'],
    ['a relative link', '[甲](../x#y)', '<p><a href="https://www.zaobao.com.sg/realtime/x#y">甲</a></p>'],
    ['HTML that means what Markdown has', '甲<b>乙</b><sup>2</sup>', '<p>甲<strong>乙</strong><sup>2</sup></p>'],
    [
      'a picture and its caption',
      '![桥](https://a.b/c.jpg)\n\n桥\n\n文。',
      '<figure><img src="https://a.b/c.jpg" alt=""/><figcaption>桥</figcaption></figure>\n<p>文。</p>',
    ],
    [
      'a picture with words of its own',
      '![桥](https://a.b/c.jpg)',
      '<figure><img src="https://a.b/c.jpg" alt="桥"/></figure>',
    ],
    ['a picture in a line', '甲![乙](https://a.b/c.gif)', '<p>甲<img src="https://a.b/c.gif" alt="乙"/></p>'],
    [
      'a picture in a link',
      '[![](https://a.b/c.jpg)](https://a.b/)',
      '<figure><a href="https://a.b/"><img src="https://a.b/c.jpg" alt=""/></a></figure>',
    ],
  ])('%s', (_, markdown, expected) => expect(shown(markdown)).toBe(expected))

  test.each([
    [
      'with its caption',
      '![桥](https://a.b/c.jpg)\n\n桥',
      '<figure class="elsewhere"><figcaption>桥 <a href="https://a.b/c.jpg">picture at a.b</a></figcaption></figure>',
    ],
    [
      'without one',
      '![](https://a.b/c.jpg)',
      '<figure class="elsewhere"><figcaption><a href="https://a.b/c.jpg">picture at a.b</a></figcaption></figure>',
    ],
    ['in a line', '甲![](https://a.b/c.gif)', '<p>甲<a href="https://a.b/c.gif">picture</a></p>'],
    ['in a link', '甲[![乙](https://a.b/c.gif)](https://a.b/)', '<p>甲<a href="https://a.b/">乙</a></p>'],
    ['at no public address', '甲![桥](ftp://a.b/c.gif)', '<p>甲桥</p>'],
  ])('a picture that is not shown is a link: %s', (_, markdown, expected) =>
    expect(shown(markdown, NOWHERE)).toBe(expected),
  )

  test('where pictures are shown from is asked with their path, address and caption', () => {
    const asked: unknown[] = []
    const at: PictureAt = (picture) => {
      asked.push(picture)
      return picture.path === null ? null : `../${picture.path}`
    }
    const html = shown(`![桥](../${KEPT} "https://a.b/c.jpg")\n\n![](d.png)`, at)
    expect(html).toContain(`<img src="../${KEPT}" alt="桥"/>`)
    expect(asked).toEqual([
      { url: 'https://a.b/c.jpg', caption: '桥', path: KEPT },
      { url: 'https://www.zaobao.com.sg/realtime/china/d.png', caption: null, path: null },
    ])
  })

  test('the clauses of a headline break first between them', () => {
    expect(headlineHtml('浮桥下月通车　轮渡同日停航')).toBe(
      '<span class="clause">浮桥下月通车</span>\u3000<span class="clause">轮渡同日停航</span>',
    )
    expect(headlineHtml('封闭维修 改走浮桥')).toBe(
      '<span class="clause">封闭维修</span> <span class="clause">改走浮桥</span>',
    )
    expect(headlineHtml('A <b> & C')).toBe('A &lt;b&gt; &amp; C')
  })
})

const ELEMENTS =
  /^(?:P|H[2-6]|BLOCKQUOTE|UL|OL|LI|PRE|CODE|TABLE|THEAD|TBODY|TR|TH|TD|HR|BR|STRONG|EM|DEL|SUB|SUP|A|IMG|FIGURE|FIGCAPTION)$/
const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  href: /^(?:https?:\/\/|mailto:|tel:)[\x21-\x7e]*$/,
  src: /^https?:\/\/[\x21-\x7e]*$/,
  alt: /^/,
  start: /^\d+$/,
  class: /^elsewhere$/,
}

/** Elements and attributes that no story has. */
function strange(html: string): string[] {
  return Array.from(parseHtml(html).body.querySelectorAll('*')).flatMap((element) => [
    ...(ELEMENTS.test(element.tagName) ? [] : [element.tagName]),
    ...Array.from(element.attributes)
      .filter(({ name, value }) => ATTRIBUTES[name]?.test(value) !== true)
      .map(({ name, value }) => `${element.tagName} ${name}=${value}`),
  ])
}

describe('whatever stands in a story', () => {
  test.each(HOSTILE)('nothing of it runs: %#', (markdown) => {
    for (const at of [AFAR, NOWHERE]) expect(strange(shown(markdown, at))).toEqual([])
  })

  test.runIf(hasTool('python3', 'XML by another reader'))('it is well-formed XML', () => {
    const random = [...fc.sample(line, runs(120)), ...fc.sample(anyHtml, runs(16))]
    const markdown = [...HOSTILE, ...random, ...random.map((each) => toMarkdown(each))]
    const bodies = markdown.flatMap((each) => [shown(each), shown(each, NOWHERE)])
    const texts = [...bodies, ...HOSTILE_TITLES.map(headlineHtml)].map((each) => `<div>${each}</div>`)
    expect(illFormed(texts)).toEqual([])
    expect(illFormed(['<p>甲<br></p>', '\u0008'])).toHaveLength(2)
  })

  test('it says what its Markdown says, with the same emphasis, and none of it is strange', () => {
    fc.assert(
      fc.property(line, (source) => {
        const markdown = toMarkdown(source)
        const html = shown(markdown)
        expect(strange(html)).toEqual([])
        // A caption stands there once.
        if (markdown.includes('![')) return
        expect(wordsOf(html)).toBe(wordsOf(renderMarkdown(markdown)))
        expect(isSameEmphasis(renderMarkdown(markdown), html)).toBe(true)
      }),
      { numRuns: runs(150) },
    )
  })
})
