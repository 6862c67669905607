import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { convert } from '../../src/commands/convert.ts'
import { fetch } from '../../src/commands/fetch.ts'
import { UsageError } from '../../src/errors.ts'
import { eachWithSite, type Own } from '../support/each.ts'
import { configOf, testIo } from '../support/io.ts'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { rsshubFeed, type Site } from '../support/site.ts'

let site: Site
let home: Own['home']
eachWithSite((own) => {
  ;({ site, home } = own)
  publish(1, 2)
  site.broken.set(pathOf(2), 404)
})

const pathOf = (number: number) => `/realtime/china/story20211110-${9_000_000 + number}`

function publish(...numbers: number[]): void {
  const stories = numbers.map((number): PageStory => ({
    ...{
      title: `轮渡第${number}号`,
      url: `${site.server.origin}${pathOf(number)}`,
      published: '2021-11-10T07:37:00.000Z',
    },
    bodyHtml: '',
  }))
  site.pages.set('/feed.xml', rsshubFeed(stories))
  for (const story of stories) {
    site.pages.set(new URL(story.url).pathname, drupal8Page({ ...story, bodyHtml: '<p>第一段。</p><p>第二段。</p>' }))
  }
}

/** A run on 22 November 2026, 00:00 UTC. */
async function run(flags: Record<string, unknown> = {}, dryRun = false) {
  const io = testIo(home.path)
  const given = { archive: join(home.path, 'archive'), feed: [`${site.server.origin}/feed.xml`], allowPrivate: true }
  const config = await configOf({ ...given, rate: '1000/s', ...flags }, home.path)
  const code = await fetch({ ...config, dryRun }, io)
  return { code, out: io.out.join(''), err: io.err.join('') }
}

const lines = (text: string) => text.trimEnd().split('\n')
const TIMED = /^2026-11-22T00:00:00Z /

describe('--verbose', () => {
  test('says with times what was asked, why, and what came of it', async () => {
    const { err } = await run({ verbose: true })
    for (const line of lines(err)) expect(line).toMatch(TIMED)
    const said = lines(err).map((line) => line.replace(TIMED, ''))
    expect(said).toContain(`${site.server.origin}${pathOf(1)}: to be fetched: it is new`)
    expect(said).toContain(`${site.server.origin}${pathOf(1)}: read by the layout drupal8`)
    expect(said.join('\n')).toMatch(/9000001-轮渡第1号\.md: written$/m)
    const unchanged = await run({ verbose: true })
    expect(unchanged.err).toMatch(/ 304 unchanged \S+feed\.xml 0 bytes/)
    expect(unchanged.err).toMatch(/9000002: to be fetched: it failed before$/m)
    publish(1, 2, 3)
    expect((await run({ verbose: true })).err).toMatch(/9000001: not fetched: it is archived$/m)
  })
})

describe('--log', () => {
  test('has all that --verbose says, whatever is said on stderr', async () => {
    const quiet = await run({ log: 'run.log', quiet: true })
    expect(quiet.err).toMatch(/^\S+9000002: [^\n]+\n$/)
    const log = lines(readFileSync(join(home.path, 'run.log'), 'utf8'))
    for (const line of log) expect(line).toMatch(TIMED)
    expect(log.some((line) => line.endsWith(': to be fetched: it is new'))).toBe(true)
    expect(log.at(-1)).toBe('2026-11-22T00:00:00Z fetch: 1 written, 1 failed, queued for the next run')
    await run({ log: 'run.log' })
    expect(lines(readFileSync(join(home.path, 'run.log'), 'utf8')).length).toBeGreaterThan(log.length)
  })

  test('that cannot be written is named once, and fails no run', async () => {
    mkdirSync(join(home.path, 'folder'))
    site.broken.clear()
    expect(await run({ log: 'folder' })).toMatchObject({
      code: 0,
      err: `${join(home.path, 'folder')}: cannot be written (EISDIR); the run goes on\nfetch: 2 written\n`,
    })
  })

  test('holds no control character of a page', async () => {
    site.pages.set(
      '/feed.xml',
      rsshubFeed([
        {
          title: '题\u001b[2J末',
          url: `${site.server.origin}${pathOf(2)}`,
          published: '2021-11-10T07:37:00.000Z',
          bodyHtml: '',
        },
      ]),
    )
    await run({ log: 'run.log' })
    expect(readFileSync(join(home.path, 'run.log'), 'utf8')).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/)
  })
})

test('--failures: an object of each story that failed, in a file of its own', async () => {
  writeFileSync(join(home.path, 'failures.ndjson'), '{"before":true}\n')
  const { out } = await run({ failures: 'failures.ndjson', json: true })
  expect(lines(out)).toHaveLength(1)
  const [before, failure, ...more] = lines(readFileSync(join(home.path, 'failures.ndjson'), 'utf8')).map(
    (line) => JSON.parse(line) as unknown,
  )
  expect([before, more]).toEqual([{ before: true }, []])
  expect(failure).toEqual({
    ...{ at: '2026-11-22T00:00:00.000Z', id: '9000002', url: `${site.server.origin}${pathOf(2)}`, title: '轮渡第2号' },
    ...{ reason: expect.stringContaining('404') as string, outcome: 'queued' },
  })
})

test.each([
  ['a folder', 'folder', 'EISDIR'],
  ['below a folder that is not there', 'none/failures.ndjson', 'ENOENT'],
])('--failures: %s is refused before anything is asked for', async (_, failures, code) => {
  mkdirSync(join(home.path, 'folder'), { recursive: true })
  await expect(run({ failures })).rejects.toThrow(
    new UsageError(`${join(home.path, failures)}: cannot be written (${code})`),
  )
  expect(site.server.requests).toEqual([])
})

test('convert --verbose says which layout read the page, what it found, on whose word, and what it dropped', async () => {
  const url = `${site.server.origin}${pathOf(1)}`
  const ads = '<div class="adv-tag">推广两字</div><p class="adv-tag">更多</p><div id="imu"></div><p hidden>藏起</p>'
  const page = (site.pages.get(pathOf(1)) ?? '').replace('<p>第二段。</p>', `${ads}$&`)
  const io = {
    ...testIo(home.path),
    async *stdin() {
      yield Buffer.from(page)
    },
  }
  const options = { file: null, url, format: 'body', from: 'page', verbose: true } as const
  expect(await convert(options, [], io)).toBe(0)
  expect(io.out.join('')).toBe('第一段。\n\n第二段。\n')
  expect(io.err.join('').trimEnd().split('\n')).toEqual([
    'read by the layout drupal8: published 2021-11-10T07:37:00.000Z, no update, public, 1 byline, 0 keywords, 2 paragraphs, 0 pictures',
    'headline "轮渡第1号": so says <meta og:title>, <title>, <h1>',
    'time 2021-11-10T07:37:00.000Z: so says drupalSettings, the text shown',
    'access public: no witness in the page says so',
    'dropped by .adv-tag, letters: 6',
    'dropped by #imu, letters: 0',
    'dropped by hidden, letters: 2',
  ])
})

test('--dry-run --json: what would be fetched and why, a line a story', async () => {
  const first = await run({ json: true }, true)
  expect(lines(first.out).map((line) => JSON.parse(line) as unknown)).toEqual(
    [1, 2].map((number) => ({
      ...{ id: `${9_000_000 + number}`, url: `${site.server.origin}${pathOf(number)}`, title: `轮渡第${number}号` },
      ...{ published: '2021-11-10T07:37:00.000Z', reason: 'new' },
    })),
  )
  expect(first.err).toBe('2 stories would be fetched, in about 0s\n')
  await run()
  publish(1, 2, 3)
  const reasons = lines((await run({ json: true }, true)).out).map(
    (line) => JSON.parse(line) as { id: string; reason: string },
  )
  expect(reasons.map(({ id, reason }) => `${id} ${reason}`)).toEqual(['9000002 retry', '9000003 new'])
})
