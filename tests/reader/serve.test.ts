import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HOSTILE, HOSTILE_TITLES } from '../publish/support/hostile.ts'
import { illFormed } from '../publish/support/xml.ts'
import { call, start } from '../support/program.ts'
import { LAST_DAY, writeArchive, writer } from './support/archive.ts'
import { faultsIn } from './support/faults.ts'
import { type Served, serveArchive } from './support/served.ts'

const home = mkdtempSync(join(tmpdir(), 'zaobao-reader-'))
const root = join(home, 'archive')
let ids: Awaited<ReturnType<typeof writeArchive>>
let served: Served

beforeAll(async () => {
  mkdirSync(root)
  ids = await writeArchive(root, 12)
  served = await serveArchive(root)
})
afterAll(async () => {
  expect(await served.stop()).toBe(130)
  rmSync(home, { recursive: true, force: true })
})

const chinese = { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' }
const english = { 'accept-language': 'en' }

/** Every page that there is. */
const allPages = (): string[] => [
  `/search?q=${encodeURIComponent('浮桥')}`,
  ...[
    '/',
    `/${LAST_DAY}`,
    `/${LAST_DAY}?section=china`,
    '/2026-11',
    '/months',
    '/sections',
    '/section/china',
    '/status',
  ],
  ...[`/${LAST_DAY}/${ids.bridge}`, `/${LAST_DAY}/${ids.bridge}/changes`, `/${LAST_DAY}/${ids.bridge}/changes/1`],
  ...[`/${LAST_DAY}/${ids.away}?pictures=remote`, `/paper/${encodeURIComponent('联合早报')}`],
]

describe('what is served', () => {
  test('every page, in the language of who asks', async () => {
    for (const path of allPages()) {
      const [zh, en] = [await served.get(path, chinese), await served.get(path, english)]
      expect([path, zh.status, en.status]).toEqual([path, 200, 200])
      expect(zh.text).toContain('<html lang="zh-Hans">')
      expect(zh.text).toContain('>最新</a>')
      expect(en.text).toContain('<html lang="en">')
      expect(en.text).toContain('>Newest</a>')
    }
  })

  test('the newest day at the top, with what a reader should know of each story', async () => {
    const { text } = await served.get('/', chinese)
    expect(text).toContain('11月26日')
    expect(text.indexOf('百年铁桥封闭维修')).toBeLessThan(text.indexOf('古城浮橋重開'))
    for (const mark of [
      '改过 2 次',
      '订户专享：只有开头',
      '没有按版式读取',
      '存疑',
      'lang="zh-Hant"',
      '<img src="/media/',
    ])
      expect(text.includes(mark), mark).toBe(true)
  })

  test('how the archive stands, with the stories that it names', async () => {
    const { text } = await served.get('/status', english)
    expect(text).toContain('<svg class="plot"')
    expect(text).toMatch(/<dt>gaps<\/dt><dd>list:china: 2024-05-10 to 2024-06-20/)
    expect(text).toMatch(/<dt>retry<\/dt><dd>江心洲渡船停航 [^<]*HTTP 503/)
    expect(text).toContain(`<a href="/${LAST_DAY}/${ids.bridge}">${LAST_DAY}/${LAST_DAY}-${ids.bridge}-`)
  })

  test('months with gaps, a calendar of a month', async () => {
    const months = (await served.get('/months', english)).text
    expect(months).toMatch(/<a class="n0 gap" href="\/2024-05"[^>]*May 2024, 0 stories, gap/)
    expect(months).toMatch(/<a class="n8" href="\/2026-11"/)
    const month = (await served.get('/2026-11', english)).text
    expect(month).toMatch(/<a class="n8" href="\/2026-11-26" aria-label="26 November 2026, 54 stories">/)
  })

  test('a story: kept pictures, times by its paper, its original and its file', async () => {
    const { text } = await served.get(`/${LAST_DAY}/${ids.bridge}`, chinese)
    const picture = /<figure><img src="\/(media\/[^"]+)"/.exec(text)?.[1] ?? ''
    expect(text).toContain('21:28</time> <small>新加坡时间')
    expect(text).toMatch(/<a href="https:\/\/www\.zaobao\.com\.sg\/[^"]+" rel="noreferrer">原文/)
    const shown = await served.get(`/${picture}`)
    expect([shown.status, shown.headers['content-type'], shown.body.subarray(1, 4).toString()]).toEqual([
      200,
      'image/png',
      'PNG',
    ])
    const file = await served.get(`/${LAST_DAY}/${ids.bridge}.txt`)
    expect(file.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(file.text).toMatch(/^---\nlayout: post\n/)
  })

  test('a picture that is not kept is a place with a link, until its reader asks for it', async () => {
    const path = `/${LAST_DAY}/${ids.away}`
    const [place, shown] = [await served.get(path, chinese), await served.get(`${path}?pictures=remote`, chinese)]
    expect(place.text).toMatch(/<figure class="elsewhere">.*渡口的木板坡道.*static\.example\.com/)
    expect(place.text).not.toMatch(/<img[^>]+example/)
    expect(place.headers['content-security-policy']).toContain("img-src 'self';")
    expect(shown.text).toContain('<img src="https://static.example.com/ramp.jpg"')
    expect(shown.headers['content-security-policy']).toContain("img-src 'self' https: http:;")
  })

  test('what changed, word by word', async () => {
    const { text } = await served.get(`/${LAST_DAY}/${ids.bridge}/changes/2`, chinese)
    expect(text).toContain('工期<del>约一年</del><ins>14个月</ins>。')
    expect(text).toContain('<h1 lang="zh-Hans">百年铁桥<del>将</del>封闭维修<ins>　行人改走临时浮桥</ins></h1>')
    expect(text).toMatch(/<details><summary lang="zh-Hans">\d 段没有改动/)
  })

  test('a search: in both scripts, with the places marked, page by page', async () => {
    const found = await served.get(`/search?q=${encodeURIComponent('浮桥')}`, chinese)
    expect(found.text).toContain('百年铁桥封闭维修　行人改走临时<mark>浮桥</mark></a>')
    expect(found.text).toContain('古城<mark>浮橋</mark>重開')
    const next = /<link rel="next" href="([^"]+)"/.exec(found.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const more = await served.get(next, chinese)
    const linksIn = (text: string): string[] => text.match(/class="to" href="[^"]+"/g) ?? []
    expect(linksIn(found.text)).toHaveLength(30)
    expect(linksIn(more.text).length).toBeGreaterThan(0)
    expect(linksIn(more.text).filter((link) => linksIn(found.text).includes(link))).toEqual([])
    const best = await served.get(`/search?q=${encodeURIComponent('标题：浮桥')}&order=best`, chinese)
    expect(linksIn(best.text).length).toBeGreaterThan(2)
    expect(best.text).not.toContain('rel="next"')
  })

  test('a search marks what is for subscribers, as the list of a day does', async () => {
    for (const path of ['/', `/search?q=${encodeURIComponent('是:订阅')}`])
      expect((await served.get(path, chinese)).text).toContain('<em>订户专享：只有开头</em>')
  })

  test('feeds of all, of a section, of a paper, of a search', async () => {
    const feeds = [
      '',
      '?section=finance',
      `?paper=${encodeURIComponent('联合早报')}`,
      '?paper=zaobao',
      `?q=${encodeURIComponent('浮橋')}`,
    ]
    for (const query of feeds) {
      const [atom, json] = [await served.get(`/feed.atom${query}`), await served.get(`/feed.json${query}`)]
      expect([query, atom.headers['content-type']]).toEqual([query, 'application/atom+xml; charset=utf-8'])
      expect([query, json.headers['content-type']]).toEqual([query, 'application/feed+json; charset=utf-8'])
      const { items } = JSON.parse(json.text) as { items: { title: string }[] }
      expect(items.length).toBeGreaterThan(query.startsWith('?section') ? 9 : 2)
      expect(atom.text.match(/<entry/g)).toHaveLength(items.length)
      expect(illFormed([atom.text])).toEqual([])
    }
    expect((await served.get('/section/finance')).text).toContain(
      '<link rel="alternate" type="application/atom+xml" href="/feed.atom?section=finance">',
    )
  })

  test.each([
    ['', '<h1>Search</h1>'],
    [' 　', '<h1>Search</h1>'],
    ['"><script>alert(1)</script>', 'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"'],
    ['"浮桥', 'searched as plain text: a quotation mark is not closed'],
    ['section:nowhere', 'Nothing has it.'],
    ['section:nowhere', 'no section and no path that is known is called &quot;nowhere&quot;; sections are china, '],
    ['publisher:nobody', 'no paper that is known is called &quot;nobody&quot;; papers are zaobao, '],
    ['(', 'there is nothing to search for in &quot;(&quot;'],
    ['字'.repeat(900), 'Nothing has it.'],
  ])('a search for %j', async (query, words) => {
    const { status, text } = await served.get(`/search?q=${encodeURIComponent(query)}`, english)
    expect([status, text.includes(words)]).toEqual([200, true])
  })

  test('a day of 60 stories, the style and the script are small', async () => {
    const to = await writer(root)
    for (let n = 0; n < 60; n += 1) await to.story('2027-01-02', n)
    const sizes: Record<string, number> = {}
    for (const path of ['/2027-01-02', '/style.css', '/script.js']) {
      const { headers, body } = await served.get(path, { ...chinese, 'accept-encoding': 'gzip, br' })
      expect(headers['content-encoding']).toBe('gzip')
      expect(gunzipSync(body).length).toBeGreaterThan(body.length)
      sizes[path] = body.length
    }
    expect(sizes['/2027-01-02']).toBeLessThan(12_000)
    expect(sizes['/style.css']).toBeLessThan(4_000)
    expect(sizes['/script.js']).toBeLessThan(4_000)
    rmSync(join(root, '2027-01-02'), { recursive: true })
  })
})

describe('an archive that others write into', () => {
  test('a new story shows at once, the same page is not sent twice', async () => {
    const before = await served.get('/', chinese)
    const tag = before.headers['etag'] ?? ''
    expect(before.headers['cache-control']).toBe('private, no-cache')
    const same = await served.get('/', { ...chinese, 'if-none-match': tag })
    expect([same.status, same.body.length]).toEqual([304, 0])
    for (const known of [`"other", W/${tag}`, '*']) {
      expect((await served.get('/', { ...chinese, 'if-none-match': known })).status).toBe(304)
      expect((await served.get('/nothing', { ...chinese, 'if-none-match': known })).status).toBe(404)
    }
    const to = await writer(root)
    const id = await to.story('2026-11-27', 1, { title: '江心洲渡船复航' })
    const after = await served.get('/', { ...chinese, 'if-none-match': tag })
    expect(after.status).toBe(200)
    expect(after.text).toContain('江心洲渡船复航')
    const path = (await to.archive.find({ id, day: '2026-11-27' })) ?? ''
    const text = await to.archive.read(path)
    await to.archive.revise(path, text.replaceAll('复航', '今早复航'), { read: text, isOwn: false })
    expect((await served.get('/', chinese)).text).toContain('江心洲渡船今早复航')
    rmSync(join(root, '2026-11-27'), { recursive: true })
    expect((await served.get('/', chinese)).text).not.toContain('江心洲渡船')
  })

  test('what a story is of shows as its file and the notes of it say, whichever way they were written', async () => {
    const day = '2026-11-28'
    const id = await (await writer(root)).story(day, 1)
    const link = `href="/${day}/${id}"`
    const isIn = async (list: string): Promise<boolean> => (await served.get(list, english)).text.includes(link)
    expect([await isIn('/section/world'), await isIn('/section/finance')]).toEqual([true, false])
    const [name = ''] = readdirSync(join(root, day))
    const text = readFileSync(join(root, day, name), 'utf8')
    writeFileSync(join(root, day, name), text.replaceAll('realtime/world', 'realtime/finance'))
    expect([await isIn('/section/world'), await isIn('/section/finance')]).toEqual([false, true])
    const notes = join(root, '.zaobao', 'journal', `${day}.ndjson`)
    const entry = JSON.parse(readFileSync(notes, 'utf8')) as object
    writeFileSync(notes, `${JSON.stringify({ ...entry, section: 'realtime/world' })}\n`)
    expect([await isIn('/section/world'), await isIn('/section/finance')]).toEqual([true, false])
    rmSync(join(root, day), { recursive: true })
    rmSync(notes)
  })

  test('a picture that is damaged is not there until it is mended: browsers keep what is there for ever', async () => {
    const [, address = ''] =
      /<img src="(\/media\/[^"]*)"/.exec((await served.get(`/${LAST_DAY}/${ids.bridge}`)).text) ?? []
    const place = join(root, address)
    const whole = readFileSync(place)
    const { 'cache-control': kept } = (await served.get(address)).headers
    expect(kept).toContain('immutable')
    writeFileSync(place, whole.subarray(0, 400))
    const { status, headers } = await served.get(address)
    expect([status, headers['cache-control']]).toEqual([404, 'private, no-cache'])
    writeFileSync(place, whole)
    expect((await served.get(address)).body).toEqual(whole)
  })

  test('the files alone are enough, and nothing is written', async () => {
    const bare = join(home, 'bare')
    cpSync(join(root, LAST_DAY), join(bare, LAST_DAY), { recursive: true })
    chmodSync(join(bare, LAST_DAY), 0o555)
    chmodSync(bare, 0o555)
    const own = await serveArchive(bare)
    for (const path of ['/', '/months', '/sections', '/section/china', '/status', `/${LAST_DAY}/${ids.bridge}`])
      expect([path, (await own.get(path)).status]).toEqual([path, 200])
    await own.stop()
    expect(own.err.filter((line) => !line.startsWith('Ctrl-C'))).toEqual([])
    chmodSync(bare, 0o755)
    chmodSync(join(bare, LAST_DAY), 0o755)
  })

  test('what of the notes is damaged is said once, however many pages are asked for', async () => {
    const damaged = join(home, 'damaged notes')
    cpSync(join(root, LAST_DAY), join(damaged, LAST_DAY), { recursive: true })
    cpSync(join(root, '.zaobao', 'journal'), join(damaged, '.zaobao', 'journal'), { recursive: true })
    appendFileSync(join(damaged, '.zaobao', 'journal', `${LAST_DAY}.ndjson`), '{"id":\n')
    const own = await serveArchive(damaged)
    for (const path of [
      '/',
      `/${LAST_DAY}/${ids.bridge}`,
      `/${LAST_DAY}/${ids.away}`,
      '/feed.atom',
      '/search?q=%E6%A1%A5',
    ])
      expect([path, (await own.get(path)).status]).toEqual([path, 200])
    await own.stop()
    expect(own.err.filter((line) => line.includes('1 damaged line passed over'))).toHaveLength(1)
  })

  test('an archive without a story', async () => {
    mkdirSync(join(home, 'empty'))
    const own = await serveArchive(join(home, 'empty'))
    for (const path of ['/', '/months', '/sections', '/status']) expect((await own.get(path)).status).toBe(200)
    expect((await own.get('/sections', english)).text).toContain('The archive holds no story; fetch brings some.')
    await own.stop()
  })

  test('a story by several is in the list to which its page leads', async () => {
    const several = join(home, 'several')
    mkdirSync(several)
    const day = '2026-03-01'
    const id = await (await writer(several)).story(day, 1)
    const [name = ''] = readdirSync(join(several, day))
    const text = readFileSync(join(several, day, name), 'utf8')
    writeFileSync(join(several, day, name), text.replace(/^author: .*$/m, 'author: [ 联合早报, 海燕社 ]'))
    const own = await serveArchive(several)
    const list = /\/paper\/[^"]*/.exec((await own.get(`/${day}/${id}`)).text)?.[0] ?? ''
    expect(decodeURIComponent(list)).toBe('/paper/联合早报、海燕社')
    expect((await own.get(list)).text).toContain(`href="/${day}/${id}"`)
    await own.stop()
  })

  test('a byline that is the name of the paper is shown once', async () => {
    const own = join(home, 'byline')
    mkdirSync(own)
    const id = await (await writer(own)).story('2026-03-01', 4, { author: '陈若谷' })
    const reader = await serveArchive(own)
    const { text } = await reader.get(`/2026-03-01/${id}`, english)
    await reader.stop()
    const [, facts = ''] = /<ul class="facts">(.*?)<\/ul>/s.exec(text) ?? []
    expect(facts.replace(/<[^>]+>/g, ' ')).toMatch(/林思远/)
    expect(facts.replace(/<[^>]+>/g, ' ').match(/陈若谷/g)).toHaveLength(1)
  })

  test('an archive of two papers, a story a day: no name of one, ways on, years, parts that are not there', async () => {
    const two = join(home, 'two')
    mkdirSync(two)
    const to = await writer(two)
    const other = { lang: 'en', author: '河镇日报', url: 'https://river.example/ferry' }
    const days = ['2025-12-30', '2026-03-01', '2026-03-09'] as const
    const [old, middle, last] = [
      await to.story(days[0], 1),
      await to.story(days[1], 2, { url: 'https://www.zaobao.com.sg/story20260301-9000001' }),
      await to.story(days[2], 3, other),
    ]
    const own = await serveArchive(two)
    const at = async (path: string) => (await own.get(path, english)).text
    expect(await at('/')).toMatch(/<title>9 March 2026 · Archive<.*<a class="name" href="\/">Archive<\/a>/s)
    const [first, between, newest] = [`/${days[0]}/${old}`, `/${days[1]}/${middle}`, `/${days[2]}/${last}`]
    expect(await at(between)).toContain(`<link rel="prev" href="${newest}"><link rel="next" href="${first}">`)
    expect(await at(first)).toMatch(new RegExp(`<link rel="prev" href="${between}"><link rel="up"`))
    expect(await at(newest)).toMatch(new RegExp(`<link rel="next" href="${between}"><link rel="up"`))
    expect(await at('/months')).toContain('<th scope="row"><a href="/2025">2025</a></th>')
    const year = await at('/2025')
    expect(year).toContain('<h1>2025</h1><p class="quiet">1 story · 30 December 2025 to 30 December 2025</p>')
    expect([year.includes('href="/2025-12"'), year.includes('href="/2026-03"')]).toEqual([true, false])
    const nowhere = [
      '/2024',
      ...['/section/nowhere', '/paper/nowhere', '/feed.json?section=nowhere', '/feed.atom?paper=bbc'],
    ]
    for (const path of nowhere) expect([path, (await own.get(path)).status]).toEqual([path, 404])
    expect((await own.get('/section/china?before=2020-01-01')).status).toBe(200)
    expect(await at('/status')).toContain('<dd>no section: <a href="/2026-03-01/')
    await own.stop()
  })
})

describe('safety', () => {
  const outside = [
    '/..%2f..%2fetc/passwd',
    '/../../etc/passwd',
    '/media/..%2f.zaobao/state.json',
    '/.zaobao/state.json',
    '/%00',
  ]
  const odd = [
    '/2026-13-01',
    '/2026-11-26/x%2f..',
    '/%e0%a4%a',
    '/constructor',
    '/__proto__',
    '//evil.example/',
    '/media/ab/ab0123456789abcd.svg',
  ]

  test.each([...outside, ...odd])('%s: nothing is there', async (path) => {
    const { status, text } = await served.get(path, english)
    expect(status).toBe(404)
    expect(text).not.toContain('root:')
  })

  test('a link in the archive is not followed', async () => {
    writeFileSync(join(home, 'secret.png'), 'secret')
    mkdirSync(join(root, 'media', 'ff'), { recursive: true })
    symlinkSync(join(home, 'secret.png'), join(root, 'media', 'ff', 'ff00000000000000.png'))
    expect((await served.get('/media/ff/ff00000000000000.png')).status).toBe(404)
  })

  test.each([
    ['127.0.0.1', 200],
    ['127.0.0.1:1', 200],
    ['localhost:9226', 200],
    ['[::1]:9226', 200],
    ['evil.example', 421],
    ['127.0.0.1.evil.example', 421],
    ['localhost.evil.example:80', 421],
    ['192.168.0.4', 421],
  ])('a request for the host %s is answered %i', async (host, status) => {
    expect((await served.get('/', { host })).status).toBe(status)
  })

  test.each([
    [`http://localhost/${LAST_DAY}`, 'localhost', 200],
    [`HTTP://127.0.0.1:9226/${LAST_DAY}`, 'evil.example', 200],
    [`http://evil.example/${LAST_DAY}`, 'localhost', 421],
    [`https://localhost/${LAST_DAY}`, 'localhost', 400],
    ['*', 'localhost', 400],
  ])('of a whole address, %s, its host counts, and not %s', async (target, host, status) => {
    const { status: got, text } = await served.get(target, { ...english, host })
    expect([got, text.includes(`href="/${LAST_DAY}/${ids.bridge}"`)]).toEqual([status, status === 200])
  })

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])('%s is refused', async (method) => {
    const { status, headers } = await served.get('/', {}, method)
    expect([status, headers['allow']]).toEqual([405, 'GET, HEAD'])
  })

  test('HEAD tells what GET would, without it', async () => {
    const [head, got] = [await served.get('/', {}, 'HEAD'), await served.get('/')]
    expect([head.status, head.body.length, head.headers['content-length']]).toEqual([
      200,
      0,
      got.headers['content-length'],
    ])
  })

  test('what goes with every answer', async () => {
    for (const path of [...allPages(), '/style.css', '/nothing', `/${LAST_DAY}/${ids.bridge}.txt`]) {
      const { headers } = await served.get(path)
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      })
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'/)
      expect(headers['content-security-policy']).not.toMatch(/unsafe|\*/)
    }
  })

  test('whoever asks from elsewhere needs the token that was printed', async () => {
    const own = await serveArchive(root, { host: '0.0.0.0' })
    const { searchParams } = new URL(own.address)
    const token = searchParams.get('token') ?? ''
    expect(token).toMatch(/^[\w-]{24}$/)
    for (const path of [
      '/',
      '/style.css',
      `/?token=${token.slice(0, -1)}`,
      '/?token=',
      `/media/ff/ff00000000000000.png`,
    ])
      expect([path, (await own.get(path)).status]).toEqual([path, 403])
    expect((await own.get(`/feed.atom?token=${token}`)).status).toBe(200)
    expect((await own.get('/feed.atom')).status).toBe(403)
    const led = await own.get(`/months?token=${token}`)
    expect([led.status, led.headers['location']]).toEqual([303, '/months'])
    const [kept = ''] = led.headers['set-cookie'] ?? []
    expect(kept).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/)
    const cookie = kept.split(';')[0] ?? ''
    expect((await own.get('/months', { cookie: `a=b; ${cookie}` })).status).toBe(200)
    expect((await own.get('/months', { cookie: `${cookie}x` })).status).toBe(403)
    expect((await own.get('/months', { cookie, host: '10.0.0.7:80' })).status).toBe(200)
    expect((await own.get('/months', { cookie, host: 'evil.example' })).status).toBe(421)
    await own.stop()
  })

  test('a story that is hostile is text, wherever it stands', async () => {
    const hostile = join(home, 'hostile')
    mkdirSync(hostile)
    const to = await writer(hostile)
    const day = '2026-02-03'
    const told = HOSTILE.map((markdown, at) => ({ markdown, title: HOSTILE_TITLES[at % HOSTILE_TITLES.length] ?? '' }))
    const made: string[] = []
    for (const [n, story] of told.entries())
      made.push(
        await to.story(day, n, { ...story, author: '"><img src=x onerror=alert(1)>', former: [{ markdown: '甲' }] }),
      )
    const own = await serveArchive(hostile)
    const places = made.flatMap((id) => [`/${day}/${id}`, `/${day}/${id}/changes`, `/${day}/${id}?pictures=remote`])
    expect(illFormed([(await own.get('/feed.atom')).text])).toEqual([])
    for (const path of ['/', '/sections', '/status', '/section/china', '/search?q=alert', ...places]) {
      const { status, text } = await own.get(path, english)
      expect([path, status]).toEqual([path, 200])
      expect([path, faultsIn(text)]).toEqual([path, []])
    }
    await own.stop()
  })
})

describe('the command', () => {
  test('prints its address, and ends when it is interrupted', async () => {
    const { child, ended } = start(['--archive', root, 'serve', '--port', '0'], { cwd: home })
    const line = await new Promise<string>((resolve) =>
      child.stdout?.once('data', (data: Buffer) => resolve(String(data))),
    )
    expect(line).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\n$/)
    child.kill('SIGINT')
    expect(await ended).toEqual({ code: 130, stdout: line, stderr: 'Ctrl-C ends\n' })
  })

  test('prints its address as JSON with --json', async () => {
    const { child, ended } = start(['--archive', root, 'serve', '--port', '0', '--json'], { cwd: home })
    const line = await new Promise<string>((resolve) =>
      child.stdout?.once('data', (data: Buffer) => resolve(String(data))),
    )
    expect(line).toMatch(/^\{"url":"http:\/\/127\.0\.0\.1:\d+\/"\}\n$/)
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ code: 130, stdout: line })
  })

  test.each([
    [['--port', '66000'], '--port: "66000": write a number up to 65535'],
    [['--port', 'x'], '--port: "x": write a number up to 65535'],
    [
      ['--host', '203.0.113.9'],
      'nothing can listen at 203.0.113.9 (EADDRNOTAVAIL); --host is an address of this machine',
    ],
  ])('%j is wrong usage', async (args, words) => {
    expect(await call(['--archive', root, 'serve', ...args], { cwd: home })).toEqual({
      ...{ code: 2, stdout: '' },
      stderr: `zaobao-archiver: ${words}\n`,
    })
  })

  test('a port in use is one line', async () => {
    const args = ['--archive', root, 'serve', '--port', String(served.port)]
    expect(await call(args, { cwd: home })).toEqual({
      ...{ code: 2, stdout: '' },
      stderr: `zaobao-archiver: port ${served.port} of 127.0.0.1 is in use; another --port, or 0 for one that is free\n`,
    })
  })

  test('no archive', async () => {
    const { code, stderr } = await call(['--archive', 'none', 'serve', '--port', '0'], { cwd: home })
    expect([code, stderr]).toEqual([
      4,
      'zaobao-archiver: there is no archive at none; fetch makes one, --archive names another\n',
    ])
  })
})
