import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { eachWithSite, type Own } from '../support/each.ts'
import { fetchAt } from '../support/fetch.ts'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { marksOf, storiesIn } from '../support/program.ts'
import { serve } from '../support/server.ts'
import { rsshubFeed, type Site } from '../support/site.ts'

const HOUR_MS = 3_600_000
const START = Date.parse('2026-11-20T12:00:00+08:00')
const PATH = '/realtime/china/story20261120-9700001'
const ID = '9700001'

let site: Site
let home: Own['home']
let archive: string
let nowMs: number

eachWithSite((own) => {
  ;({ site, home, archive } = own)
  nowMs = START
})

function story(more: Partial<PageStory> = {}): PageStory {
  return {
    title: '渡轮加班',
    url: `${site.server.origin}${PATH}`,
    published: '2026-11-20T03:00:00.000Z',
    bodyHtml: '<p>渡轮周末加班。</p><p>船公司这样说。</p>',
    ...more,
  }
}

/** One run; `hours` after the one before. */
async function run(
  flags: Record<string, unknown> = {},
  hours = 1,
): Promise<{ code: number; out: string; err: string }> {
  nowMs += hours * HOUR_MS
  return fetchAt(nowMs, { site, home }, flags)
}

function show(...stories: PageStory[]): void {
  site.pages.set('/feed.xml', rsshubFeed(stories))
}

/** A feed that names the story and tells nothing of it. */
function name(title = '渡轮加班', url = `${site.server.origin}${PATH}`): void {
  site.pages.set(
    '/feed.xml',
    `<rss version="2.0"><channel><title>x</title><item><title>${title}</title><link>${url}</link></item></channel></rss>`,
  )
}

const text = () => [...storiesIn(archive).values()].join('')
const asked = () => site.server.requests.filter((line) => line.includes('/story'))
const former = (n: number) => readFileSync(join(archive, `.zaobao/revisions/2026-11-20/${ID}/${n}.md`), 'utf8')

const WALLED = '<div class="paywall-message">此文章为早报订户专享内容</div>'

describe('what is no article', () => {
  test('a link to an imitator is named once, never asked for, and keeps nobody else from being archived', async () => {
    const other = story({ title: '夜市重开', url: 'https://www.zaochenbao.com/realtime/china/story20261120-9700009' })
    show(story(), other)
    site.pages.set(PATH, drupal8Page(story()))
    const first = await run()
    expect(first.code).toBe(1)
    expect(first.err).toContain(
      'story20261120-9700009: www.zaochenbao.com republishes Zaobao and is not Zaobao; given up\n',
    )
    expect(storiesIn(archive).size).toBe(1)
    show(story(), other, story({ title: '茶馆迁址', url: `${site.server.origin}${PATH}0` }))
    site.pages.set(`${PATH}0`, drupal8Page(story({ title: '茶馆迁址' })))
    expect(await run()).toMatchObject({ code: 0, err: 'fetch: 1 written\n' })
  })

  test.each([
    [
      'a challenge',
      '<title>Just a moment...</title><div id="challenge-running"></div><script>window._cf_chl_opt={}</script>',
      false,
    ],
    [
      'a login page',
      '<title>登录 | 联合早报</title><form><input name="u"><input type="password" name="p"></form>',
      false,
    ],
    [
      'a consent wall',
      '<title>您的隐私</title><form class="consent-form" action="/consent/save"><button>同意</button></form>',
      true,
    ],
    ['a soft 404', '<title>404 | 联合早报</title><main><h1>404</h1></main>', true],
    ['the home page', '<title>联合早报网</title><link rel="canonical" href="https://www.zaobao.com.sg/">', true],
  ])('%s is never archived, and the page is had later', async (_name, html, feedStandsIn) => {
    show(story())
    site.pages.set(PATH, html)
    expect((await run()).code).toBe(1)
    expect(storiesIn(archive).size).toBe(feedStandsIn ? 1 : 0)
    // The server's port may have a 404 in it.
    expect(text().replaceAll(site.server.origin, '')).not.toMatch(/Just a moment|登录|同意|404/)
    site.pages.set(PATH, drupal8Page(story({ bodyHtml: '<p>页面的一段。</p><p>页面的又一段。</p>' })))
    expect(await run()).toMatchObject({ code: 0 })
    expect(text()).toContain('\n\n页面的一段。\n\n页面的又一段。\n')
    expect(storiesIn(archive).size).toBe(1)
  })

  test.each([
    ['the home page', '/'],
    ['its section', '/realtime/china'],
    ['another story', '/realtime/china/story20261120-9700002'],
  ])('a page that leads to %s is not that story', async (_name, location) => {
    for (const path of ['/', '/realtime/china', '/realtime/china/story20261120-9700002'])
      site.pages.set(path, drupal8Page(story({ title: '别的新闻' })))
    const leading = await serve((_request, response) => {
      response.writeHead(302, { location: site.server.origin + location }).end()
    })
    try {
      name('渡轮加班', `${leading.origin}${PATH}`)
      const ended = await run()
      expect(ended.code).toBe(1)
      expect(ended.err).toContain(`it leads to ${site.server.origin}${location}`)
      expect(storiesIn(archive).size).toBe(0)
    } finally {
      await leading.close()
    }
  })

  test('404 is asked for again over several runs', async () => {
    name()
    site.broken.set(PATH, 404)
    const codes = []
    for (const hours of [1, 1, 1, 6, 24]) codes.push((await run({}, hours)).code)
    expect(codes).toEqual([1, 0, 0, 0, 0])
    expect(asked()).toHaveLength(5)
    site.broken.clear()
    site.pages.set(PATH, drupal8Page(story()))
    expect(await run({}, 24)).toMatchObject({ code: 0, err: 'fetch: 1 written\n' })
  })

  test('410 is final where it lasts for a day, and an archived file is kept', async () => {
    name()
    site.pages.set(PATH, drupal8Page(story()))
    await run()
    const before = marksOf(archive)
    name('渡轮停航')
    site.broken.set(PATH, 410)
    expect(await run()).toMatchObject({ code: 1, err: expect.stringContaining('queued for the next run') })
    for (const hours of [1, 2, 7]) expect(await run({}, hours)).toMatchObject({ code: 0, out: '' })
    expect(await run({}, 25)).toMatchObject({ code: 1, err: expect.stringContaining('given up') })
    for (const hours of [1, 24, 24 * 8])
      expect(await run({ recheck: '30d' }, hours)).toEqual({ code: 0, out: '', err: '' })
    expect(asked()).toHaveLength(6)
    expect(marksOf(archive)).toEqual(before)
  })

  test('the bytes of a page that no layout claims are kept', async () => {
    name()
    const html = '<title>一篇文章</title><h1>一篇文章</h1><div class="post"><p>文字。</p></div>'
    site.pages.set(PATH, html)
    const ended = await run()
    expect(ended.code).toBe(1)
    expect(ended.err).toContain(`.zaobao/pages/${ID}.gz`)
    const kept = gunzipSync(readFileSync(join(archive, `.zaobao/pages/${ID}.gz`))).toString()
    expect(kept.slice(kept.indexOf('\n') + 1)).toBe(html)
    expect(storiesIn(archive).size).toBe(0)
  })
})

describe('subscriber stories and the text of feeds', () => {
  const teaser = () => drupal8Page(story({ bodyHtml: `<p>渡轮周末加班。</p>${WALLED}` }))

  test('a teaser is marked, also where the feed has more, and gives way to the whole story', async () => {
    show(story())
    site.pages.set(PATH, teaser())
    expect((await run()).code).toBe(0)
    expect(text()).toContain('\naccess: subscriber\n---\n')
    expect(text()).not.toContain('船公司')
    site.pages.set(PATH, drupal8Page(story()))
    expect((await run({ recheck: '24h' })).out).toContain(ID)
    expect(text()).not.toContain('access:')
    expect(text()).toContain('\n\n渡轮周末加班。\n\n船公司这样说。\n')
    expect(former(1)).toContain('access: subscriber')
  })

  test('a whole story stays whole when the site closes it', async () => {
    name()
    site.pages.set(PATH, drupal8Page(story()))
    await run()
    const before = marksOf(archive)
    site.pages.set(PATH, teaser())
    expect(await run({ recheck: '24h' })).toEqual({ code: 0, out: '', err: '' })
    expect(marksOf(archive)).toEqual(before)
  })

  test.each([
    ['a teaser', '<p>渡轮周末加班……</p>'],
    ['a whole text', '<p>提要的一段。</p><p>提要的又一段。</p>'],
  ])("a page's text is not replaced by a feed's: %s", async (_name, bodyHtml) => {
    show(story())
    site.pages.set(PATH, drupal8Page(story()))
    await run()
    const before = marksOf(archive)
    show(story({ bodyHtml }))
    site.broken.set(PATH, 500)
    expect((await run()).code).toBe(1)
    expect(marksOf(archive)).toEqual(before)
  })
})

describe('edits', () => {
  const revised = () => existsSync(join(archive, '.zaobao/revisions'))

  test.each<[string, (html: string) => string]>([
    [
      'an advertisement in the body',
      (html) => html.replace('</p><p>', '</p><section id="imu"><div id="dfp-ad-imu1">新广告</div></section><p>'),
    ],
    ['navigation and footer', (html) => html.replace('导航即时', '导航换了').replace('页脚', '页脚换了')],
    [
      'a promotion',
      (html) => html.replace('</p><p>', '</p><a href="https://subscribe.sph.com.sg/x"><img src="/p.png"></a><p>'),
    ],
    ['white space', (html) => html.replaceAll('<p>', '\n   <p>\n').replaceAll('</p>', '\n</p>')],
  ])('%s is no edit', async (_name, change) => {
    name()
    site.pages.set(PATH, drupal8Page(story()))
    await run()
    const before = marksOf(archive)
    const html = change(drupal8Page(story()))
    expect(html).not.toBe(drupal8Page(story()))
    site.pages.set(PATH, html)
    expect(await run({ recheck: '24h' })).toEqual({ code: 0, out: '', err: '' })
    expect(asked()).toHaveLength(2)
    expect(marksOf(archive)).toEqual(before)
    expect(revised()).toBe(false)
  })

  const editFile = (change: (text: string) => string) => {
    const file = join(archive, '2026-11-20', readdirSync(join(archive, '2026-11-20'))[0] ?? '')
    writeFileSync(file, change(readFileSync(file, 'utf8')))
  }

  test.each<[string, () => void]>([
    ['a picture is signed anew', () => undefined],
    ['someone took the signed picture out', () => editFile((one) => one.replace(/!\[.*\n\n/, ''))],
    ['the journal is gone', () => rmSync(join(archive, '.zaobao'), { recursive: true })],
  ])('%s: no edit, however often it is read again', async (_name, change) => {
    name()
    const page = (signature: string) => {
      const url = `https://s3.example/s3fs-public/a.jpg?X-Amz-Date=${signature}&X-Amz-Signature=${signature}`
      site.pages.set(PATH, drupal8Page(story({ lead: [{ url, caption: '渡轮（本报）' }] })))
    }
    page('a')
    // Without its notes a run looks up the archive's days, lest a story that waited be lost.
    site.pages.set(
      '/sitemaps/sitemap-202611.xml',
      `<?xml version="1.0"?><urlset><url><loc>${site.server.origin}${PATH}</loc></url></urlset>`,
    )
    await run()
    change()
    const before = text()
    for (const signature of ['b', 'c', 'd']) {
      page(signature)
      expect(await run({ recheck: '24h' })).toEqual({ code: 0, out: '', err: '' })
      expect(text()).toBe(before)
    }
    expect(revised()).toBe(false)
  })

  test.each<[string, Partial<PageStory>]>([
    ['a headline', { title: '渡轮停航' }],
    ['a word', { bodyHtml: '<p>渡轮周末停航。</p><p>船公司这样说。</p>' }],
    ['a picture', { lead: [{ url: 'https://static.zaobao.com/s3fs-public/a.jpg', caption: '渡轮（本报）' }] }],
  ])('%s is one: the file is revised in place and the former text kept', async (_name, edit) => {
    name()
    site.pages.set(PATH, drupal8Page(story()))
    await run()
    const before = text()
    site.pages.set(PATH, drupal8Page(story(edit)))
    expect(await run({}, 1)).toMatchObject({ code: 0, out: '' })
    const ended = await run({ recheck: '24h' })
    expect(ended).toMatchObject({ code: 0, err: 'fetch: 0 written, 1 revised\n' })
    expect(former(1)).toBe(before)
    expect(storiesIn(archive).size).toBe(1)
  })

  test('--recheck asks with validators, for stories younger than that, once a run', async () => {
    name()
    site.pages.set(PATH, drupal8Page(story()))
    await run()
    const before = marksOf(archive)
    for (const hours of [1, 10, 10]) await run({ recheck: '24h' }, hours)
    expect(asked()).toHaveLength(4)
    const conditions = site.server.headers.filter((_, index) => site.server.requests[index]?.includes('/story'))
    expect(conditions.map((headers) => headers['if-none-match'] !== undefined)).toEqual([false, true, true, true])
    await run({ recheck: '24h' }, 24)
    expect(asked()).toHaveLength(4)
    expect(marksOf(archive)).toEqual(before)
  })

  test('an edit that --recheck finds and the archive does not take is named, once', async () => {
    name()
    site.pages.set(PATH, drupal8Page(story()))
    await run()
    const revisions = join(archive, '.zaobao/revisions')
    mkdirSync(revisions, { recursive: true })
    writeFileSync(join(revisions, '2026-11-20'), '')
    site.pages.set(PATH, drupal8Page(story({ bodyHtml: '<p>渡轮周末不加班。</p><p>船公司这样说。</p>' })))
    const first = await run({ recheck: '24h' })
    expect(first.code).toBe(1)
    expect(first.err).toContain('a file stands where a folder belongs')
    expect(await run({ recheck: '24h' })).toMatchObject({ code: 0 })
    rmSync(join(revisions, '2026-11-20'))
    expect(await run({ recheck: '24h' }, 7)).toMatchObject({ code: 0 })
    expect(text()).toContain('渡轮周末不加班')
  })

  test('a story that waits and is young enough is asked for once a run', async () => {
    name()
    site.pages.set(PATH, drupal8Page(story()))
    site.pages.set(`${PATH}0`, drupal8Page(story({ title: '茶馆迁址' })))
    await run()
    name('茶馆迁址', `${site.server.origin}${PATH}0`)
    site.broken.set(PATH, 404)
    await run({ recheck: '24h' })
    site.broken.clear()
    const before = asked().length
    await run({ recheck: '24h' })
    const again = asked().slice(before)
    expect(again.filter((line) => line.endsWith(PATH))).toHaveLength(1)
  })

  test('--on-change keep asks for nothing and changes nothing', async () => {
    name()
    site.pages.set(PATH, drupal8Page(story()))
    await run()
    const before = marksOf(archive)
    name('渡轮停航')
    site.pages.set(PATH, drupal8Page(story({ title: '渡轮停航' })))
    expect(await run({ onChange: 'keep', recheck: '24h' })).toEqual({ code: 0, out: '', err: '' })
    expect(asked()).toHaveLength(1)
    expect(marksOf(archive)).toEqual(before)
    name('渡轮停航了')
    expect(await run()).toMatchObject({ code: 0, err: 'fetch: 0 written, 1 revised\n' })
  })
})
