import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { call, folder, storiesIn } from '../support/program.ts'
import { rsshubFeed, serveSite, type Site } from '../support/site.ts'

const DAY = '2021-11-10'
const PATH = `${DAY}/${DAY}-9000001-轮渡第1号.md`

let site: Site
let home: ReturnType<typeof folder>
let archive: string
let file: string
let whole: Buffer

function story(number: number): PageStory {
  return {
    title: `轮渡第${number}号`,
    url: `${site.server.origin}/realtime/china/story20211110-${9_000_000 + number}`,
    published: '2021-11-10T07:37:00.000Z',
    bodyHtml: '<p>轮渡昨天复航，首班船坐满了人。</p><p>船公司说票价不变。</p><p>末班船是晚上十点。</p>',
  }
}

const run = (...args: string[]) => call([...args, '--allow-private', '--rate', '1000/s'], { cwd: home.path })
const look = (...args: string[]) => call(args, { cwd: home.path })
const fetchFeed = (...args: string[]) => run('fetch', '--feed', `${site.server.origin}/feed.xml`, ...args)
const former = () => {
  const shelf = join(archive, '.zaobao/revisions', DAY, '9000001')
  return readdirSync(shelf).map((name) => readFileSync(join(shelf, name)))
}

beforeEach(async () => {
  site = await serveSite()
  home = folder()
  archive = join(home.path, 'archive')
  file = join(archive, PATH)
  site.pages.set('/feed.xml', rsshubFeed([story(1), story(2)]))
  for (const one of [story(1), story(2)]) site.pages.set(new URL(one.url).pathname, drupal8Page(one))
  expect(await fetchFeed()).toMatchObject({ code: 0 })
  whole = readFileSync(file)
})

afterEach(async () => {
  await site.server.close()
  home.remove()
})

const DAMAGES: [string, (bytes: Buffer) => Buffer, RegExp][] = [
  ['empty', () => Buffer.alloc(0), /it is empty/],
  ['cut in its front matter', (bytes) => bytes.subarray(0, 60), /line 1: front matter has no closing line/],
  ['cut in its text', (bytes) => bytes.subarray(0, bytes.length - 30), /its end is missing/],
  ['cut after its headline', (bytes) => bytes.subarray(0, bytes.indexOf('------\n') + 7), /no text and no picture/],
  ['full of NUL', (bytes) => Buffer.alloc(bytes.length), /NUL bytes/],
  [
    'in the middle of a merge',
    (bytes) =>
      Buffer.from(
        bytes.toString('utf8').replace(/(末班.*\n)/, '<<<<<<< HEAD\n$1=======\n末班船取消。\n>>>>>>> 0f2 (x)\n'),
      ),
    /marks of a merge that was not finished/,
  ],
  ['not UTF-8', (bytes) => Buffer.concat([bytes.subarray(0, 200), Buffer.from([0xd6, 0xff, 0x0a])]), /not UTF-8/],
]

describe('a damaged file', () => {
  test.each(DAMAGES)('%s: backfill of its address writes it anew under its name', async (_, damage, why) => {
    const damaged = damage(whole)
    writeFileSync(file, damaged)
    const asked = site.server.requests.length
    const { code, stdout, stderr } = await run('backfill', story(1).url, story(2).url)
    expect({ code, stdout }).toEqual({ code: 0, stdout: `archive/${PATH}\n` })
    const [line, summary, ...more] = stderr.trimEnd().split('\n')
    expect(line).toMatch(new RegExp(`^archive/${PATH}: was damaged \\(.*${why.source}.*\\); written anew`))
    expect({ summary, more }).toEqual({ summary: 'backfill: 0 written, 1 revised', more: [] })
    expect(readFileSync(file)).toEqual(whole)
    expect(former()).toEqual([damaged])
    expect(site.server.requests.slice(asked).filter((request) => request.includes('/story'))).toHaveLength(1)
    expect(await look('verify')).toMatchObject({ code: 0 })
    expect(await run('backfill', story(1).url)).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  test('is not read by a poll without news, and verify says what to do', async () => {
    writeFileSync(file, '')
    expect(await fetchFeed()).toEqual({ code: 0, stdout: '', stderr: '' })
    const { code, stderr } = await look('verify')
    expect(code).toBe(1)
    expect(stderr).toContain(`archive/${PATH}: format: it is empty; backfill of its address writes it anew\n`)
  })

  test('of which the address can still be read: verify says what to type', async () => {
    writeFileSync(file, whole.subarray(0, whole.indexOf('tags:')))
    expect((await look('verify')).stderr).toContain(`; backfill ${story(1).url} writes it anew\n`)
    writeFileSync(file, whole.toString('utf8').slice(0, 250).replaceAll('9000001', '9000002'))
    expect((await look('verify')).stderr).toContain('; backfill of its address writes it anew\n')
  })

  test('in the middle of a merge: verify says what helps, a fetch that only reads it leaves it to whoever merges', async () => {
    const merging = `${whole.toString('utf8')}<<<<<<< HEAD\n我的注。\n=======\n>>>>>>> 0f2 (x)\n`
    writeFileSync(file, merging)
    expect((await look('verify')).stderr).toContain(
      `: format: it holds the marks of a merge that was not finished; backfill ${story(1).url} writes it anew\n`,
    )
    expect((await fetchFeed('--recheck', '10000d', '--quiet')).stderr).toBe(
      `archive/${PATH}: it holds the marks of a merge that was not finished; see verify\n`,
    )
    expect(readFileSync(file, 'utf8')).toBe(merging)
  })

  test('that is left to whoever edits it is named once a run that reads the young again', async () => {
    const broken = `${whole.toString('utf8').replace('tags: [', 'tags: [ [')}\n${'我的注。'.repeat(60)}\n`
    for (const number of ['1', '2'])
      writeFileSync(file.replaceAll('1号', `${number}号`).replace('9000001', `900000${number}`), broken)
    site.pages.set('/feed.xml', rsshubFeed([story(2), story(1)]))
    const { stderr } = await fetchFeed('--recheck', '10000d', '--quiet')
    expect(stderr.match(/轮渡第\d号\.md: .*; see verify\n/g)).toHaveLength(2)
  })

  test('a story of two files is asked for once by a run that reads the young again', async () => {
    writeFileSync(file.replace('轮渡', '渡轮'), whole)
    site.pages.set('/feed.xml', rsshubFeed([story(2)]))
    const asked = site.server.requests.length
    await fetchFeed('--recheck', '10000d', '--quiet')
    expect(site.server.requests.slice(asked).filter((request) => request.includes('-9000001'))).toHaveLength(1)
  })

  test('is written anew by a fetch whose item changed', async () => {
    writeFileSync(file, '')
    site.pages.set('/feed.xml', rsshubFeed([{ ...story(1), title: '轮渡加班' }, story(2)]))
    const { code, stderr } = await fetchFeed()
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `archive/${PATH}: was damaged (it is empty); written anew, what it held is kept in .zaobao/revisions/\nfetch: 0 written, 1 revised\n`,
    })
    expect(readFileSync(file)).toEqual(whole)
  })

  test('is written anew by a fetch that reads it, where the notes are gone', async () => {
    writeFileSync(file, whole.subarray(0, 60))
    rmSync(join(archive, '.zaobao'), { recursive: true })
    expect(await fetchFeed()).toMatchObject({ code: 0, stdout: `archive/${PATH}\n` })
    expect(readFileSync(file)).toEqual(whole)
  })

  test('whose page cannot be had is left, named once and tried again', async () => {
    writeFileSync(file, whole.subarray(0, 60))
    site.broken.set(new URL(story(1).url).pathname, 500)
    const first = await run('backfill', story(1).url)
    expect(first.code).toBe(1)
    expect(first.stderr.split('\n')[0]).toMatch(/story20211110-9000001: .*; its file archive\/\S+ is damaged \(line 1/)
    expect(readFileSync(file)).toEqual(whole.subarray(0, 60))
    site.broken.clear()
    expect(await fetchFeed()).toMatchObject({ code: 0, stdout: `archive/${PATH}\n` })
    expect(readFileSync(file)).toEqual(whole)
  })

  test('keeps the keys that others added where they can still be read', async () => {
    const keyed = whole.toString('utf8').replace('\n---\n', '\nnote: mine\n---\n')
    writeFileSync(file, keyed.slice(0, -13))
    expect(await run('backfill', story(1).url)).toMatchObject({ code: 0 })
    expect(readFileSync(file, 'utf8')).toBe(keyed)
  })

  test('of which a part is left is not replaced by the teaser of a page that closed', async () => {
    const cut = whole.subarray(0, whole.length - 30)
    writeFileSync(file, cut)
    const closed = { ...story(1), bodyHtml: '<p>轮渡昨天复航。</p><div id="paywall">订户专享</div>' }
    site.pages.set(new URL(closed.url).pathname, drupal8Page(closed))
    const { code, stderr } = await run('backfill', closed.url)
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /: the page shows its beginning alone now; its file archive\/\S+ is damaged \(its end is missing\);/,
    )
    expect(readFileSync(file)).toEqual(cut)
    writeFileSync(file, '')
    rmSync(join(archive, '.zaobao'), { recursive: true })
    expect(await run('backfill', closed.url)).toMatchObject({ code: 0 })
    expect(readFileSync(file, 'utf8')).toContain('access: subscriber\n')
  })
})

describe('what someone wrote into a file', () => {
  const edits: [string, (text: string) => string][] = [
    ['a note at the end, saved without a newline', (text) => `${text}我的笔记：存疑`],
    ['a word changed, saved without a newline', (text) => text.replace('票价不变', '票价照旧').trimEnd()],
    ['a word changed', (text) => text.replace('票价不变', '票价照旧')],
  ]
  test.each(edits)('%s: stays when the page says what it said', async (_, edit) => {
    const edited = edit(whole.toString('utf8'))
    writeFileSync(file, edited)
    expect(await run('backfill', story(1).url, '--recheck', '9999d')).toMatchObject({ code: 0, stdout: '' })
    expect(readFileSync(file, 'utf8')).toBe(edited)
    expect(await run('backfill', story(1).url, '--recheck', '9999d')).toMatchObject({ code: 0, stdout: '' })
    expect(readFileSync(file, 'utf8')).toBe(edited)
  })

  test('comes after a text that the page changed, and is kept', async () => {
    const edited = `${whole.toString('utf8')}我的笔记：存疑`
    writeFileSync(file, edited)
    const changed = { ...story(1), bodyHtml: '<p>轮渡昨天停航。</p><p>明天恢复。</p>' }
    site.pages.set(new URL(changed.url).pathname, drupal8Page(changed))
    expect(await run('backfill', changed.url, '--recheck', '9999d')).toMatchObject({ code: 0 })
    expect(readFileSync(file, 'utf8')).toContain('轮渡昨天停航。')
    expect(former().map(String)).toContain(edited)
  })
})

describe('a file that is not damaged', () => {
  test.each<[string, (text: string) => string]>([
    ['edited by hand', (text) => text.replace('票价不变', '票价照旧')],
    ['with CR LF', (text) => text.replaceAll('\n', '\r\n')],
    ['without its last newline', (text) => text.trimEnd()],
    ['with a byte order mark', (text) => `\ufeff${text}`],
  ])('%s is not asked for', async (_, edit) => {
    const edited = edit(whole.toString('utf8'))
    writeFileSync(file, edited)
    const asked = site.server.requests.length
    expect(await run('backfill', story(1).url)).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(site.server.requests.slice(asked)).toEqual([])
    expect(readFileSync(file, 'utf8')).toBe(edited)
  })

  test('of another format, its text whole: a fetch leaves it, who names it has it written anew', async () => {
    const theirs = whole
      .toString('utf8')
      .replace(/<!--[^]*?------\n/, '')
      .concat(`${'他们自己加的一段话，说的是渡口的旧事。'.repeat(20)}\n`)
    writeFileSync(file, theirs)
    rmSync(join(archive, '.zaobao'), { recursive: true })
    const asked = site.server.requests.length
    const { code, stdout, stderr } = await fetchFeed()
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toMatch(new RegExp(`^archive/${PATH}: line \\d+: [^\n]+; see verify\n$`))
    expect(site.server.requests.slice(asked)).toEqual(['GET /feed.xml'])
    expect(readFileSync(file, 'utf8')).toBe(theirs)
    expect(await run('backfill', story(1).url)).toMatchObject({ code: 0, stdout: `archive/${PATH}\n` })
    expect(readFileSync(file)).toEqual(whole)
    expect(former()).toEqual([Buffer.from(theirs)])
  })

  test('every file with CR LF, as git leaves them on Windows: a fetch asks for none, a change is written with LF', async () => {
    for (const [path, text] of storiesIn(archive)) writeFileSync(join(archive, path), text.replaceAll('\n', '\r\n'))
    rmSync(join(archive, '.zaobao'), { recursive: true })
    const asked = site.server.requests.length
    expect(await fetchFeed()).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(site.server.requests.slice(asked)).toEqual(['GET /feed.xml'])
    expect((await look('export')).stdout.trimEnd().split('\n')).toHaveLength(2)
  })
})

test('a file that a sync brings while its page is asked for is not written over; the next run compares it', async () => {
  const third = story(3)
  const path = `${DAY}/${DAY}-9000003-轮渡第3号.md`
  site.pages.set(new URL(third.url).pathname, drupal8Page(third))
  const theirs = whole.toString('utf8').replaceAll('第1号', '第3号').replaceAll('9000001', '9000003')
  const answer = site.pages.get.bind(site.pages)
  site.pages.get = (asked) => {
    if (asked.endsWith('9000003')) writeFileSync(join(archive, path), theirs)
    return answer(asked)
  }
  const { code, stdout, stderr } = await run('backfill', third.url)
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toContain(`${third.url}: another program brought its file meanwhile; queued for the next run\n`)
  expect(await fetchFeed()).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(readFileSync(join(archive, path), 'utf8')).toBe(theirs)
})
