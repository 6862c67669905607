import { expect, test } from 'vitest'
import { parseKept } from '../../src/core/archive/kept-page.ts'

const HEAD = {
  url: 'https://www.zaobao.com.sg/a',
  foundAt: 'https://www.zaobao.com/a',
  contentType: null,
  fetched: '2026-03-12T00:00:00.000Z',
}
const bytes = (text: string) => Buffer.from(text)

test('a kept page has its head and its bytes, line ends and all', () => {
  const kept = parseKept(bytes(`${JSON.stringify({ ...HEAD, status: 200 })}\n\r\n<p>甲\n`))
  expect(kept?.head).toEqual({ ...HEAD, status: 200 })
  expect(Buffer.from(kept?.body ?? []).toString()).toBe('\r\n<p>甲\n')
})

test('a kept page says of what type it is', () => {
  const head = { ...HEAD, contentType: 'text/html' }
  expect(parseKept(bytes(`${JSON.stringify(head)}\n`))?.head).toEqual(head)
})

test.each<[string, string]>([
  ['nothing', ''],
  ['a page', '<!DOCTYPE html>\n<p>x'],
  ['a JSON list', '{"code":200,"response":{"articles":[]}}\n'],
  ['a record', '{"id":"1","url":"https://www.zaobao.com.sg/a","fetched":null}\n'],
  ['a head without a page', JSON.stringify(HEAD)],
  ['a head that is broken', '{"url":\n<p>x'],
  ['a page of one brace', '{'],
  ['an endless line', `${JSON.stringify({ ...HEAD, a: 'x'.repeat(70_000) })}\n<p>`],
  ...Object.keys(HEAD).map(
    (key) => [`another ${key}`, `${JSON.stringify({ ...HEAD, [key]: 7 })}\n<p>`] as [string, string],
  ),
  ['null', 'null\n<p>'],
])('%s is none', (_name, text) => expect(parseKept(bytes(text))).toBeNull())
