import * as fc from 'fast-check'
import { wordsOf } from '../../src/core/markdown/contents.ts'
import { describe, expect, test } from 'vitest'
import { checkMarkdown } from '../../src/core/markdown/check.ts'
import { escapeInline, toMarkdown } from '../../src/core/markdown/index.ts'
import { partsOf } from '../../src/core/markdown/plain.ts'
import { readMarkdown } from '../../src/core/markdown/read.ts'
import { plainInline } from './plain-inline.ts'
import { runs } from '../support/runs.ts'

const MARKDOWN =
  '### 题 **一**\n\n![图说](https://a.b/c.jpg)\n\n图说\n\n> 引 [链](https://a.b)\n\n- 甲\n- 乙\n\n![](https://a.b/d.jpg)'

test('text is the words without the captions, unless a story has no others', () => {
  expect(readMarkdown(MARKDOWN).text).toBe('题 一\n\n引 链\n\n甲\n\n乙')
  const text = (markdown: string) => readMarkdown(markdown).text
  expect(text('![只有说明](https://a.b/c.jpg)\n\n别的')).toBe('别的')
  expect(text('![图说](https://a.b/c.jpg)\n\n图说\n\n别的')).toBe('别的')
  expect(text('![图说](https://a.b/c.jpg)\n\n别的图说')).toBe('别的图说')
  expect(text('前![图标](https://a.b/c.png)后')).toBe('前后')
  expect(text('[![图说](https://a.b/c.jpg)](https://a.b/) ![二](https://a.b/d.jpg)\n\n别的')).toBe('别的')
  expect(text('![图说](https://a.b/c.jpg)\n\n图说\n\n![二](https://a.b/d.jpg)')).toBe('图说\n\n二')
})

test('a caption on two lines is no text, and a picture in a line leaves no empty one', () => {
  const text = (markdown: string) => readMarkdown(markdown).text
  expect(text('![图说林甲摄](https://a.b/c.jpg)\n\n图说  \n林甲摄\n\n别的')).toBe('别的')
  expect(text('![Quay by Lin](https://a.b/c.jpg)\n\nQuay  \nby Lin\n\nMore')).toBe('More')
  expect(text('![图](https://a.b/c.jpg)  \n别的')).toBe('别的')
  expect(text('前  \n![图](https://a.b/c.jpg)  \n后')).toBe('前\n后')
})

test('all words of a story are its text and its captions, each once', () => {
  const words = (markdown: string) => wordsOf(readMarkdown(markdown))
  expect(words('![图说](https://a.b/c.jpg)\n\n图说\n\n别的')).toBe('别的\n\n图说')
  expect(words('![图说](https://a.b/c.jpg)\n\n图说')).toBe('图说')
  expect(words('')).toBe('')
})

test('what a player is called that its page does not name is no word of the text', () => {
  const of = (name: string) => readMarkdown(`甲\n\n[${name}](https://www.youtube.com/watch?v=abcdefghijk)\n\n乙`).text
  expect(of('YouTube 视频')).toBe('甲\n\n乙')
  expect(of('嵌入内容')).toBe('甲\n\n乙')
  expect(of('YouTube 视频：渡口')).toBe('甲\n\nYouTube 视频：渡口\n\n乙')
  expect(readMarkdown('看[视频](https://a.b/c.mp4)。').text).toBe('看视频。')
})

test('pictures have their captions', () => {
  expect(readMarkdown(MARKDOWN).images).toEqual([
    { url: 'https://a.b/c.jpg', caption: '图说', path: null },
    { url: 'https://a.b/d.jpg', caption: null, path: null },
  ])
})

function noBreaks(text: string): boolean {
  return !/[\r\n]/.test(text)
}

describe('a headline in brackets', () => {
  const markup = fc
    .array(
      fc.constantFrom(
        '*',
        '_',
        '`',
        '[',
        ']',
        '(',
        ')',
        '\\',
        '<',
        '>',
        '&',
        ';',
        '!',
        '~',
        '{',
        '%',
        '|',
        '$',
        ':',
        '中',
        'a',
        ' ',
        '#',
        '\u0000',
        '\ud800',
        '&lt;',
        'https://a.b',
      ),
    )
    .map((it) => it.join(''))

  test.each([fc.string({ unit: 'binary' }), fc.string(), markup])('comes back as it was (%#)', (arbitrary) => {
    fc.assert(
      fc.property(arbitrary.filter(noBreaks), (title) => {
        expect(plainInline(escapeInline(title))).toBe(title)
      }),
      { numRuns: runs(400) },
    )
  })

  test('is read as others wrote it', () => {
    expect(plainInline('**中**文 &amp; `x`')).toBe('中文 & x')
  })
})

describe('check', () => {
  const html = '<h2>题</h2><p>文<a href="https://a.b/c">链</a></p><img src="https://a.b/d.jpg"><ul><li>甲</ul>'

  test('finds a faithful body faithful', () => {
    expect(checkMarkdown(html, toMarkdown(html))).toEqual([])
  })

  test.each([
    ['text', (markdown: string) => markdown.replace('文', '丈')],
    ['link', (markdown: string) => markdown.replace('a.b/c', 'a.b/x')],
    ['picture', (markdown: string) => markdown.replace('d.jpg', 'x.jpg')],
    ['structure', (markdown: string) => markdown.replace('- 甲', '甲')],
  ])('names a difference in %s', (kind, spoil) => {
    expect(checkMarkdown(html, spoil(toMarkdown(html))).map((it) => it.kind)).toEqual([kind])
  })
})

describe('paragraphs and pictures that are read as they stand', () => {
  const chunk = fc.constantFrom(
    '一位官员说，香港与大陆的边界可能重新开放。',
    '“完”',
    '甲 乙',
    '甲  乙',
    '甲 ',
    '3月1日',
    '1. 甲',
    '- 甲',
    '> 引',
    '# 题',
    '（图）',
    '    缩进',
    '甲\n乙',
    '甲  \n乙',
    '**甲**',
    'a*b',
    '5%',
    '甲-乙',
    '甲 - 乙',
    '甲 -- 乙+丙=丁',
    '甲-',
    '—-',
    '-甲',
    '甲&amp;乙',
    '甲\u200b乙',
    '甲\u3000乙',
    '乙：https://a.example/b',
    '甲|乙\n-|-\n丙|丁',
    '![图说](https://a.example/b.jpg)',
    '![](https://a.example/b.jpg)',
    '![图说](/b.jpg)',
    '图说',
    '---',
    '===',
    '· 点',
    '· 点\n· 点',
    '2019年3月，甲',
    '2019) 甲',
    '12. 甲',
    '12.甲',
    '5G 甲',
    'WTO的甲',
    'www.a.example 甲',
    'https://a.example/b?c=d',
    'a@b.example',
    'ＷＴＯ甲：５Ｇ',
    '～～甲～～',
    '＊甲＊',
    '［甲］（https://a.example）',
    'é',
    'e\u0301',
    '● 甲',
    '•\u2003甲',
    '© 甲',
    'ﬁ',
    '![图说](https://a.example/b.jpg?itok=a_b%20c)',
    '![图说](https://a.example/w:310/p:16x9/b%.jpg)',
    '![图说](https://a.example/b.jpg?w=20,h=20)',
    '![图说](https://a.example/%7Bwidth%7D/b.jpg)',
    '![图说](https://a.example/b.jpg?utm_source=a)',
    '![5G](https://a.example/b.jpg)',
    '![IMG_1234.jpg](https://a.example/b.jpg)',
    '![●](https://a.example/b.jpg)',
    '![©](https://a.example/b.jpg)',
    '![©甲](https://a.example/b.jpg)',
    '甲\\',
    '$甲$',
    '- [ ] 甲',
    '![图说](https://a.example/blank.gif)',
    '![图](https://a.example/loading.svg)',
    '![图](https://www.a.example/pixel.png)',
    '# ',
    '*',
    '\t甲',
    '',
  )
  const body = fc
    .array(fc.tuple(chunk, fc.constantFrom('\n\n', '\n\n\n', '\n \n', '\n')), { maxLength: 9 })
    .map((chunks) => chunks.flat().join(''))

  test('leave nothing of a story of them to be read as Markdown', () => {
    const paragraphs = [
      '甲（ＷＨＯ、é）说：“乙。”',
      '2019年3月，甲',
      'WTO的甲',
      '![图说](https://a.example/b.jpg?itok=a_b)',
      '© 甲',
    ]
    expect(partsOf(paragraphs.join('\n\n')).filter((part) => 'markdown' in part)).toEqual([])
  })

  test('say and show what Markdown does', () => {
    fc.assert(
      fc.property(body, (markdown) => {
        // A comment, which says nothing, has all of it read as Markdown.
        const { text, images } = readMarkdown(`<!-- -->\n\n${markdown}`)
        expect(readMarkdown(markdown)).toEqual({ markdown, text, images })
      }),
      { numRuns: runs(800) },
    )
  })
})
