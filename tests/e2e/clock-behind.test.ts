import { expect, test } from 'vitest'
import { eachWithSite, type Own } from '../support/each.ts'
import { fetchAt } from '../support/fetch.ts'
import { drupal8Page } from '../support/pages.ts'
import { rsshubFeed, type Site } from '../support/site.ts'

const DAY_MS = 86_400_000

let site: Site
let home: Own['home']

eachWithSite((own) => {
  ;({ site, home } = own)
})

test.each([
  ['is right', 0, 1],
  ['is ahead by an hour', 3_600_000, 1],
  ['is behind by hours', -20 * 3_600_000, 1],
  ['is behind by a year', -365 * DAY_MS, 0],
  ['is ahead by a year', 365 * DAY_MS, 0],
])(
  'with --recheck, by a clock that %s, a story that no source names is asked for again so often',
  async (_, byMs, times) => {
    const at = Date.parse('2026-03-12T08:00:00Z')
    const [old, next] = [1, 2].map((number) => ({
      title: `渡轮第${number}号复航`,
      url: `${site.server.origin}/realtime/china/story20260312-900000${number}`,
      published: new Date(at - 3_600_000).toISOString(),
      bodyHtml: '<p>渡轮昨天复航，首班船坐满了人。</p><p>船公司说票价不变。</p>',
    }))
    for (const story of [old!, next!]) site.pages.set(new URL(story.url).pathname, drupal8Page(story))
    site.pages.set('/feed.xml', rsshubFeed([old!]))
    await fetchAt(at, { site, home })
    site.pages.set('/feed.xml', rsshubFeed([next!]))
    const before = site.server.requests.length
    await fetchAt(at + 600_000 + byMs, { site, home }, { recheck: '36h' })
    expect(site.server.requests.slice(before).filter((line) => line.endsWith('-9000001'))).toHaveLength(times)
  },
)
