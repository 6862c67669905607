import { mkdirSync, readdirSync, renameSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eachWithSite, type Own } from '../support/each.ts'
import { fetchAt } from '../support/fetch.ts'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { call } from '../support/program.ts'
import { rsshubFeed, type Site } from '../support/site.ts'

const NOW = Date.parse('2021-11-10T12:00:00Z')

let site: Site
let home: Own['home']

eachWithSite((own) => {
  ;({ site, home } = own)
})

function publish(words: string): void {
  const story: PageStory = {
    title: `${words}复航`,
    url: `${site.server.origin}/realtime/china/story20211110-9000001`,
    published: '2021-11-10T07:37:00.000Z',
    bodyHtml: `<p>${words}的第一段，共有两句。这是第二句。</p><p>第二段。</p>`,
  }
  site.pages.set('/feed.xml', rsshubFeed([story]))
  site.pages.set(new URL(story.url).pathname, drupal8Page(story))
}

test('an archive that is a link to a folder on another disk is one like any other', async () => {
  const disk = join(home.path, 'disk')
  mkdirSync(disk)
  symlinkSync(disk, join(home.path, 'archive'))
  publish('渡口')
  expect(await fetchAt(NOW, { site, home })).toMatchObject({ code: 0, err: 'fetch: 1 written\n' })
  publish('码头')
  expect(await fetchAt(NOW + 600_000, { site, home })).toMatchObject({ code: 0, err: 'fetch: 0 written, 1 revised\n' })
  expect(readdirSync(disk)).toEqual(['.zaobao', '2021-11-10'])
  for (const args of [['verify', '--fix'], ['export'], ['status'], ['import', 'disk', '--archive', 'other']])
    expect(await call(args, { cwd: home.path }), args[0]).toMatchObject({ code: 0 })
})

test('a disk that is gone behind the link is missed, not made anew', async () => {
  const disk = join(home.path, 'disk')
  mkdirSync(disk)
  symlinkSync(disk, join(home.path, 'archive'))
  publish('渡口')
  await fetchAt(NOW, { site, home })
  renameSync(disk, join(home.path, 'unmounted'))
  await expect(fetchAt(NOW + 600_000, { site, home })).rejects.toThrow('archive')
  expect(readdirSync(home.path)).toEqual(['archive', 'unmounted'])
})
