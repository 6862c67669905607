import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { english, message, plural, said, speak, t } from '../../src/words/words.ts'
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

test('the program as it is published speaks Chinese, to the pipe as to the terminal', async () => {
  const env = { LC_ALL: 'zh_CN.UTF-8' }
  const { stderr, code } = await program(['status'], { cwd: home.path, env })
  expect({ stderr, code }).toEqual({
    stderr: 'zaobao-archiver: ./archive 处没有归档；fetch 会新建，--archive 可指定别处\n',
    code: 4,
  })
})
