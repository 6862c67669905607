import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eachWithSite, type Own } from '../support/each.ts'
import { fetchAt } from '../support/fetch.ts'
import { drupal8Page } from '../support/pages.ts'
import { storiesIn } from '../support/program.ts'
import { rsshubFeed } from '../support/site.ts'

/*
 * The form of bodies changes in the middle of an archive's life, and someone wrote into a file of the other one.
 */
const PATH = '/realtime/china/story20211110-9000001'
const FIRST = '<p>轮渡昨天复航，首班船坐满了人。</p><p>船公司说票价不变。</p>'
const SECOND = `<p>末班船是晚上十点。</p>${FIRST}`
const NOTE = '\n读者注：存疑。\n'
const HOUR_MS = 3_600_000

let own: Own
let nowMs: number
eachWithSite((begun) => {
  own = begun
  nowMs = Date.parse('2021-11-10T12:00:00Z')
})

/** A fetch of what the page says then, an hour after the last. */
async function fetch(body: 'markdown' | 'html', bodyHtml: string): Promise<string> {
  nowMs += HOUR_MS
  const url = `${own.site.server.origin}${PATH}`
  const story = { title: '轮渡复航', url, published: '2021-11-10T07:37:00.000Z', bodyHtml }
  own.site.pages.set(PATH, `${drupal8Page(story)}<!-- ${nowMs} -->`)
  own.site.pages.set('/feed.xml', rsshubFeed([{ ...story, bodyHtml: '' }]))
  const { out } = await fetchAt(nowMs, own, { body, recheck: '100d', json: true })
  return (out.match(/(?<="status":")\w+/g) ?? []).join()
}
const fileOf = () => [...storiesIn(own.archive).entries()][0]!
const edit = () => writeFileSync(join(own.archive, fileOf()[0]), `${fileOf()[1]}${NOTE}`)
const loseNotes = () => rmSync(join(own.archive, '.zaobao'), { recursive: true })
const kept = () => {
  const shelf = join(own.archive, '.zaobao/revisions/2021-11-10/9000001')
  return existsSync(shelf) ? readdirSync(shelf) : []
}

test.each([
  ['', () => undefined],
  [', .zaobao/ lost', loseNotes],
])('a file of Markdown into which someone wrote stays one where bodies are HTML now%s', async (_, before) => {
  await fetch('markdown', FIRST)
  edit()
  const [path, text] = fileOf()
  before()
  expect(await fetch('html', FIRST)).toBe('')
  expect(fileOf()).toEqual([path, text])
  before()
  expect(await fetch('html', SECOND)).toBe('revised')
  expect(fileOf()[1]).toContain('------\n\n末班船是晚上十点。\n\n')
  expect(fileOf()[1]).toContain(NOTE)
  expect(kept()).toEqual(['1.md'])
})

test.each([
  ['', () => undefined],
  [', .zaobao/ lost', loseNotes],
])('a file of HTML into which someone wrote stays one where bodies are Markdown now%s', async (_, before) => {
  await fetch('html', FIRST)
  edit()
  const [path, text] = fileOf()
  before()
  expect(await fetch('markdown', FIRST)).toBe('')
  expect(fileOf()).toEqual([path, text])
  before()
  expect(await fetch('markdown', SECOND)).toBe('revised')
  expect(fileOf()[1]).toContain('------\n\n<div>\n<p>末班船是晚上十点。</p>')
  expect(fileOf()[1]).toContain(NOTE)
  expect(kept()).toEqual(['1.md'])
})

const LIVES = [
  ['markdown', '', () => undefined],
  ['html', '', () => undefined],
  ['markdown', ', .zaobao/ lost', loseNotes],
  ['html', ', .zaobao/ lost', loseNotes],
] as const

test.each(LIVES)('a note above the HTML of a file stays where bodies are %s%s', async (body, _, before) => {
  await fetch('html', FIRST)
  const [path, text] = fileOf()
  const noted = text.replace('<div>', `编者注：${NOTE}\n<div>`)
  writeFileSync(join(own.archive, path), noted)
  before()
  expect(await fetch(body, FIRST)).toBe('')
  expect(fileOf()).toEqual([path, noted])
  before()
  expect(await fetch(body, SECOND)).toBe('revised')
  expect(fileOf()[1]).toContain(`编者注：${NOTE}\n<div>\n<p>末班船是晚上十点。</p>`)
  expect(kept()).toEqual(['1.md'])
})

test.each(LIVES)('so does a box of HTML with which a file of Markdown begins (%s%s)', async (body, _, before) => {
  const box = `<div>${NOTE}</div>\n`
  await fetch('markdown', FIRST)
  const [path, text] = fileOf()
  const noted = text.replace('------\n', `------\n\n${box}`)
  writeFileSync(join(own.archive, path), noted)
  before()
  expect(await fetch(body, FIRST)).toBe('')
  expect(fileOf()).toEqual([path, noted])
  before()
  expect(await fetch(body, `${FIRST}<p>末班船是晚上十点。</p>`)).toBe('revised')
  expect(fileOf()).toEqual([path, `${noted}\n末班船是晚上十点。\n`])
  expect(kept()).toEqual(['1.md'])
})

test('lines of code and blanks stay where a file of HTML is Markdown with its next text, and one of Markdown stays as it is', async () => {
  const code = '<pre><code>轮渡\n\n  复航</code></pre><p>A\n B 两岸</p>'
  await fetch('html', FIRST + code)
  expect(await fetch('markdown', SECOND + code)).toBe('revised')
  const [path, text] = fileOf()
  expect(text).toContain('\n轮渡\n\n  复航\n')
  expect(text).toContain('\nA B 两岸\n')
  for (const body of ['markdown', 'html'] as const) {
    expect(await fetch(body, SECOND + code)).toBe('')
    expect(fileOf()).toEqual([path, text])
  }
  expect(kept()).toEqual(['1.md'])
})

test.each([
  ['markdown', 'html'],
  ['html', 'markdown'],
] as const)('a file of %s into which nobody wrote is %s with its next text', async (first, next) => {
  await fetch(first, FIRST)
  expect(await fetch(next, FIRST)).toBe('')
  expect(await fetch(next, SECOND)).toBe('revised')
  expect(fileOf()[1].includes('<div>')).toBe(next === 'html')
  expect(kept()).toEqual(['1.md'])
})
