import { describe, expect, test } from 'vitest'
import { hashOf } from '../../src/core/document/block-hashes.ts'
import { keptPicture, withOriginals } from '../../src/core/media/kept.ts'
import { lookAtPicture } from '../../src/core/media/kind.ts'
import { bodyBeside } from '../../src/core/document/beside.ts'
import { keptByAddress } from '../../src/core/document/pictures-in-html.ts'
import { remotePictures, withKept } from '../../src/core/document/remote-pictures.ts'
import { readMarkdown } from '../../src/core/markdown/read.ts'
import { renderMarkdown } from '../../src/core/markdown/render.ts'
import { PICTURES } from '../support/pictures.ts'

const KINDS = Object.entries(PICTURES)
const markup = Buffer.from('<script>alert(1)</script>')

describe('a picture by its content', () => {
  test.each(KINDS)('%s is told whole', (kind, bytes) => {
    expect(lookAtPicture(bytes)).toBe(kind)
    expect(lookAtPicture(Buffer.concat([bytes, Buffer.alloc(9)]))).toBe(kind)
  })

  test.each(KINDS)('%s is no picture where it is cut, at whichever byte', (_, bytes) => {
    for (let length = 0; length < bytes.length; length += 1)
      expect(lookAtPicture(bytes.subarray(0, length)), `${length} bytes`).toMatch(/^(?:cut|other)$/)
    expect(lookAtPicture(bytes.subarray(0, bytes.length - 1))).toBe('cut')
  })

  test.each(KINDS)('%s with markup behind it is none', (_, bytes) => {
    expect(lookAtPicture(Buffer.concat([bytes, markup]))).toBe('other')
  })

  test.each([
    ['', 'nothing'],
    ['GIF89a<script>alert(1)</script>', 'a page that begins as a GIF does'],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'a drawing'],
    ['<!doctype html><img src=x>', 'a page'],
    ['\xff\xd8\xff<html>', 'a page that begins as a JPEG does'],
    ['RIFF\x10\0\0\0WAVEfmt ', 'a sound'],
    ['\0\0\0\x18ftypisom\0\0\0\0isommp42', 'a film'],
    ['BM\x3a\0\0\0', 'a bitmap'],
    ['\x89PNG\r\n\x1a\n\0\0\0\x04iCCPabcd1234', 'a PNG without its head'],
  ])('%j is none: %s', (text) => {
    expect(lookAtPicture(Buffer.from(text, 'latin1'))).toBe('other')
  })

  test('a thumbnail within a photograph that is cut does not stand for its end', () => {
    const { jpg } = PICTURES
    const exif = Buffer.concat([Buffer.from([0xff, 0xe1, 0, jpg.length + 2]), jpg])
    const whole = Buffer.concat([jpg.subarray(0, 2), exif, jpg.subarray(2)])
    expect(lookAtPicture(whole)).toBe('jpg')
    expect(lookAtPicture(whole.subarray(0, whole.length - 2))).toBe('cut')
  })
})

const BASE = 'https://www.zaobao.com.sg/realtime/china/story20211110-1212150'
const HTML = '<div>\n<p>文</p>%\n</div>\n'

/** A body, and the addresses of the pictures that it shows from afar. */
const BODIES: readonly (readonly [string, string, readonly string[]])[] = [
  ['a picture', '![题](https://i.example/p.jpg)\n', ['https://i.example/p.jpg']],
  ['brackets and marks', '![题 \\] \\* “x”](https://i.example/a_b*c.jpg)\n', ['https://i.example/a_b*c.jpg']],
  [
    'parentheses',
    '![](https://i.example/a(1).jpg) ![](https://i.example/a\\).jpg)\n',
    ['https://i.example/a(1).jpg', 'https://i.example/a).jpg'],
  ],
  ['Chinese and quotes', '![](https://i.example/图"大".jpg)\n', ['https://i.example/%E5%9B%BE%22%E5%A4%A7%22.jpg']],
  ['references', '![](https://i.example/p?a=1&amp;copy;=2)\n', ['https://i.example/p?a=1&copy;=2']],
  ['a title of its own', '![题](https://i.example/p.jpg "夕阳 \\"红\\"")\n', ['https://i.example/p.jpg']],
  [
    'quotes and lists',
    '> ![题](https://i.example/p.jpg)\n\n- 甲\n\n  ![](https://i.example/q.jpg)\n',
    ['https://i.example/p.jpg', 'https://i.example/q.jpg'],
  ],
  ['a table', '| ![题](https://i.example/p.jpg) |\n| --- |\n| 甲 |\n', ['https://i.example/p.jpg']],
  ['a link around it', '[![题](https://i.example/p.jpg)](https://i.example/p.jpg)\n', ['https://i.example/p.jpg']],
  ['code', '`![](https://i.example/p.jpg)`\n\n```\n![](https://i.example/p.jpg)\n```\n', []],
  [
    'data, blobs, other schemes',
    '![](data:image/png;base64,AA) ![](blob:https://i.example/1) ![](ftp://i.example/p.jpg) ![](p.jpg)\n',
    [],
  ],
  ['a reference elsewhere', '![题][1]\n\n[1]: https://i.example/p.jpg\n', []],
  [
    'HTML',
    HTML.replace('%', '<img alt="题" src="https://i.example/p.jpg?a=1&amp;b=2"/>'),
    ['https://i.example/p.jpg?a=1&b=2'],
  ],
  [
    'HTML, lazy and relative',
    HTML.replace('%', "<img src='/blank.gif' data-src='/p.jpg' width=640>"),
    ['https://www.zaobao.com.sg/p.jpg'],
  ],
  [
    'HTML, sets',
    HTML.replace(
      '%',
      '<picture><source srcset="https://i.example/p.webp 2x"><img srcset="https://i.example/p.jpg 2x" src="https://i.example/p.jpg"></picture>',
    ),
    ['https://i.example/p.jpg'],
  ],
]

describe('the pictures of a body', () => {
  const pathOf = (n: number): string => `media/ab/ab0123456789abc${n}.jpg`

  test.each(BODIES)('%s: kept, and as it was', (_, body, urls) => {
    expect(remotePictures(body, BASE)).toEqual(urls)
    const kept = new Map(urls.map((url, n) => [url, pathOf(n)]))
    const text = withKept(body, BASE, kept)
    expect(remotePictures(text, BASE)).toEqual([])
    expect(withOriginals(text)).toBe(body)
    expect(hashOf(text)).toBe(hashOf(body))
    expect(keptByAddress(text)).toEqual(kept)
    expect(withKept(text, BASE, kept)).toBe(text)
    const isHtml = body.startsWith('<div>')
    const page = isHtml ? { html: body.slice(6, -8) } : { markdown: body }
    expect(bodyBeside(page, text, BASE)).toEqual(isHtml ? { html: text.slice(6, -8) } : { markdown: text })
    expect(text.match(/\.\.\/media\/[^" ]+/g) ?? []).toHaveLength(urls.length)
  })

  test.each(BODIES.filter(([, body]) => !body.startsWith('<div>')))('%s: read back', (_, body, urls) => {
    const text = withKept(body, null, new Map(urls.map((url, n) => [url, pathOf(n)])))
    const [before, after] = [readMarkdown(body), readMarkdown(text)]
    expect(after.text).toBe(before.text)
    expect(after.images.map(({ url, caption }) => ({ url, caption }))).toEqual(
      before.images.map(({ url, caption }) => ({ url, caption })),
    )
    expect(after.images.filter(({ path }) => path !== null).map(({ path }) => path)).toEqual(
      urls.map((_url, n) => pathOf(n)),
    )
  })

  test('a title that someone wrote stays before the address', () => {
    const text = withKept(
      '![题](https://i.example/p.jpg "夕阳")\n',
      null,
      new Map([['https://i.example/p.jpg', pathOf(1)]]),
    )
    expect(text).toBe(`![题](../${pathOf(1)} "夕阳 https://i.example/p.jpg")\n`)
    expect(keptPicture(`../${pathOf(1)}`, '夕阳 https://i.example/p.jpg')).toEqual({
      path: pathOf(1),
      url: 'https://i.example/p.jpg',
      title: '夕阳',
    })
  })

  test.each([
    ['![题](https://i.example/p.jpg \'夕阳 "红"\')', '夕阳 "红"'],
    ['![题](https://i.example/p.jpg (夕阳 "红"))', '夕阳 "红"'],
    ['![题](https://i.example/p.jpg "夕阳\n 红")', '夕阳 红'],
    ['![题](https://i.example/p.jpg "见 https://i.example/q")', '见 https://i.example/q'],
  ])('%s: the title stays, however it was written', (body, title) => {
    const text = withKept(body, null, new Map([['https://i.example/p.jpg', pathOf(1)]]))
    expect(readMarkdown(text).images).toEqual([{ url: 'https://i.example/p.jpg', caption: '题', path: pathOf(1) }])
    expect(renderMarkdown(withOriginals(text))).toBe(
      renderMarkdown(`![题](https://i.example/p.jpg "${title.replaceAll('"', '\\"')}")`),
    )
  })

  test.each([
    ['../media/ab/cd0123456789abcd.jpg', 'https://i.example/p.jpg'],
    ['../media/ab/ab0123456789abcd.svg', 'https://i.example/p.jpg'],
    ['../../media/ab/ab0123456789abcd.jpg', 'https://i.example/p.jpg'],
    ['../media/ab/ab0123456789abcd.jpg', '夕阳'],
  ])('%s with the title %s is none that is kept', (link, title) => {
    expect(keptPicture(link, title)).toBeNull()
  })
})
