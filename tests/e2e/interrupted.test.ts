import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { fetch } from '../../src/commands/fetch.ts'
import { Interrupted } from '../../src/io.ts'
import { configOf, testIo } from '../support/io.ts'
import { drupal8Page } from '../support/pages.ts'
import { folder } from '../support/program.ts'
import { serve } from '../support/server.ts'
import { rsshubFeed } from '../support/site.ts'

test('a run that is interrupted ends when the story in hand is done with', async () => {
  const home = folder()
  const stories = (origin: string) =>
    [1, 2].map((n) => ({
      title: `轮渡第${n}号`,
      url: `${origin}/realtime/china/story20211110-900000${n}`,
      published: '2021-11-10T07:37:00.000Z',
      bodyHtml: '<p>轮渡昨天复航。</p><p>票价不变。</p>',
    }))
  // The second page never comes.
  const server = await serve((request, response) => {
    const [first, second] = stories(`http://${request.headers.host ?? ''}`)
    if (request.url === '/feed.xml') response.end(rsshubFeed([first!, second!]))
    else if (request.url?.endsWith('1') === true) response.end(drupal8Page(first!))
    else if (request.url?.endsWith('2') !== true) response.writeHead(404).end()
  })
  const controller = new AbortController()
  let printed = false
  const io = {
    ...testIo(home.path),
    signal: controller.signal,
    async stdout() {
      controller.abort(new Interrupted('interrupted'))
      await pause(200)
      printed = true
    },
  }
  const flags = { archive: join(home.path, 'archive'), feed: [`${server.origin}/feed.xml`], rate: '100/s' }
  const config = { ...(await configOf({ ...flags, allowPrivate: true, concurrency: 2 }, home.path)), dryRun: false }
  await expect(fetch(config, io)).rejects.toThrow()
  expect(printed).toBe(true)
  expect(io.err.join('')).toBe('fetch: stopped: 1 written, 1 left, run it again\n')
  await server.close()
  home.remove()
})
