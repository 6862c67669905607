import { expect, test } from 'vitest'
import { readContent } from '../../src/sites/index.ts'
import { withoutFooter } from '../../src/sites/page/aggregator.ts'

const LINKS =
  '<a href="https://feedx.net">https://feedx.net</a> <br><a href="https://feedx.xyz">https://feedx.xyz</a><br>'

test.each([
  ['<p>正文。</p><br><hr><div>获取更多RSS：<br>' + LINKS + '</div>', '<p>正文。</p>'],
  ['<div>\n<p>正文。</p><br><hr><div>获取更多RSS：<br>' + LINKS + '</div>\n</div>', '<div>\n<p>正文。</p>\n</div>'],
  ['<p>正文。</p><p>*** 获取更多RSS：https://feedx.net https://feedx.xyz</p>', '<p>正文。</p>'],
  ['<p>正文。</p><hr/>获取更多 RSS: https://feedx.net', '<p>正文。</p>'],
  ['<p>正文。<br>*** 获取更多RSS：<br>' + LINKS + '</p>', '<p>正文。</p>'],
])('the footer of %s', (html, story) => {
  expect(withoutFooter(html)).toBe(story)
  expect(readContent(html, 'https://www.zaobao.com/realtime/china/story20200722-1071000')?.body.text.trim()).toBe(
    '正文。',
  )
})

test.each([
  '<p>获取更多RSS：读者可到官网订阅。</p>',
  '<p>获取更多RSS：<a href="https://feedx.net">https://feedx.net</a></p><p>正文在后。</p>',
  '<p>他说要获取更多。</p>',
  '<p>正文。</p>',
])('%s is of the story', (html) => {
  expect(withoutFooter(html)).toBe(html)
})
