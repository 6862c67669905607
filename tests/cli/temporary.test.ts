import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { PAGES } from '../support/pages.ts'
import { folder, program } from '../support/program.ts'

/** What needs a folder for temporary files, where there is none. */
const home = folder()
afterAll(() => home.remove())

const nowhere = join(home.path, 'nowhere')
const inNone = (args: string[], input = '') => program(args, { cwd: home.path, env: { TMPDIR: nowhere }, input })
const refused = {
  code: 4,
  stdout: '',
  stderr: expect.stringMatching(
    /^(?:(?:the catalogue|backfill: stopped).*\n)?zaobao-archiver: temporary files cannot be kept in \S*nowhere \(ENOENT\); TMPDIR names another folder\n/,
  ) as string,
}

test('the demo says so', async () => {
  expect(await inNone(['demo'])).toEqual(refused)
  expect((await inNone(['demo', '--archive', 'kept', '--quiet'])).code).toBe(0)
})

test('captures on standard input, which cannot be read twice, say so', async () => {
  const url = 'https://www.zaobao.com.sg/realtime/china/story20211110-9000001'
  const page = Object.values(PAGES)[0]!({
    title: '渡口复航',
    url,
    published: '2021-11-10T07:37:00.000Z',
    bodyHtml: '<p>渡口昨天复航，首班船坐满了人。</p>',
  })
  const answer = `HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${page}`
  const head = [
    'WARC/1.1',
    'WARC-Type: response',
    `WARC-Target-URI: ${url}`,
    'WARC-Date: 2021-11-11T00:00:00Z',
    'Content-Type: application/http; msgtype=response',
    `Content-Length: ${Buffer.byteLength(answer)}`,
  ]
  const warc = `${head.join('\r\n')}\r\n\r\n${answer}\r\n\r\n`
  expect(await inNone(['backfill', '--warc', '-', '--archive', 'captured'], warc)).toMatchObject(refused)
  expect(
    await program(['backfill', '--warc', '-', '--archive', 'captured'], { cwd: home.path, input: warc }),
  ).toMatchObject({ code: 0, stderr: 'backfill: 1 written\n' })
})

test('a catalogue that cannot be kept in the archive says so', async () => {
  await program(['demo', '--archive', 'held', '--quiet'], { cwd: home.path })
  mkdirSync(join(home.path, 'held/.zaobao/catalogue.db'))
  expect(await inNone(['search', '渡轮', '--archive', 'held'])).toEqual(refused)
})
