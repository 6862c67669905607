import { readdirSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { call, folder } from '../support/program.ts'

const made = folder()
const home = made.path
afterAll(() => made.remove())

/** What the program says of a value that it refuses: one line, no secret in it, nothing written. */
async function refused(args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const { code, stdout, stderr } = await call(args, { cwd: home, env })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/^zaobao-archiver: [^\n]*\n$/)
  expect(stderr).not.toMatch(/unexpected|secret/)
  expect(readdirSync(home)).toEqual([])
  return stderr.replace(/^zaobao-archiver: /, '').trimEnd()
}

describe.each(['http://h:99999/', 'http://me:secret@h:99999/', 'https:///', 'http://me:sec/ret@h/'])(
  '%s is no address',
  (address) => {
    test.each([
      [['fetch', address]],
      [['fetch', '--section', address]],
      [['fetch', '--feed', address]],
      [['probe', address]],
      [['probe', '--section', address]],
      [['backfill', '--from', '7d', '--section', address]],
      [['backfill', address]],
      [['items', address]],
      [['items', '--url', address]],
      [['convert', '--url', address]],
      [['export', '--section', address]],
      [['export', '--format', 'atom', '--self', address]],
    ])('%j', async (args) => {
      expect(await refused(args)).toContain(address.startsWith('http:') ? '"http://h' : '"https:///"')
    })

    test.each(['ZAOBAO_SECTION', 'ZAOBAO_FEED', 'ZAOBAO_PROXY', 'ZAOBAO_ALLOW_HOST', 'ZAOBAO_SOURCES'])(
      '%s',
      async (name) => {
        expect(await refused(['fetch'], { [name]: address })).toMatch(new RegExp(`^${name}: \\w+: "http`))
      },
    )
  },
)

test.each([
  'ftp://me:secret@h/',
  'me:secret@h:8080',
  'me:sec/secret@h/feed',
  '//me:secret@h/',
  'https:me:secret@h:99999',
])('credentials in %s are not said', async (address) => {
  for (const args of [
    ['fetch', address],
    ['fetch', '--feed', address],
    ['fetch', '--section', address],
    ['fetch', '--allow-host', address],
    ['probe', address],
    ['backfill', address],
    ['items', '--url', address],
    ['convert', '--url', address],
    ['export', '--format', 'atom', '--self', address],
    ['serve', '--port', address],
    ['status', '--max-age', address],
    [address],
  ])
    await refused(args)
  await refused(['fetch'], { ZAOBAO_SOURCES: JSON.stringify([{ feed: address }]) })
  await refused(['fetch'], { ZAOBAO_PROXY: address })
})

test('nor in the place of the name of a file or folder', async () => {
  for (const args of [['convert'], ['import'], ['backfill', '--file']])
    for (const before of ['https://', 'https:/', '//', ''])
      expect(await refused([...args, `${before}me:secret@h/a`])).toMatch(/(?<![\w@])h\/a/)
  expect(await refused(['fetch', '--warc', 'https://me:secret@h/a'])).toContain('fetch https://h/a --warc')
})

describe.each([
  ['lists', '[{"a":', '}]'],
  ['objects', '{"a":', '}'],
])('%s that stand in one another, in a variable', (_, opened, closed) => {
  test.each([500, 5000, 12_000])('%d', async (count) => {
    for (const name of ['ZAOBAO_SOURCES', 'ZAOBAO_KEYS', 'ZAOBAO_EXCLUDE']) {
      const value = `${opened.repeat(count)}1${closed.repeat(count)}`
      expect(await refused(['status'], { [name]: value })).toMatch(new RegExp(`^${name}: \\w+: .{0,600}$`))
    }
  })
})

test('a contact of blanks is none', async () => {
  expect(await refused(['init', '--contact', ' '])).toBe('--contact: " ": write an address or a URL in ASCII letters')
})

test.each([
  [['convert', ''], 'file'],
  [['items', ''], 'file|url'],
  [['import', ''], 'dir'],
  [['export', ''], 'file|day'],
  [['backfill', '--file', ''], '--file'],
  [['export', '--output', ''], '--output'],
  [['export', '--site='], '--site'],
  [['init', '--opml', ''], '--opml'],
  [['probe', '--save', ''], '--save'],
  [['serve', '--host', ''], '--host'],
  [['status', '--config', ''], '--config'],
  [['--config=', 'status'], '--config'],
])('a name that is empty is refused, not taken for the working folder or for all addresses: %j', async (args, name) => {
  expect(await refused(args)).toBe(`${name} is empty; is a variable unset?`)
})

describe.each(['https://me:secret@h/x', 'me:secret@h/x', 'https://me:sec/secret@h/x'])(
  '%s in the place of a path',
  (given) => {
    const net = ['--feed', 'http://127.0.0.1:9/feed', '--allow-private']
    test.each([
      ['fetch', ...net, '--archive', given],
      ['fetch', ...net, '--log', given],
      ['fetch', ...net, '--failures', given],
      ['fetch', ...net, '--config', given],
      ['backfill', '--file', given],
      ['backfill', '--warc', given],
      ['convert', given],
      ['items', given],
      ['export', given],
      ['export', '--archive', given],
      ['export', '--output', given],
      ['import', given],
      ['import', '.', '--archive', given],
      ['verify', '--archive', given],
      ['status', '--archive', given],
      ['search', '渡口', '--archive', given],
      ['probe', 'http://127.0.0.1:9/', '--save', given],
      ['init', '--opml', given],
      ['init', '--archive', given],
      ['config', '--archive', given],
      ['demo', '--archive', given],
    ])('is said without its password: %s %s %s %s %s', async (...args) => {
      const own = folder()
      try {
        const { stdout, stderr } = await call(args, { cwd: own.path })
        expect(stdout.replace(/^.*\.md$/gm, '') + stderr).not.toContain('secret')
      } finally {
        own.remove()
      }
    })
  },
)
