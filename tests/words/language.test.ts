import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { wordsOf } from '../../src/words/error.ts'
import { english, message, plural, pluralOf, said, speak, t, withTexts } from '../../src/words/words.ts'
import { StoryError } from '../../src/errors.ts'
import { archiveError } from '../../src/edge/file-errors.ts'
import { run } from '../../src/program.ts'
import { testIo } from '../support/io.ts'
import { folder, program } from '../support/program.ts'

const home = folder()
afterAll(async () => {
  await speak('en')
  home.remove()
})

/** What is said of a mistyped command. */
async function spokenWith(env: Record<string, string>, args: string[] = [], file: string | null = null) {
  const cwd = folder()
  try {
    if (file !== null) writeFileSync(join(cwd.path, 'zaobao.config.jsonc'), file)
    writeFileSync(join(cwd.path, 'other.jsonc'), '{ "lang": "zh" }')
    const io = { ...testIo(cwd.path), env }
    await run(['statuss', ...args], io)
    return /没有/.test(io.err.join('')) ? 'zh' : 'en'
  } finally {
    cwd.remove()
  }
}

describe('the language is that of', () => {
  test.each<[Record<string, string>, string]>([
    [{}, 'en'],
    [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LANG: 'zh_TW' }, 'zh'],
    [{ LANG: 'zh' }, 'zh'],
    [{ LANG: 'zh-Hans' }, 'zh'],
    [{ LANG: 'ZH_cn' }, 'zh'],
    [{ LANG: 'zha_CN' }, 'en'],
    [{ LANG: 'C' }, 'en'],
    [{ LANG: 'de_DE.UTF-8' }, 'en'],
    [{ LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }, 'en'],
    [{ LC_ALL: '', LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LC_MESSAGES: 'zh_SG.UTF-8', LANG: 'en_SG.UTF-8' }, 'zh'],
    [{ LC_ALL: 'en_US.UTF-8', LC_MESSAGES: 'zh_SG.UTF-8' }, 'en'],
    [{ LC_CTYPE: 'zh_CN.UTF-8', LANGUAGE: 'zh' }, 'en'],
  ])('the locale: %j', async (env, language) => {
    expect(await spokenWith(env)).toBe(language)
  })

  test.each<[Record<string, string>, string[], string | null, string]>([
    [{ ZAOBAO_LANG: 'zh' }, [], null, 'zh'],
    [{ ZAOBAO_LANG: ' en ', LANG: 'zh_CN.UTF-8' }, [], '{ "lang": "zh" }', 'en'],
    [{}, [], '{ "lang": "zh" }', 'zh'],
    [{ LANG: 'zh_CN.UTF-8' }, [], '{ "lang": "en" }', 'en'],
    [{ LANG: 'zh_CN.UTF-8' }, [], '{ // "lang": "en"\n }', 'zh'],
    [{ LANG: 'zh_CN.UTF-8' }, [], '{ "lang"', 'zh'],
    [{ LANG: 'zh_CN.UTF-8' }, [], '{ "lang": "de" }', 'zh'],
    [{ ZAOBAO_LANG: '' }, [], '{ "lang": "zh" }', 'zh'],
    [{}, ['--config', 'other.jsonc'], null, 'zh'],
    [{}, ['--config=other.jsonc'], '{ "lang": "en" }', 'zh'],
    [{}, ['--config'], null, 'en'],
  ])('the configuration: %j %j %s', async (env, args, file, language) => {
    expect(await spokenWith(env, args, file)).toBe(language)
  })
})

test.each<[Record<string, string>, string, object]>([
  [{}, '', { value: 'en', from: 'default', name: null }],
  [{ LANG: 'zh_CN.UTF-8' }, '', { value: 'zh', from: 'locale', name: 'LANG' }],
  [{ LANG: 'zh_CN.UTF-8', ZAOBAO_LANG: 'en' }, '', { value: 'en', from: 'environment', name: 'ZAOBAO_LANG' }],
])('config tells the language and where it comes from: %j', async (env, _, lang) => {
  const io = { ...testIo(home.path), env }
  expect(await run(['config', '--json'], io)).toBe(0)
  expect(JSON.parse(io.out.join(''))).toMatchObject({ lang })
})

test('a language that is none is refused, by its variable', async () => {
  const io = { ...testIo(home.path), env: { ZAOBAO_LANG: 'de', LANG: 'zh_CN.UTF-8' } }
  expect(await run(['config'], io)).toBe(2)
  expect(io.err.join('')).toBe('zaobao-archiver: ZAOBAO_LANG: lang: "de": 请写 en 或 zh\n')
})

test('a message is said in the language of the moment, and is English for data', async () => {
  await speak('en')
  const doubt = message`in doubt: ${message`the page has ${12} more letters`}`
  const stories = (n: number) => plural(n, t`${n} problem`, t`${n} problems`)
  expect([said(doubt), english(doubt), stories(1), stories(2)]).toEqual([
    'in doubt: the page has 12 more letters',
    'in doubt: the page has 12 more letters',
    '1 problem',
    '2 problems',
  ])
  await speak('zh')
  expect([said(doubt), english(doubt), stories(1), stories(2)]).toEqual([
    '存疑：页面还有 12 个字',
    'in doubt: the page has 12 more letters',
    '1 个问题',
    '2 个问题',
  ])
  await speak('en')
  expect(stories(1)).toBe('1 problem')
})

test.each<[string, () => unknown, string, string]>([
  [
    'of the system',
    () => archiveError(Object.assign(new Error('x'), { code: 'EROFS' }), 'write', '甲.md'),
    'cannot write 甲.md: the file system is read-only; mount it writable, then run again (EROFS)',
    '无法写入 甲.md：文件系统是只读的；请挂载为可写再运行（EROFS）',
  ],
  ['of a story', () => new StoryError(message`is gone`, '甲.md'), '甲.md is gone', '甲.md 不见了'],
  ['of a library', () => new TypeError('no such thing'), 'no such thing', 'no such thing'],
  ['that is none', () => 'no such thing', 'no such thing', 'no such thing'],
])('an error %s says the same in any language, whichever was spoken when it was met', async (_, make, own, chinese) => {
  await speak('zh')
  const error = make()
  if (error instanceof Error) expect(error.message).toBe(chinese)
  expect([said(wordsOf(error)), english(wordsOf(error))]).toEqual([chinese, own])
  await speak('en')
  expect(said(wordsOf(error))).toBe(own)
})

test('clauses, things and numbers stand in a message as its language has them', async () => {
  const items = (n: number) =>
    pluralOf(n, message`it is cut off: ${n} item of it is whole`, message`it is cut off: ${n} items of it are whole`)
  const told = message`${[items(1), message`without the key ${['date', 'from']}`, items(2)]}`
  const own = 'it is cut off: 1 item of it is whole; without the key date, from; it is cut off: 2 items of it are whole'
  expect([said(told), english(told)]).toEqual([own, own])
  await speak('zh')
  expect(english(told)).toBe(own)
  expect(said(told)).toBe('被截断：完整的条目有 1 个；缺少键 date、from；被截断：完整的条目有 2 个')
  await speak('en')
  expect(english(withTexts(told, (text) => text.toUpperCase()))).toBe(own.replace('date, from', 'DATE, FROM'))
})

test('the program as it is published speaks Chinese, to the pipe as to the terminal', async () => {
  const env = { LC_ALL: 'zh_CN.UTF-8' }
  const { stderr, code } = await program(['status'], { cwd: home.path, env })
  expect({ stderr, code }).toEqual({
    stderr: 'zaobao-archiver: ./archive 处没有归档；fetch 会新建，--archive 可指定别处\n',
    code: 4,
  })
})
