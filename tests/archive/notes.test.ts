import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { asHtml, paragraphsOf, rssOf } from '../support/press.ts'
import { call, folder, storiesIn } from '../support/program.ts'
import { rsshubFeed, serveSite, type Site } from '../support/site.ts'

const DAY = '2021-11-10'
const PATH = `${DAY}/${DAY}-9000001-渡轮复航.md`
const SHELF = `.zaobao/revisions/${DAY}/9000001`
const NOTE = '\n读者注：票价见第八版。\n'

let site: Site
let home: ReturnType<typeof folder>
let archive: string
let file: string

interface Page {
  title?: string
  last?: string
}

function story({ title = '渡轮复航', last = '末班船是晚上十点。' }: Page): PageStory {
  return {
    title,
    url: `${site.server.origin}/realtime/china/story20211110-9000001`,
    published: '2021-11-10T07:37:00.000Z',
    bodyHtml: `<p>渡轮昨天复航，首班船坐满了人。</p><p>船公司说票价不变。</p><p>${last}</p>`,
  }
}

function publish(page: Page): void {
  site.pages.set('/feed.xml', rsshubFeed([story(page)]))
  site.pages.set(new URL(story(page).url).pathname, drupal8Page(story(page)))
}

const fetch = (...args: string[]) =>
  call(['fetch', '--feed', `${site.server.origin}/feed.xml`, '--allow-private', '--rate', '1000/s', ...args], {
    cwd: home.path,
  })
const text = () => readFileSync(file, 'utf8')
const edit = (change: (text: string) => string) => writeFileSync(file, change(text()))
const shelf = () => readdirSync(join(archive, SHELF)).toSorted()

beforeEach(async () => {
  site = await serveSite()
  home = folder()
  archive = join(home.path, 'archive')
  file = join(archive, PATH)
  publish({})
  expect(await fetch()).toMatchObject({ code: 0 })
})

afterEach(async () => {
  await site.server.close()
  home.remove()
})

describe('what someone wrote into a file', () => {
  test.each([
    ['', (one: string) => one],
    [' with line ends of Windows', (one: string) => one.replaceAll('\n', '\r\n')],
  ])('stays through five edits of the page%s, and nothing is said', async (_, saved) => {
    edit((one) => saved(one.replace('categories:', 'rating: 5\ncategories:') + NOTE))
    for (const time of ['九点', '八点', '七点', '六点', '五点']) {
      publish({ title: `渡轮复航，末班${time}`, last: `末班船是晚上${time}。` })
      expect(await fetch('--keep-revisions', '1')).toMatchObject({
        code: 0,
        stderr: expect.not.stringContaining('kept'),
      })
    }
    expect(text()).toContain('title: "渡轮复航，末班五点"')
    expect(text()).toContain('末班船是晚上五点。')
    expect(text()).toContain(NOTE)
    expect(text()).toContain('rating: 5\n')
    expect(shelf()).toEqual(['5.md'])
  })

  test('and the page changed too is named and never dropped', async () => {
    edit((one) => one.replace('晚上十点', '晚上十点半'))
    publish({ last: '末班船是晚上九点。', title: '渡轮复航一周' })
    const told = await fetch('--keep-revisions', '1', '--quiet')
    expect(told.stderr).toBe(
      `archive/${PATH}: its text and the page both changed in one place; the page's is written, the former is kept in archive/${SHELF}/1-kept.md\n`,
    )
    for (const time of ['八点', '七点', '六点']) {
      publish({ title: `渡轮复航，末班${time}` })
      await fetch('--keep-revisions', '1')
    }
    expect(shelf()).toEqual(['1-kept.md', '4.md'])
    expect(readFileSync(join(archive, SHELF, '1-kept.md'), 'utf8')).toContain('晚上十点半')
  })

  test('stays in a clone without .zaobao/ while the page is as it was', async () => {
    edit((one) => one.replace('title: "渡轮复航"', 'title: "我的渡轮"').replace('[渡轮', '[我的渡轮') + NOTE)
    rmSync(join(archive, '.zaobao'), { recursive: true })
    const before = text()
    expect(await fetch('--recheck', '10000d')).toMatchObject({ code: 0 })
    expect(text()).toBe(before)
    expect(existsSync(join(archive, SHELF))).toBe(false)
    publish({ last: '末班船是晚上九点。', title: '渡轮复航一周' })
    await fetch()
    expect(text()).toContain('末班船是晚上九点。')
    expect(text()).toContain(NOTE)
  })

  test('is not touched with --on-change keep', async () => {
    edit((one) => one + NOTE)
    const before = text()
    publish({ last: '末班船是晚上九点。', title: '渡轮复航一周' })
    expect(await fetch('--on-change', 'keep', '--recheck', '10000d')).toMatchObject({ code: 0, stderr: '' })
    rmSync(join(archive, '.zaobao'), { recursive: true })
    expect(await fetch('--on-change', 'keep', '--recheck', '10000d')).toMatchObject({ code: 0, stderr: '' })
    expect(text()).toBe(before)
  })
})

test('a text that another machine’s run wrote, whose archive came together with this one, is no note of someone’s', async () => {
  const own = join(archive, '.zaobao')
  const here = join(home.path, 'here')
  cpSync(own, here, { recursive: true })
  publish({ title: '渡轮复航一周', last: '末班船是晚上九点。</p><p>船票涨价。' })
  await fetch()
  // git brings the file and its former texts; what is noted of stories stays each machine's own.
  cpSync(join(own, 'revisions'), join(here, 'revisions'), { recursive: true })
  rmSync(own, { recursive: true })
  cpSync(here, own, { recursive: true })
  publish({ title: '渡轮复航一月', last: '末班船是晚上十点。</p><p>船票又降价。' })
  expect((await fetch()).stderr).toContain(`the former is kept in archive/${SHELF}/2-kept.md`)
  expect(text()).toContain('末班船是晚上十点。\n\n船票又降价。\n')
  expect(text()).not.toMatch(/九点|涨价/)
  expect(shelf()).toEqual(['1.md', '2-kept.md'])
})

describe('what someone wrote into a file that was imported with the notes of its archive', () => {
  const PAGES = { first: '末班船是晚上十点。</p><p>船票涨价。', next: '末班船是晚上九点。' }
  /** Every text of the story after the page's next edit, in its archive and in one that takes it in. */
  async function afterEdit(change: (text: string) => string, ...args: string[]): Promise<[string[], string[]]> {
    publish({ last: PAGES.first })
    await fetch(...args)
    edit(change)
    expect(await call(['import', 'archive', '--archive', 'taken'], { cwd: home.path })).toMatchObject({ code: 0 })
    publish({ last: PAGES.next })
    const textsIn = async (name: string): Promise<string[]> => {
      const { stderr } = await fetch('--archive', name, '--recheck', '10000d', ...args)
      const keptIn = (place: string): string[] =>
        (existsSync(place) ? readdirSync(place) : []).filter((one) => /kept/.test(one))
      return [
        readFileSync(join(home.path, name, PATH), 'utf8'),
        ...keptIn(join(home.path, name, SHELF)),
        stderr.replaceAll(`${name}/`, '').split('\n')[0] ?? '',
      ]
    }
    return [await textsIn('archive'), await textsIn('taken')]
  }

  test.each<[string, (text: string) => string]>([
    ['below the text', (one) => one + NOTE],
    ['among the paragraphs', (one) => one.replace('船公司', `${NOTE.trim()}\n\n船公司`)],
    ['in a paragraph that stays', (one) => one.replace('坐满了人', '坐满了人（存疑）')],
    ['in a paragraph that is changed', (one) => one.replace('晚上十点', '晚上十点半')],
    ['in the headline', (one) => one.replace('title: "渡轮复航"', 'title: "我的渡轮"')],
    ['nowhere', (one) => one],
  ])('%s: an edit of the page merges as in its own archive', async (_, change) => {
    const [own, taken] = await afterEdit(change)
    expect(own[0]).toContain(PAGES.next)
    expect(own[0]).not.toContain('船票涨价')
    expect(taken).toEqual(own)
  })

  test.each<[string, (text: string) => string, string]>([
    ['below its HTML', (one) => one + NOTE, NOTE],
    ['in its headline', (one) => one.replace('title: "渡轮复航"', 'title: "我的渡轮"'), 'title: "我的渡轮"'],
  ])('%s: an edit of the page merges into its Markdown', async (_, change, words) => {
    const [own, taken] = await afterEdit(change, '--body', 'html')
    for (const [stands = '', ...more] of [own, taken]) {
      expect(stands).toContain(PAGES.next)
      expect(stands).not.toContain('船票涨价')
      expect(stands).toContain(words)
      expect(more).toEqual(['fetch: 0 written, 1 revised'])
    }
  })
})

test('a story of a feed alone follows its feed in an archive that imported it, with what someone wrote', async () => {
  const { origin } = site.server
  writeFileSync(
    join(home.path, 'zaobao.config.jsonc'),
    JSON.stringify({ sources: [{ feed: `${origin}/inn.xml`, pages: false }] }),
  )
  const ask = (name: string) =>
    call(['fetch', '--allow-private', '--rate', '1000/s', '--recheck', '10000d', '--archive', name], { cwd: home.path })
  const show = (...more: string[]): void => {
    const html = asHtml([...paragraphsOf(3), ...more])
    site.pages.set('/inn.xml', rssOf([{ url: `${origin}/inn.html`, title: '茶馆歇业', html }]))
  }
  show()
  await ask('own')
  const [path, first] = [...storiesIn(join(home.path, 'own')).entries()][0]!
  writeFileSync(join(home.path, 'own', path), first + NOTE)
  await call(['import', 'own', '--archive', 'taken'], { cwd: home.path })
  expect(await ask('taken')).toMatchObject({ code: 0, stderr: '' })
  show('茶馆后天再开。')
  for (const name of ['own', 'taken']) {
    expect(await ask(name)).toMatchObject({ code: 0, stderr: 'fetch: 0 written, 1 revised\n' })
    expect([...storiesIn(join(home.path, name)).values()].join('')).toContain(`茶馆后天再开。\n${NOTE}`)
  }
})
