import { join } from 'node:path'
import { rmSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { eachWithSite, type Own } from '../support/each.ts'
import { fetchAt } from '../support/fetch.ts'
import { drupal8Page } from '../support/pages.ts'
import { storiesIn } from '../support/program.ts'
import { rsshubFeed, type Site } from '../support/site.ts'

const DAY_MS = 86_400_000
const PATHS = [1, 2].map((n) => `/realtime/china/story20211110-900000${n}`)

let site: Site
let home: Own['home']
let nowMs: number

eachWithSite((own) => {
  ;({ site, home } = own)
  nowMs = Date.parse('2021-11-10T12:00:00Z')
  const stories = PATHS.map((path, at) => ({
    title: `轮渡第${at}号`,
    url: `${site.server.origin}${path}`,
    published: '2021-11-10T07:37:00.000Z',
    bodyHtml: '<p>轮渡昨天复航，首班船坐满了人。</p>',
  }))
  for (const [at, path] of PATHS.entries()) site.pages.set(path, drupal8Page(stories[at]!))
  site.pages.set('/feed.xml', rsshubFeed(stories.map((story) => ({ ...story, bodyHtml: '' }))))
})

async function poll(): Promise<string> {
  const { err } = await fetchAt((nowMs += DAY_MS), { site, home }, { recheck: '99d' })
  return err.replaceAll(site.server.origin, '')
}

test('a story that the paper withdrew is given up, and its file stays; one that was never had is given up alone', async () => {
  site.broken.set(PATHS[1]!, 410)
  await poll()
  const files = storiesIn(join(home.path, 'archive'))
  expect(files.size).toBe(1)
  site.broken.set(PATHS[0]!, 410)
  let said = ''
  for (let day = 0; day < 9; day += 1) said += await poll()
  expect(said).toContain(`${PATHS[0]}: status 410; given up, what is archived stays\n`)
  expect(said).toContain(`${PATHS[1]}: status 410; given up\n`)
  expect(storiesIn(join(home.path, 'archive'))).toEqual(files)
})

test.each<[string, (file: string) => void, string]>([
  [
    'is there whole, in a clone',
    () => rmSync(join(home.path, 'archive/.zaobao'), { recursive: true }),
    ', what is archived stays',
  ],
  ['was emptied', (file) => writeFileSync(file, ''), ''],
])('of a withdrawn story whose file %s it is said what stays', async (_, befalls, stays) => {
  await poll()
  const [name = ''] = [...storiesIn(join(home.path, 'archive')).keys()].filter((one) => one.includes('9000001'))
  befalls(join(home.path, 'archive', name))
  site.broken.set(PATHS[0]!, 410)
  let said = ''
  for (let day = 0; day < 9; day += 1) said += await poll()
  expect(said).toMatch(new RegExp(`${PATHS[0]}: status 410[^\n]*; given up${stays}\n`))
})
