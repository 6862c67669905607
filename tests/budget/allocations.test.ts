import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { PAGES, type PageStory } from '../support/pages.ts'
import { folder } from '../support/program.ts'

const CHILD = fileURLToPath(new URL('allocations.mjs', import.meta.url))
// Room enough that nothing is collected while it is counted.
const FLAGS = ['--expose-gc', '--no-opt', '--min-semi-space-size=64', '--max-semi-space-size=64']
const home = folder()
afterAll(() => home.remove())

const STORY: PageStory = {
  title: '轮渡复航',
  url: 'https://www.zaobao.com.sg/realtime/china/story20211110-9000001',
  published: '2021-11-10T07:37:00.000Z',
  bodyHtml: '<p>轮渡昨天复航，首班船坐满了人。</p><p>船公司说票价不变。</p>'.repeat(5),
}

function allocated(page: string): number {
  const file = join(home.path, 'page.html')
  writeFileSync(file, page)
  const answer = execFileSync(process.execPath, [...FLAGS, CHILD, file, STORY.url], { encoding: 'utf8' })
  const { allocated: bytes, title } = JSON.parse(answer) as { allocated: number; title: string | null }
  expect(title).toBe(STORY.title)
  return bytes
}

/** Puts `count` links of other stories into a page, outside of its article. */
function withChrome(page: string, count: number): string {
  const links = Array.from(
    { length: count },
    (_, n) => `<li class="card"><a href="/news/world/other${n}"><span>Other ${n} of 2</span></a></li>`,
  )
  return page.replace('<footer>', `<aside><ul>${links.join('')}</ul></aside><footer>`)
}

const ADDED = 2000

/** Three elements and a text of it in a DOM take more than a kilobyte; a tag passed over takes some strings. */
const MOST_BYTES_A_LINK = 1000

test.each(Object.entries(PAGES))('%s: what stands around a story is passed over, not built into a DOM', (_, make) => {
  const page = make(STORY)
  const more = allocated(withChrome(page, ADDED)) - allocated(withChrome(page, 0))
  expect(more / ADDED).toBeLessThan(MOST_BYTES_A_LINK)
})
