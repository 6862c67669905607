import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StoryRecord } from '../../src/core/model.ts'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { call, folder } from '../support/program.ts'
import { rsshubFeed, serveSite, type Site } from '../support/site.ts'
import { madeStory } from './support/documents.ts'
import { objects } from './support/io.ts'

const DAY = '2021-11-10'
const PATH = `${DAY}/${DAY}-9000001-轮渡第1次.md`
const SHELF = `.zaobao/revisions/${DAY}/9000001`

let site: Site
let home: ReturnType<typeof folder>
let archive: string

function story(edit: number): PageStory {
  return {
    title: `轮渡第${edit}次`,
    url: `${site.server.origin}/realtime/china/story20211110-9000001`,
    published: '2021-11-10T07:37:00.000Z',
    bodyHtml: `<p>轮渡昨天复航，首班船坐满了人。</p><p>这是第${edit}次改动。</p>`,
    byline: `第${edit}位记者`,
  }
}

const run = (...args: string[]) => call(args, { cwd: home.path })
const network = () => ['--allow-private', '--rate', '1000/s']

async function publish(edit: number, ...args: string[]): Promise<void> {
  site.pages.set('/feed.xml', rsshubFeed([story(edit)]))
  site.pages.set(new URL(story(edit).url).pathname, drupal8Page(story(edit)))
  const feed = `${site.server.origin}/feed.xml`
  expect(await run('fetch', '--feed', feed, ...network(), ...args)).toMatchObject({ code: 0 })
}

const modeOf = (path: string) => (statSync(join(archive, path)).mode & 0o7777).toString(8)
const shelf = () => readdirSync(join(archive, SHELF)).toSorted()

beforeEach(async () => {
  site = await serveSite()
  home = folder()
  archive = join(home.path, 'archive')
})

afterEach(async () => {
  await site.server.close()
  home.remove()
})

describe('--keep-revisions', () => {
  test('of fetch keeps the first text and the newest ones', async () => {
    for (const edit of [1, 2, 3, 4, 5]) await publish(edit, '--keep-revisions', '2')
    expect(shelf()).toEqual(['1.md', '4.md'])
  })

  test('of backfill', async () => {
    for (const edit of [1, 2, 3]) await publish(edit)
    expect(shelf()).toEqual(['1.md', '2.md'])
    writeFileSync(join(archive, PATH), '')
    expect(await run('backfill', story(3).url, ...network(), '--keep-revisions', '1')).toMatchObject({ code: 0 })
    expect(shelf()).toEqual(['3.md'])
  })

  test('of import', async () => {
    const texts = [1, 2, 3, 4].map((n) => madeStory(1, { title: `第${n}稿` }).text)
    mkdirSync(join(home.path, 'old'))
    for (const [n, text] of texts.entries()) {
      // As a program wrote them: what someone may have written is kept for good.
      const html = text.replace(/(?<=------\n\n)[^]*$/, (body) => `<div>\n<p>${body.trim()}</p>\n</div>\n`)
      const dated = html.replace(/^date: .*$/m, `date: 2021-11-11T0${n + 3}:00:00.000Z`)
      writeFileSync(join(home.path, 'old', `${n}.md`), dated)
    }
    expect(await run('import', 'old', '--keep-revisions', '2')).toMatchObject({ code: 0 })
    const { id, day } = madeStory(1)
    const kept = join(archive, '.zaobao/revisions', day, id)
    const titles = readdirSync(kept)
      .toSorted()
      .map((name) => [name, /^title: "(.*)"$/m.exec(readFileSync(join(kept, name), 'utf8'))?.[1]])
    // The second was never written: it would have been dropped at once.
    expect(titles).toEqual([
      ['1.md', '第1稿'],
      ['2.md', '第3稿'],
    ])
  })

  test.each(['0', '-1', 'all'])('%s is refused', async (value) => {
    const { code, stderr } = await run('fetch', `--keep-revisions=${value}`)
    expect(code).toBe(2)
    expect(stderr).toMatch(/^zaobao-archiver: --keep-revisions: "[^\n]+: write a whole number above 0\n/)
  })
})

describe('permission bits', () => {
  test.each(['640', '664', '600'])(
    '%s of a file stay when it is revised, and are those of its former text',
    async (bits) => {
      await publish(1)
      chmodSync(join(archive, PATH), Number.parseInt(bits, 8))
      await publish(2)
      expect([modeOf(PATH), modeOf(`${SHELF}/1.md`)]).toEqual([bits, bits])
    },
  )

  test('stay when verify --fix mends a file or merges two', async () => {
    const one = madeStory(1)
    const second = `2022-01-01/${one.path.slice(11)}`
    for (const [path, text] of [
      [one.path, one.text.replaceAll('\n', '\r\n')],
      [
        second,
        one.text
          .replaceAll('T02:01', 'T03:01')
          .replace('气象台', '天文台')
          .replace(/<!--\d+-->/, `<!--${Date.parse('2021-11-11T03:01:00Z')}-->`),
      ],
    ] as const) {
      mkdirSync(join(archive, path.slice(0, 10)), { recursive: true })
      writeFileSync(join(archive, path), text)
      chmodSync(join(archive, path), 0o640)
    }
    expect(await run('verify', '--fix')).toMatchObject({ code: 0 })
    expect([modeOf(one.path), modeOf(`.zaobao/revisions/${one.day}/${one.id}/1-kept.md`)]).toEqual(['640', '640'])
  })
})

describe('export --revisions', () => {
  const exported = async () => objects<StoryRecord>((await run('export', '--revisions')).stdout)

  test('says when each former text was read, and what its page told', async () => {
    for (const edit of [1, 2, 3]) await publish(edit)
    const records = await exported()
    expect(records.map(({ revision, bylines }) => ({ revision, bylines }))).toEqual(
      [1, 2, 3].map((edit) => ({ revision: edit, bylines: [`第${edit}位记者`] })),
    )
    const times = records.map(({ fetched }) => fetched ?? '')
    expect(times.every((time) => /^20\d\d-.*Z$/.test(time))).toBe(true)
    expect(times).toEqual(times.toSorted())
    expect(new Set(times).size).toBe(3)
  })

  test('leaves null what is not known, and a former text that someone put there', async () => {
    for (const edit of [1, 2]) await publish(edit)
    writeFileSync(join(archive, SHELF, '1.md'), madeStory(1).text)
    const records = await exported()
    expect(records.map(({ fetched }) => fetched === null)).toEqual([true, false])
  })

  test('passes over a former text that was damaged, in one line, and prints the others', async () => {
    for (const edit of [1, 2]) await publish(edit)
    writeFileSync(join(archive, SHELF, '1.md'), '')
    const { code, stdout, stderr } = await run('export', '--revisions')
    expect(code).toBe(0)
    expect(objects<StoryRecord>(stdout).map(({ revision }) => revision)).toEqual([2])
    expect(stderr).toMatch(/^archive\/\.zaobao\/revisions\/\S+\/1\.md: passed over: line 1: [^\n]+\n$/)
  })
})
