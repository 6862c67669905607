import { expect, test } from 'vitest'
import { writeBody } from '../../src/core/markdown/index.ts'
import { readPage } from '../../src/sites/index.ts'

/* Paragraphs of a page of no known layout that are parted by line breaks or by styles alone. */

const TEXT = [
  '港口管理局昨天说，新的渡轮航线将在下个月开始试行，每天往返六班。',
  '居民代表表示，航线开通后，上班的时间可以缩短半个小时以上，大家都很期待。',
  '管理局也说，如果试行顺利，明年会把班次增加到每天十二班，并延长到晚上十一点。',
  '专家提醒，船只噪音对沿岸的鸟类可能有影响，应该先做环境评估再决定是否扩大。',
]

function read(body: string, headline = '渡轮航线下月试行'): string[] | string {
  const html = `<!DOCTYPE html><html><head><title>渡轮航线下月试行</title></head><body><main><article><h1>${headline}</h1>${body}</article></main></body></html>`
  const found = readPage({ html, url: 'https://town.example/2026/03/ferry.html', listed: '渡轮航线下月试行' })
  if (found.kind === 'refused') return found.reason
  return writeBody(found.extract.body.blocks)
    .markdown.split('\n')
    .filter((line) => line !== '')
}

const names = ['font', 'u', 's', 'big', 'nobr', 'bdi', 'span', 'b']
test.each([
  ...names.map(
    (name) =>
      [`<${name}> parted by line breaks`, TEXT.map((text) => `<${name} size="3">${text}</${name}><br><br>`)] as const,
  ),
  ...['span', 'a', 'b', 'font'].map(
    (name) =>
      [`<${name}> shown as blocks`, TEXT.map((text) => `<${name} style="display:block">${text}</${name}>`)] as const,
  ),
])('%s', (_, parts) => {
  const lines = read(parts.join(''))
  expect(Array.isArray(lines) ? lines.map((line) => line.replace(/~~|\*\*/g, '')) : lines).toEqual(TEXT)
})

const PARAGRAPHS = TEXT.map((text) => `<p>${text}</p>`).join('')

test.each(['<span class="kicker">独家</span>渡轮航线下月试行', '【快讯】渡轮航线下月试行（更新）'])(
  'the headline %s is no line of the text',
  (headline) => {
    expect(read(PARAGRAPHS, headline)).toEqual(TEXT)
  },
)

test('a heading that says more than the headline is one', () => {
  const heading = '渡轮航线下月试行之后巴士路线怎么改'
  expect(read(`<h2>${heading}</h2>${PARAGRAPHS}`)).toEqual([`### ${heading}`, ...TEXT])
})
