import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import stringWidth from 'string-width'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CONFIG_KEYS, readerOf, ROWS } from '../../src/config/keys.ts'
import { configFileFor, loadConfig } from '../../src/config/config.ts'
import { DEFAULTS } from '../../src/config/defaults.ts'
import { readConfig } from '../../src/config/read.ts'
import { nearest } from '../../src/core/text/nearest.ts'
import { run } from '../../src/program.ts'
import { testIo } from '../support/io.ts'
import { folder } from '../support/program.ts'

let home: ReturnType<typeof folder>
beforeAll(() => void (home = folder()))
afterAll(() => home.remove())

const load = (env: Record<string, string>, flags: Record<string, unknown> = {}) =>
  loadConfig(flags, { ...testIo(home.path), env })
const fault = (env: Record<string, string>, flags?: Record<string, unknown>) =>
  load(env, flags).then(
    () => null,
    (error: Error) => error.message,
  )

describe('variables as env files, containers and shells leave them', () => {
  test.each<[string, string, keyof typeof CONFIG_KEYS, unknown]>([
    ['a carriage return at the end', './arch\r', 'archive', './arch'],
    ['blanks at both ends', '  ./arch \t', 'archive', './arch'],
    ['blanks about a span', ' 7d ', 'maxGap', 7 * 86_400_000],
    ['a carriage return behind a number', '5\r', 'limit', 5],
    ['a carriage return behind a list', 'china, world\r', 'section', ['china', 'world']],
    ['true in capitals', 'TRUE', 'quiet', true],
    ['on', 'On', 'quiet', true],
    ['off', 'off', 'robots', false],
    ['nothing but blanks', ' \r', 'archive', './archive'],
    ['an inner blank', './my arch', 'archive', './my arch'],
    ['sources in words', 'list json', 'sources', ['list', 'json']],
    [
      'sources in JSON',
      '[{ "rsshub": "http://127.0.0.1:1200" }, "list"]',
      'sources',
      [{ rsshub: 'http://127.0.0.1:1200' }, 'list'],
    ],
    [
      'one source in JSON',
      '{ "feed": "https://a.example/x?y=1,2" }',
      'sources',
      [{ feed: 'https://a.example/x?y=1,2' }],
    ],
    ['a list of words in JSON', '["china", "world"]', 'section', ['china', 'world']],
    ['an empty list in JSON', '[ ]', 'exclude', []],
    ['an address in brackets, which is no JSON', '[::1]', 'allowHost', ['[::1]']],
  ])('%s', async (_, value, key, expected) => {
    const name = `ZAOBAO_${key.replace(/[A-Z]/g, '_$&').toUpperCase()}`
    expect((await load({ [name]: value }))[key]).toEqual(expected)
  })

  test.each([
    ['ZAOBAO_ARCHIVE', '"./arch"', 'archive: "\\"./arch\\"": write it without the quotes'],
    ['ZAOBAO_ARCHIVE', "'./arch'\r", `archive: "'./arch'": write it without the quotes`],
    ['ZAOBAO_LIMIT', '"5"', 'limit: "\\"5\\"": write it without the quotes'],
    ['ZAOBAO_SECTION', '"china"', 'section: "\\"china\\"": write it without the quotes'],
    ['ZAOBAO_ARCHIVE', './a\rb', 'archive: "./a\\rb": write a folder'],
    ['ZAOBAO_ARCHIVE', './a\u0000', 'archive: "./a\\u0000": write a folder'],
    ['ZAOBAO_SOURCES', '[{ "rsshub": }]', 'sources: "[{ \\"rsshub\\": }]": it is no JSON'],
    [
      'ZAOBAO_SOURCES',
      '[{"rsshup":"http://a.example"}]',
      'sources: {"rsshup":"http://a.example"}: write "list", "json", { "rsshub": address } or { "feed": address }',
    ],
  ])('%s=%j is refused', async (name, value, expected) => {
    expect(await fault({ [name]: value })).toBe(`${name}: ${expected}`)
  })
})

test.each([
  ['', 'line 1: not valid JSON with comments; a value is expected'],
  ['{\n  "rate": "1/s"\n  "wait": "5m"\n}', 'line 3: not valid JSON with comments; "," is expected'],
  ['{ "rate": "1/s"', 'line 1: not valid JSON with comments; "}" is expected'],
  [
    "{ 'rate': 1 }",
    'line 1: not valid JSON with comments; a text in double quotes, a number, true or false is expected',
  ],
  ['{ rate: 1 }', 'line 1: not valid JSON with comments; a text in double quotes, a number, true or false is expected'],
  [
    '{ “rate”: 1 }',
    'line 1: not valid JSON with comments; a text in double quotes, a number, true or false is expected',
  ],
  ['{ /* mine }', 'line 1: not valid JSON with comments; "*/" is expected'],
  ['{ "archive": "C:\\archive" }', 'line 1: not valid JSON with comments; "\\\\" for a backslash is expected'],
  ['{ "exclude": [""] }', 'line 1: exclude: "": write ids, sections or URL patterns'],
  [
    '{ "sources": [{ "feed": "https://a.example/", "sektion": "x" }] }',
    'line 1: sources: {"feed":"https://a.example/","sektion":"x"}: write "list", "json", { "rsshub": address } or { "feed": address }',
  ],
  ['{\n  "rate": "1/s",\n  "limit": 0\n}', 'line 3: limit: 0: write a whole number above 0'],
  ['{\n  "exclude": [\n    "a",\n    ""\n  ]\n}', 'line 4: exclude: "": write ids'],
  [
    '{\n  "sources": [\n    "list",\n    { "rsshub":\n      "x" }\n  ]\n}',
    'line 4: sources: rsshub: "x": write an address',
  ],
  ['{\n  "exclude":\n    ""\n}', 'line 2: exclude: "": write ids'],
  ['{\r\n  // mine\r\n  "archve": "x"\r\n}', 'line 3: unknown key "archve"; did you mean "archive"?'],
  ['{\n  "section": ["china", "wrold"]\n}', 'line 2: section: "wrold": write china, singapore, '],
  ['{\n\n  "section": "rfi:sport"\n}', 'line 3: section: "rfi:sport": write china, singapore, '],
  ['{ "__proto__": { "rate": "9/s" } }', 'line 1: unknown key "__proto__"; the keys are '],
  [
    '{\n  "rate": "1/s",\n\n  "rate": "5/s"\n}',
    'line 4: "rate" stands there twice, before in line 2; leave one of the two',
  ],
  [
    '{ "sources": [{\n  "rsshub": "https://a.example/",\n  "rsshub": "https://b.example/"\n}] }',
    'line 3: "rsshub" stands there twice, before in line 2; leave one of the two',
  ],
])('of the file %j it is said %j', async (text, expected) => {
  writeFileSync(join(home.path, 'faulty.jsonc'), text)
  expect(await fault({}, { config: 'faulty.jsonc' })).toContain(`faulty.jsonc: ${expected}`)
})

test('what a shell would have read is read: the home folder, and ids that look like numbers', async () => {
  writeFileSync(
    join(home.path, 'home.jsonc'),
    '{ "archive": "~/a", "log": "~/l", "failures": "~/f", "exclude": [1212150] }',
  )
  const { archive, log, failures, exclude } = await load({ HOME: '/home/you' }, { config: 'home.jsonc' })
  expect([archive, log, failures, exclude]).toEqual(['/home/you/a', '/home/you/l', '/home/you/f', ['1212150']])
})

test.each([
  ['max-gap', 'maxGap'],
  ['MAX_GAP', 'maxGap'],
  ['archve', 'archive'],
  ['recehck', 'recheck'],
  ['source', 'sources'],
  ['feeds', 'feed'],
  ['sections', 'section'],
  ['allow_hosts', 'allowHost'],
  ['x', null],
  ['proxyserver', null],
  ['', null],
  ['a'.repeat(100_000), null],
])('of the keys, %s was meant to be %s', (name, expected) => {
  expect(nearest(name, Object.keys(CONFIG_KEYS))).toBe(expected)
})

test('all faults are named at once, of the file, the environment and the flags', async () => {
  writeFileSync(
    join(home.path, 'bad.jsonc'),
    '{ "archve": "x", "max-gap": "7d", "colour": 1, "concurrency": 0, "maxTime": "0" }',
  )
  const env = { ZAOBAO_ARCHVE: './x', ZAOBAO_COLOUR: 'red', ZAOBAO_LIMIT: 'many', OTHER: 'x' }
  const lines = (await fault(env, { config: 'bad.jsonc', rate: 'fast' }))?.split('\n') ?? []
  expect(lines.map((line) => line.replace(/(the keys are|a key is expected:) .*/, '$1 …'))).toEqual([
    'bad.jsonc: line 1: unknown key "archve"; did you mean "archive"?',
    'bad.jsonc: line 1: unknown key "max-gap"; did you mean "maxGap"?',
    'bad.jsonc: line 1: unknown key "colour"; the keys are …',
    'ZAOBAO_ARCHVE: unknown variable; did you mean ZAOBAO_ARCHIVE?',
    'ZAOBAO_COLOUR: unknown variable; ZAOBAO_ and a key is expected: …',
    '--rate: "fast": write a rate such as 1/s or 30/m',
    'bad.jsonc: line 1: concurrency: 0: write a whole number above 0',
    'ZAOBAO_LIMIT: limit: "many": write a whole number above 0',
    'bad.jsonc: line 1: maxTime: "0": write a duration above 0, such as 30s',
  ])
})

test.each<[string, unknown, string]>([
  ['wait', '400000d', 'write a duration of 1,000 years (365250d) at most'],
  ['maxGap', '366000d', 'write a duration of 1,000 years (365250d) at most'],
  ['maxTime', '8766001h', 'write a duration of 1,000 years (365250d) at most'],
  ['timeout', `${'9'.repeat(400)}ms`, 'write a duration of 1,000 years (365250d) at most'],
  ['recheck', '1 d', 'write a duration such as 500ms, 30s, 10m, 24h or 7d'],
  ['timeout', '0s', 'write a duration above 0, such as 30s'],
  ['limit', 1e12, 'write a whole number above 0, and 999999999 at most'],
  ['limit', '1000000000', 'write a whole number above 0, and 999999999 at most'],
  ['limit', -1, 'write a whole number above 0'],
  ['feed', 'www.example.org/feed', 'write an address that begins with http:// or https://'],
  [
    'feed',
    'http://[',
    'write an address that begins with http:// or https:// and goes on with a host, without blanks, a port up to 65535',
  ],
  [
    'sources',
    [{ rsshub: 'https://h:99999' }],
    'write an address that begins with http:// or https:// and goes on with a host, without blanks, a port up to 65535',
  ],
  ['proxy', 'http://', 'write the address of a proxy with a host, a port up to 65535: http://127.0.0.1:7890'],
  ['proxy', '127.0.0.1:7890', 'write the address of a proxy: http://, https:// or socks5://'],
])('%s of %j is refused once, and what would be right is said', async (key, value, says) => {
  writeFileSync(join(home.path, 'one.jsonc'), JSON.stringify({ [key]: value }))
  const lines = (await fault({}, { config: 'one.jsonc' }))?.split('\n') ?? []
  expect(lines).toEqual([expect.stringMatching(new RegExp(`^one\\.jsonc: line 1: ${key}: .*: `))])
  expect(lines[0]?.endsWith(`: ${says}`)).toBe(true)
})

test.each([[['fetch']], [['backfill', '--from', '7d']]])('%j of no section is a fault', async (args) => {
  const io = { ...testIo(home.path), env: { ZAOBAO_SECTION: '[]' } }
  expect(await run(args, io)).toBe(2)
  expect(io.err.join('')).toMatch(/^zaobao-archiver: no section is in use; write china, /)
})

describe('config', () => {
  async function config(args: string[], env: Record<string, string> = {}): Promise<{ code: number; out: string }> {
    const io = { ...testIo(home.path), env }
    const code = await run(['config', ...args], io)
    return { code, out: io.out.join('') + io.err.join('') }
  }

  test('says what holds and where it comes from', async () => {
    writeFileSync(join(home.path, 'own.jsonc'), '{ "rate": "30/m", "wait": "5m" }')
    const env = { ZAOBAO_WAIT: '1m', ZAOBAO_FEED: 'https://me:secret@a.example/f?key=secret' }
    const { code, out } = await config(['--config', 'own.jsonc', '--archive', './news'], env)
    expect(code).toBe(0)
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ {2,}/))
    expect(lines.map(([key]) => key)).toEqual(Object.keys(CONFIG_KEYS))
    expect(lines).toContainEqual(['archive', './news', '--archive'])
    expect(lines).toContainEqual(['wait', '1m', 'ZAOBAO_WAIT'])
    expect(lines).toContainEqual(['rate', '30/m', 'own.jsonc'])
    expect(lines).toContainEqual(['feed', '["https://a.example/f?key=***"]', 'ZAOBAO_FEED'])
    expect(lines).toContainEqual(['limit', '-', 'default'])
    expect(lines).toContainEqual(['maxGap', '7d', 'default'])
  })

  test('its columns stand under one another where a value is Chinese', async () => {
    const { out } = await config(['--archive', './归档'])
    const lines = out.trimEnd().split('\n')
    expect(new Set(lines.map((line) => stringWidth(line.slice(0, line.lastIndexOf('  '))))).size).toBe(1)
  })

  test('--json: one object of the same', async () => {
    const { out } = await config(['--json', '--config', 'own.jsonc'])
    const held = JSON.parse(out) as Record<string, unknown>
    expect(Object.keys(held)).toEqual(Object.keys(CONFIG_KEYS))
    expect(held['rate']).toEqual({ value: '30/m', from: 'file', name: 'own.jsonc' })
    expect(held['json']).toEqual({ value: true, from: 'flag', name: '--json' })
    expect(held['limit']).toEqual({ value: null, from: 'default', name: null })
  })

  test('with faults: each in a line, exit 2', async () => {
    const { code, out } = await config([], { ZAOBAO_RTE: '1/s', ZAOBAO_WAIT: 'long' })
    expect(code).toBe(2)
    expect(out.trimEnd().split('\n')).toHaveLength(2)
  })
})

describe('what is given without a file and without variables', () => {
  const PLAIN: readonly Record<string, unknown>[] = [
    {},
    { archive: '/srv/news' },
    { archive: '.', json: true, quiet: true, verbose: false },
    { progress: false, media: true, robots: false, allowPrivate: true },
    { limit: undefined, best: true, since: '2021-11-10' },
  ]

  test.each(PLAIN)('%j is what a reading of all of it gives', async (flags) => {
    const read = readConfig(flags, {}, await configFileFor({}, testIo(home.path))).config
    expect(await loadConfig(flags, testIo(home.path))).toStrictEqual(read)
    expect(await loadConfig(flags, { ...testIo(home.path), env: { LANG: 'zh_CN.UTF-8' } })).toStrictEqual({
      ...read,
      lang: 'zh',
    })
  })

  test('every key has there what is read of its default', () => {
    const written = Object.fromEntries(
      ROWS.flatMap(([key, row]) => (row.default === undefined ? [] : [[key, row.default]])),
    )
    const { archive: _, ...read } = readerOf(Object.keys(written)).parse(written)
    expect(DEFAULTS).toEqual({ archive: './archive', ...read })
    expect(Object.keys(DEFAULTS)).toEqual(Object.keys(CONFIG_KEYS))
  })

  test('what is given changes nothing else', async () => {
    const plain = await load({}, {})
    expect(await load({}, { limit: '5', rate: '2/s' })).toStrictEqual({
      ...plain,
      limit: 5,
      rate: { count: 2, perMs: 1000 },
    })
    expect(await load({ HOME: '/home/reader' }, { log: '~/log' })).toStrictEqual({ ...plain, log: '/home/reader/log' })
  })

  test('what is more than plain is read', async () => {
    expect((await load({ HOME: '/home/reader' }, { archive: '~/news' })).archive).toBe('/home/reader/news')
    expect(await load({}, { limit: '5', warc: 'captures' })).toMatchObject({ limit: 5, warc: 'captures' })
    expect(await fault({}, { archive: '' })).toContain('--archive')
    expect(await fault({}, { archive: 'a\nb' })).toContain('--archive')
    expect(await fault({ ZAOBAO_ARCHIV: 'x' })).toContain('ZAOBAO_ARCHIVE')
  })
})

describe('a file with more wrong than anyone reads', () => {
  const MANY = 20_000

  test.each<[string, string]>([
    ['values', `{ "section": [${'"x",\n'.repeat(MANY)}"x"] }`],
    ['keys', `{ ${Array.from({ length: MANY }, (_, n) => `"k${n}": 1`).join(',\n')} }`],
    ['keys that stand there twice', `{ ${'"rate": "1/s",\n'.repeat(MANY)}"rate": "1/s" }`],
  ])('%s: the first are named', async (_, text) => {
    writeFileSync(join(home.path, 'many.jsonc'), text)
    const lines = (await fault({}, { config: 'many.jsonc' }))?.split('\n') ?? []
    expect(lines).toHaveLength(101)
    expect(lines[0]).toMatch(/^many\.jsonc: line [12]: /)
    expect(lines.at(-1)).toMatch(/^and \d+ more$/)
  })

  test.each([500, 2_000, 3_000, 5_000, 50_000])('%i values in one another', async (depth) => {
    writeFileSync(join(home.path, 'deep.jsonc'), `{ "section": ${'['.repeat(depth)}${']'.repeat(depth)} }`)
    expect(await fault({}, { config: 'deep.jsonc' })).toMatch(/deep\.jsonc: .*(write a section|in one another)/)
  })
})

test.runIf(existsSync('/dev/stdin'))('a file that is a pipe is read once, and whole', async () => {
  const script = `printf '{ "rate": "7/m" }' | "$0" bin/zaobao-archiver.js config --json --config /dev/stdin`
  const { stdout } = spawnSync('sh', ['-c', script, process.execPath], { encoding: 'utf8' })
  expect(JSON.parse(stdout)).toMatchObject({ rate: { value: '7/m' } })
})

test('a configuration in UTF-16 is read in either order of its bytes; in the encoding of Chinese Windows it is refused', async () => {
  const text = '\ufeff{ "archive": "新闻" }'
  const little = Buffer.from(text, 'utf16le')
  for (const bytes of [Buffer.from(text), little, Buffer.from(little).swap16()]) {
    writeFileSync(join(home.path, 'wide.jsonc'), bytes)
    expect((await load({}, { config: 'wide.jsonc' })).archive).toBe('新闻')
  }
  writeFileSync(join(home.path, 'gbk.jsonc'), Buffer.from('7b202261726368697665223a2022d0c2cec522207d', 'hex'))
  expect(await fault({}, { config: 'gbk.jsonc' })).toBe(
    `${join(home.path, 'gbk.jsonc')}: it is not UTF-8; save it in that encoding`,
  )
})

test('a number that is larger than all that are counted is one fault', async () => {
  writeFileSync(join(home.path, 'large.jsonc'), '{ "limit": 99999999999999999999 }')
  expect(await fault({}, { config: 'large.jsonc' })).not.toMatch(/\n|Invalid/)
})

test('the name of a configuration is one line', async () => {
  expect(await fault({}, { config: 'a\nb\u001b[31m.jsonc' })).toBe(
    `${join(home.path, 'a b.jsonc')}: there is no such file`,
  )
})
