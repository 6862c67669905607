import { afterEach, beforeAll, afterAll, beforeEach, describe, expect, test } from 'vitest'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { call, folder, storiesIn } from '../support/program.ts'
import { serveProxy, type TestCertificate, trustedCertificate } from '../support/server.ts'
import { serveSite, type Site } from '../support/site.ts'

const SG = 'https://www.zaobao.com.sg'

let certificate: TestCertificate
let site: Site
let proxy: Awaited<ReturnType<typeof serveProxy>>
let home: ReturnType<typeof folder>
let archive: string

beforeAll(() => {
  certificate = trustedCertificate(['www.zaobao.com.sg', 'www.zaobao.com'])
})
afterAll(() => certificate.remove())

beforeEach(async () => {
  site = await serveSite(certificate)
  proxy = await serveProxy(site.server.port)
  home = folder()
  archive = join(home.path, 'archive')
})
afterEach(async () => {
  await proxy.close()
  await site.server.close()
  home.remove()
})

const run = (...args: string[]) =>
  call(['backfill', '--rate', '1000/s', ...args], {
    cwd: home.path,
    env: { HTTPS_PROXY: proxy.origin },
  })

/** `0930 realtime/china 1` is story 1 of 30 September 2026. */
function publish(...lines: string[]): void {
  const months = new Map<string, string[]>()
  for (const line of lines) {
    const [day = '', section = '', number = ''] = line.split(' ')
    const path = `/${section}/story2026${day}-${9_700_000 + Number(number)}`
    const story: PageStory = {
      title: `第${number}号消息`,
      url: `${SG}${path}`,
      published: `2026-${day.slice(0, 2)}-${day.slice(2)}T04:00:00.000Z`,
      bodyHtml: `<p>第${number}号消息的第一段。</p><p>第二段。</p>`,
    }
    site.pages.set(path, drupal8Page(story))
    months.set(day.slice(0, 2), [...(months.get(day.slice(0, 2)) ?? []), `<url><loc>${story.url}</loc></url>`])
  }
  for (const [month, urls] of months) {
    site.pages.set(`/sitemaps/sitemap-2026${month}.xml`, `<?xml version="1.0"?><urlset>${urls.join('')}</urlset>`)
  }
}

const numbers = () => [...storiesIn(archive).keys()].map((path) => Number(path.slice(22, 29)) - 9_700_000)

describe('backfill --from --to', () => {
  test('archives the stories of both end days and those between, of the sections in use, under either address', async () => {
    publish(
      '0829 realtime/china 1',
      '0830 realtime/china 2',
      '0831 news/china 3',
      '0901 realtime/world 4',
      '0902 realtime/china 5',
      '0903 news/china 6',
    )
    const ended = await run('--from', '2026-08-30', '--to', '2026-09-02')
    expect(ended).toMatchObject({ code: 0, stderr: 'backfill: 3 written\n' })
    expect(numbers()).toEqual([2, 3, 5])
    expect(site.server.requests.filter((line) => line.includes('sitemap'))).toEqual([
      'GET /sitemaps/sitemap-202609.xml',
      'GET /sitemaps/sitemap-202608.xml',
    ])
  })

  test('goes on where it stopped: what is archived is not asked for again', async () => {
    publish('0901 realtime/china 1', '0902 realtime/china 2', '0903 realtime/china 3')
    expect((await run('--from', '2026-09-01', '--to', '2026-09-30', '--limit', '1')).code).toBe(0)
    expect(numbers()).toEqual([3])
    expect((await run('--from', '2026-09-01', '--to', '2026-09-30', '--limit', '1', '--order', 'oldest')).code).toBe(0)
    expect(numbers()).toEqual([1, 3])
    expect((await run('--from', '2026-09-01', '--to', '2026-09-30')).stdout).toMatch(/^archive\/2026-09-02\/[^\n]*\n$/)
    const asked = site.server.requests.filter((line) => line.includes('/story'))
    expect(asked).toHaveLength(new Set(asked).size)
    expect(await run('--from', '2026-09-01', '--to', '2026-09-30')).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  test('names its stories as addresses do: what failed before is asked for again, what is excluded is counted', async () => {
    publish('0901 realtime/china 1', '0902 realtime/china 2', '0903 realtime/china 3')
    site.broken.set('/realtime/china/story20260902-9700002', 410)
    const span = ['--from', '2026-09-01', '--to', '2026-09-30']
    for (let tries = 1; tries < 5; tries += 1) expect((await run(...span)).stderr).toContain('status 410; queued')
    expect((await run(...span)).stderr).toContain('given up')
    expect((await run(...span)).stderr).toContain('given up')
    site.broken.clear()
    writeFileSync(join(home.path, 'zaobao.config.jsonc'), '{ "exclude": ["9700001"] }')
    const ended = await run(...span)
    expect(ended).toMatchObject({ code: 0, stderr: '1 story is left out by exclude\nbackfill: 1 written\n' })
    expect(numbers()).toEqual([1, 2, 3])
  })

  test('closes the gap that a poll noticed too far back, by the days that were looked up in its sections', async () => {
    publish('0901 realtime/china 1', '0902 realtime/china 2', '0905 realtime/china 3', '0910 realtime/china 4')
    const poll = (...lines: string[]) => {
      const cards = lines.map(
        (path) => `<div class="card"><div class="content-header"><a href="${path}">题</a></div></div>`,
      )
      site.pages.set('/realtime/china', `<div class="card-listing">${cards.join('')}</div>`)
      const env = { HTTPS_PROXY: proxy.origin, ZAOBAO_SOURCES: '["list"]' }
      return call(['fetch', '--rate', '1000/s'], { cwd: home.path, env })
    }
    const gaps = async () => (await call(['status'], { cwd: home.path })).stdout.match(/^gaps .*/m)?.[0]
    await poll('/realtime/china/story20260902-9700002', '/realtime/china/story20260901-9700001')
    expect(await gaps()).toBeUndefined()
    const { stderr } = await poll('/realtime/china/story20260910-9700004')
    const looks = 'backfill --from 2026-09-02 --to 2026-09-10 looks them up'
    expect(stderr).toContain(looks)
    expect(await gaps()).toContain(looks)
    await run('--from', '2026-09-02', '--to', '2026-09-10', '--section', 'world')
    await run('--from', '2026-09-02', '--to', '2026-09-10', '--limit', '1')
    expect(await gaps()).toContain(looks)
    await run('--from', '2026-09-02', '--to', '2026-09-08')
    expect(await gaps()).toContain('backfill --from 2026-09-09 --to 2026-09-10 looks them up')
    expect((await run('--from', '2026-09', '--to', '2026-09')).code).toBe(0)
    expect(await gaps()).toBeUndefined()
    expect(numbers()).toEqual([1, 2, 3, 4])
  })

  test('asks once for a story that is named twice, by its address and by its day, and fails', async () => {
    publish('0901 realtime/china 1')
    site.broken.set('/realtime/china/story20260901-9700001', 404)
    const url = `${SG}/realtime/china/story20260901-9700001`
    expect((await run(url, '--from', '2026-09-01', '--to', '2026-09-01')).code).toBe(1)
    expect(site.server.requests.filter((line) => line.includes('/story'))).toHaveLength(1)
  })

  test.each([
    ['all', [1, 2, 3]],
    ['world', [2]],
    [`${SG}/zopinions/views`, [3]],
  ])('--section %s', async (section, expected) => {
    publish('0901 realtime/china 1', '0901 news/world 2', '0901 zopinions/views 3')
    expect((await run('--from', '2026-09-01', '--to', '2026-09-01', '--section', section)).code).toBe(0)
    expect(numbers()).toEqual(expected)
  })

  test('--dry-run counts all of it once and writes nothing', async () => {
    publish(
      ...Array.from({ length: 25 }, (_, n) => `09${String(n + 1).padStart(2, '0')} realtime/china ${n}`),
      '0831 realtime/china 90',
    )
    const ended = await run('--from', '2026-08-31', '--to', '2026-09-30', '--dry-run')
    expect(ended).toMatchObject({ code: 0, stdout: '' })
    expect(ended.stderr).toMatch(/^26 stories would be fetched[^\n]*\n$/)
  })

  test('no sitemap that can be read is 3, one of two is 1 with the others archived', async () => {
    publish('0901 realtime/china 1')
    const none = await run('--from', '2026-07-01', '--to', '2026-07-31')
    expect(none.code).toBe(3)
    expect(none.stderr).toMatch(
      /^[^\n]*sitemap-202607\.xml[^\n]* 404\nbackfill: nothing written: no source could be read\n$/,
    )
    const some = await run('--from', '2026-08-01', '--to', '2026-09-30')
    expect(some.code).toBe(1)
    expect(some.stderr).toContain('sitemap-202608.xml')
    expect(numbers()).toEqual([1])
  })

  describe('a month without a sitemap of its usual name', () => {
    const index = (...paths: string[]) =>
      site.pages.set(
        '/sitemap.xml',
        `<sitemapindex>${paths.map((path) => `<sitemap><loc>${SG}${path}</loc></sitemap>`).join('')}</sitemapindex>`,
      )
    const move = (from: string, to: string) => {
      site.pages.set(to, site.pages.get(from) ?? '')
      site.pages.delete(from)
    }

    test('is had from those that the index names for it, and the index is asked once', async () => {
      publish('0715 realtime/china 1', '0801 realtime/china 2', '0802 news/china 3', '0901 realtime/china 4')
      move('/sitemaps/sitemap-202607.xml', '/sitemaps/news-2026-07.xml')
      move('/sitemaps/sitemap-202608.xml', '/sitemaps/sitemap-202608-1.xml')
      site.pages.set(
        '/sitemaps/sitemap-202608-2.xml',
        `<urlset><url><loc>${SG}/news/china/story20260802-9700003</loc></url></urlset>`,
      )
      index('/sitemaps/sitemap-202609.xml', '/sitemaps/sitemap-202608-1.xml', '/sitemaps/sitemap-202608-2.xml')
      site.pages.set(
        '/sitemap.xml',
        `${site.pages.get('/sitemap.xml')}`.replace(
          '</sitemapindex>',
          `<sitemap><loc>/sitemaps/news-2026-07.xml</loc></sitemap></sitemapindex>`,
        ),
      )
      const ended = await run('--from', '2026-07-01', '--to', '2026-09-30')
      expect(ended).toMatchObject({ code: 0, stderr: 'backfill: 4 written\n' })
      expect(numbers()).toEqual([1, 2, 3, 4])
      expect(site.server.requests.filter((line) => line === 'GET /sitemap.xml')).toHaveLength(1)
    })

    test('is named, once, where the index has none either', async () => {
      publish('0901 realtime/china 1')
      index('/sitemaps/sitemap-202609.xml')
      const ended = await run('--from', '2026-08-01', '--to', '2026-09-30')
      expect(ended.code).toBe(1)
      expect(ended.stderr).toBe(
        `${SG}/sitemaps/sitemap-202608.xml: status 404, and ${SG}/sitemap.xml names none of 2026-08\nbackfill: 1 written\n`,
      )
    })

    test('is not looked for elsewhere where the server fails', async () => {
      publish('0801 realtime/china 1')
      site.broken.set('/sitemaps/sitemap-202608.xml', 429)
      index('/sitemaps/sitemap-202608-1.xml')
      expect((await run('--from', '2026-08-01', '--to', '2026-08-31')).code).toBe(75)
      expect(site.server.requests).not.toContain('GET /sitemap.xml')
    })
  })

  test('a sitemap that names no story is no answer', async () => {
    site.pages.set('/sitemaps/sitemap-202609.xml', '<urlset></urlset>')
    expect((await run('--from', '2026-09-01', '--to', '2026-09-30')).code).toBe(3)
  })

  test.each([
    [['--from', '2026-02-30'], '"2026-02-30"'],
    [['--from', 'last week'], '"last week"'],
    [['--from', '2026-09-02', '--to', '2026-09-01'], 'is after --to'],
    [['--to', '2026-09-01'], '--from'],
    [['--from', '2999-01-01'], 'still to come'],
    [['--from', '2010-01-01', '--to', '2010-02-01'], '2016-01-01'],
    [['--from', '2026-09-01', '--section', 'chna'], '"chna"'],
    [[], '--from'],
  ])('days that cannot be: %j', async (args, message) => {
    const ended = await run(...args)
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain(message)
    expect(ended.stderr.trim().split('\n')).toHaveLength(1)
    expect(site.server.requests).toEqual([])
  })
})

test('a month, and its last day', async () => {
  publish('0831 realtime/china 1', '0901 realtime/china 2', '0930 realtime/china 3', '1001 realtime/china 4')
  expect(await run('--from', '2026-09', '--to', '2026-09')).toMatchObject({ code: 0 })
  expect(numbers()).toEqual([2, 3])
})

describe('stories by their numbers', () => {
  test('are had at the address that the sitemap of their month names', async () => {
    publish('0930 realtime/china 1', '0930 news/world 2', '1001 realtime/china 3')
    const ended = await run('20260930-9700002', 'story20261001-9700003', '20260930-9700009', '20260930-9700003')
    expect(ended.code).toBe(1)
    expect(ended.stderr).toBe(
      '20260930-9700009: neither in the archive nor in the sitemap of 2026-09; give its address\nbackfill: 2 written\n',
    )
    expect(numbers()).toEqual([2, 3])
  })

  test('are not said to be missing where their sitemap could not be read', async () => {
    publish('0930 realtime/china 1')
    site.broken.set('/sitemaps/sitemap-202609.xml', 403)
    const ended = await run('20260930-9700001')
    expect(ended.code).toBe(3)
    expect(ended.stderr).toContain(
      '9700001: not in the archive, and not looked up, since the sitemap of 2026-09 could not',
    )
    expect(ended.stderr).not.toContain('nor in the sitemap')
  })

  test('are had at the address that their file holds, without any look-up', async () => {
    publish('0930 realtime/china 1', '1001 realtime/china 2')
    expect(await run(`${SG}/realtime/china/story20260930-9700001`)).toMatchObject({ code: 0 })
    const asked = site.server.requests.length
    const [path = ''] = storiesIn(archive).keys()
    const ended = await run('9700001', `archive/${path}`, '20260930-9700001', '--recheck', '9999d')
    expect(ended).toMatchObject({ code: 0, stdout: '' })
    expect(site.server.requests.slice(asked).filter((line) => !line.includes('robots'))).toEqual([
      'GET /realtime/china/story20260930-9700001',
    ])
    const unknown = await run('9700009')
    expect(unknown.code).toBe(1)
    expect(unknown.stderr).toContain('9700009: no story of this number in the archive; with its day')
  })

  test('stand in a list beside addresses, links and bad lines, which are named', async () => {
    publish('0930 realtime/china 1', '0930 realtime/china 2', '0930 realtime/china 3')
    const list = [
      '# what I read',
      `- [第1号](${SG}/realtime/china/story20260930-9700001)`,
      '- 20260930-9700002',
      `<${SG}/realtime/china/story20260930-9700003>`,
      `${SG}/realtime/china`,
      'nonsense',
    ]
    writeFileSync(join(home.path, 'list.md'), list.join('\n'))
    const ended = await run('--file', 'list.md')
    expect(ended.code).toBe(1)
    expect(ended.stderr).toBe(
      `list.md: line 5: ${SG}/realtime/china: a list page, not a story; fetch ${SG}/realtime/china archives what it names\n` +
        'list.md: line 6: "nonsense" is no address of a story\nbackfill: 3 written\n',
    )
    expect(numbers()).toEqual([1, 2, 3])
  })
})

test.each([
  [['backfill', 'https://www.zaochenbao.com/realtime/china/story20260901-1']],
  [['backfill', '--from', '2026-09-01', '--section', 'https://sczaobao.com/realtime/china']],
  [['fetch', '--feed', 'https://www.sczaobao.com/feed.xml']],
  [['fetch', 'https://zaochenbao.com/realtime']],
])('an imitator is refused by name: %j', async (args) => {
  const ended = await call(args, { cwd: home.path })
  expect(ended.code).toBe(2)
  expect(ended.stderr).toMatch(/^[^\n]*(?:zaochenbao|sczaobao)\.com republishes Zaobao and is not Zaobao\n$/)
})

describe('a story that someone names', () => {
  const path = '/realtime/china/story20260901-9700001'

  test('is asked for whatever failed before, and named each time it fails', async () => {
    publish('0901 realtime/china 1')
    for (const status of [404, 404, 410, 410]) {
      site.broken.set(path, status)
      const { code, stderr } = await run(`${SG}${path}`)
      expect({ code, first: stderr.split(': ')[0] }).toEqual({ code: 1, first: `${SG}${path}` })
    }
    site.broken.clear()
    expect(await run(`${SG}${path}`)).toMatchObject({ code: 0, stderr: 'backfill: 1 written\n' })
  })
})
