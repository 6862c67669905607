import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { exportStories } from '../../src/commands/export.ts'
import { importFolder, type ImportSummary } from '../../src/commands/import.ts'
import { verify } from '../../src/commands/verify.ts'
import { digestOf, type JournalEntry } from '../../src/core/archive/journal.ts'
import type { StoryRecord } from '../../src/core/model.ts'
import { distinctTexts, lastingTexts, mergeTexts } from '../../src/core/archive/import.ts'
import { UsageError } from '../../src/errors.ts'
import { freshFolder, treeOf } from './support/folder.ts'
import { objects, watchedIo } from './support/io.ts'

interface Post {
  id?: number
  title?: string
  date?: string
  stamp?: string
  body?: string
  url?: string
  keys?: string
}

/** A post as the seed's producer wrote it: the stamp is Singapore's clock, the date is clipped to the crawl. */
function post(of: Post = {}): string {
  const { id = 1, title = '大桥合龙', date = '2020-07-22T02:00:00.000Z', stamp = '2020-07-22T09:00:00Z' } = of
  const url = of.url ?? `https://www.zaobao.com/realtime/china/story20200722-${id}`
  const body =
    of.body ?? `<p>第一段讲大桥${id}。</p><section id="imu"><div id="dfp-ad-imu1"></div></section><p>第二段讲通车。</p>`
  return (
    `---\nlayout: post\ntitle: "${title}"\ndate: ${date}\nauthor: 联合早报\nfrom: ${url}\ntags: [ 联合早报 ]\n` +
    `categories: [ news, 联合早报 ]\n${of.keys ?? ''}---\n<!--${Date.parse(stamp)}-->\n[${title}](${url})\n------\n\n<div>\n${body}\n</div>\n`
  )
}

function cleaned(of: Post = {}, markdown?: string): string {
  const { date = '2020-07-22T01:00:00.000Z', id = 1 } = of
  const head = post({ ...of, date, stamp: date }).split('<div>')[0] ?? ''
  return `${head}${markdown ?? `第一段讲大桥${id}。\n\n第二段讲通车。`}\n`
}

let source = ''
let root = ''
beforeEach(async () => {
  source = await freshFolder()
  root = join(await freshFolder(), 'archive')
})

async function put(files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(source, name)), { recursive: true })
    await writeFile(join(source, name), text)
  }
}

interface Done {
  code: number
  summary: ImportSummary
  words: string
  tree: Record<string, string>
}

async function take(over: { dryRun?: boolean; keepRevisions?: number; quiet?: boolean } = {}): Promise<Done> {
  const io = watchedIo()
  const options = {
    archive: root,
    dryRun: false,
    json: true,
    quiet: false,
    wait: 0,
    exclude: [],
    keepRevisions: 50,
    ...over,
  }
  const code = await importFolder(source, options, io)
  const tree = await treeOf(root).catch(() => ({}))
  return { code, summary: JSON.parse(io.out) as ImportSummary, words: io.words, tree }
}

const path = '2020-07-22/2020-07-22-1-大桥合龙.md'

test.each([
  ['line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
  ['a byte order mark', (text: string) => `\ufeff${text}`],
  ['two of them', (text: string) => `\ufeff\ufeff${text}`],
])('a file with %s is taken in as one without', async (_, saved) => {
  await put({ '1.md': saved(post()) })
  const { code, tree } = await take()
  expect({
    code,
    texts: Object.entries(tree).flatMap(([file, text]) => (file.startsWith('2020') ? [text] : [])),
  }).toEqual({
    code: 0,
    texts: [cleaned()],
  })
})

test.each<[string, Record<string, string>, string]>([
  ['a story that has another headline now keeps its name', { '': '渡桥合龙' }, '渡桥合龙'],
  ['so it does beside a copy of its file', { '': '渡桥合龙', ' (1)': '渡桥合龙' }, '渡桥合龙'],
  ['a name that no file system refuses takes the place of another', { '': '渡桥|合龙' }, '渡桥｜合龙'],
])('%s', async (_, names, headline) => {
  const files = Object.entries(names).map(([mark, name]) => [`2020-07-22/2020-07-22-1-${name}${mark}.md`, post()])
  await put(Object.fromEntries(files) as Record<string, string>)
  const { tree } = await take()
  expect(Object.keys(tree).filter((file) => file.startsWith('2020'))).toEqual([
    `2020-07-22/2020-07-22-1-${headline}.md`,
  ])
})

describe('import', () => {
  test('cleans the body, repairs the time, keeps every key, and leaves the source alone', async () => {
    await put({ '2020-07-22-大桥合龙.md': post({ keys: 'mood: "好"\n' }) })
    const before = await treeOf(source)
    const { code, summary, tree } = await take()
    expect(code).toBe(0)
    expect(tree).toEqual({ [path]: cleaned({ keys: 'mood: "好"\n' }) })
    expect(summary).toMatchObject({ files: 1, stories: 1, written: 1, timesRepaired: 1, revisions: 0, foreign: [] })
    expect(await treeOf(source)).toEqual(before)
    const io = watchedIo()
    expect(
      await verify({ archive: root, fix: false, json: false, quiet: true, wait: 0, exclude: [] }, io),
      io.words,
    ).toBe(0)
  })

  test('the journal names what it wrote; what a dead run did not note the next one does, and a third nothing', async () => {
    await put({
      'a.md': post(),
      'b.md': post({ date: '2020-07-22T03:00:00.000Z', body: '<p>第二稿。</p>' }),
      'c.md': post({ id: 2 }),
    })
    await take()
    const journal = join(root, '.zaobao/journal/2020-07-22.ndjson')
    const noted = async () => {
      const entries = (await readFile(journal, 'utf8'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as JournalEntry)
        .toSorted((one, other) => Number(one.id) - Number(other.id))
      return Promise.all(
        entries.map(async (entry) => [
          ...[entry.id, entry.url, entry.revision, entry.origin],
          entry.digest === digestOf(await readFile(join(root, entry.path), 'utf8')),
        ]),
      )
    }
    const both = [
      ['1', 'https://www.zaobao.com/realtime/china/story20200722-1', 2, 'import', true],
      ['2', 'https://www.zaobao.com/realtime/china/story20200722-2', 1, 'import', true],
    ]
    expect(await noted()).toEqual(both)
    const [first = ''] = (await readFile(journal, 'utf8')).split('\n')
    await writeFile(journal, `${first}\n`)
    expect((await take()).summary).toMatchObject({ written: 0, revised: 0, unchanged: 2 })
    expect(await noted()).toEqual(both)
    const { mtimeMs } = await stat(journal)
    await take()
    expect((await stat(journal)).mtimeMs).toBe(mtimeMs)
    const io = watchedIo()
    await exportStories([], { archive: root, since: null, until: null, revisions: false }, io)
    expect(objects<StoryRecord>(io.out).map(({ id, fetched, revision }) => [id, fetched, revision])).toEqual([
      ['1', null, 2],
      ['2', null, 1],
    ])
  })

  test('a dry run notes nothing', async () => {
    await put({ 'a.md': post() })
    await take({ dryRun: true })
    await expect(stat(root)).rejects.toThrow('ENOENT')
  })

  test('run twice changes nothing', async () => {
    await put({
      'a.md': post(),
      'b.md': post({ date: '2020-07-22T03:00:00.000Z', title: '大桥合龙了' }),
      'c.md': post({ id: 2 }),
    })
    const { tree } = await take()
    const files = Object.keys(tree)
    const times = await Promise.all(files.map(async (file) => (await stat(join(root, file))).mtimeMs))
    const again = await take()
    expect(again.summary).toMatchObject({ stories: 2, written: 0, revised: 0, unchanged: 2, timesRepaired: 0 })
    expect(again.tree).toEqual(tree)
    expect(await Promise.all(files.map(async (file) => (await stat(join(root, file))).mtimeMs))).toEqual(times)
  })

  test('makes one file of several: the latest date is the text that stands, at equal dates the longer body', async () => {
    await put({
      'b.md': post({ title: '后来', date: '2020-07-22T05:00:00.000Z', body: '<p>后来的字。</p>' }),
      'a.md': post({ title: '起初', date: '2020-07-22T02:00:00.000Z', body: '<p>起初的长得多的文字在这里。</p>' }),
      'c.md': post({
        title: '再后',
        date: '2020-07-22T05:00:00.000Z',
        stamp: '2020-07-22T10:30:00Z',
        body: '<p>再后来的文字。</p>',
      }),
    })
    const { summary, tree } = await take()
    expect(summary).toMatchObject({ files: 3, stories: 1, written: 1, revisions: 2, duplicates: 0 })
    expect(tree).toEqual({
      '2020-07-22/2020-07-22-1-起初.md': cleaned({ title: '再后', date: '2020-07-22T02:30:00.000Z' }, '再后来的文字。'),
      '.zaobao/revisions/2020-07-22/1/1.md': cleaned({ title: '起初' }, '起初的长得多的文字在这里。'),
      '.zaobao/revisions/2020-07-22/1/2.md': cleaned({ title: '后来' }, '后来的字。'),
    })
  })

  test('takes the same text under another day as one', async () => {
    await put({ '2020-07-22-a.md': post(), '2020-07-23-a.md': post({ date: '2020-07-22T04:00:00.000Z' }) })
    const { summary, tree } = await take()
    expect(summary).toMatchObject({ files: 2, stories: 1, duplicates: 1, revisions: 0, timesRepaired: 2 })
    expect(tree).toEqual({ [path]: cleaned() })
  })

  test('leaves files whose body is Markdown as they are', async () => {
    const text = cleaned({ date: '2020-07-22T09:00:00.000Z' })
    await put({ 'a.md': text, 'b.md': post({ id: 2 }) })
    const { tree, summary } = await take()
    expect(tree[path]).toBe(text)
    expect(summary.timesRepaired).toBe(1)
  })

  test('names what is foreign and changes nothing for it', async () => {
    await put({
      'a.md': post(),
      'README.md': '# mine\n',
      'x/y.png': 'png',
      '.git/config': '',
      'b.md': post().replace('date:', 'when:'),
    })
    await symlink('/etc/passwd', join(source, 'link.md'))
    await writeFile(join(source, 'gbk.md'), Buffer.from([0xd6, 0xd0]))
    await put({ 'empty.md': post({ id: 9, body: '<section id="imu"><div id="dfp-ad-imu1"></div></section>' }) })
    const { code, summary, words, tree } = await take()
    // b.md and empty.md are stories.
    expect(code).toBe(1)
    expect(summary.foreign.map((foreign) => foreign.path).toSorted()).toEqual(
      ['README.md', 'b.md', 'empty.md', 'gbk.md', 'link.md', 'x/y.png'].toSorted(),
    )
    expect(summary).toMatchObject({ files: 1, stories: 1 })
    expect(summary.lost.map((lost) => lost.path)).toEqual(['b.md', 'empty.md'])
    expect(Object.keys(tree)).toEqual([path])
    expect(words.trimEnd().split('\n')).toHaveLength(8)
    expect(words).toContain(', 4 foreign files left alone, 2 files of stories not taken in\n')
  })

  test('with --quiet names what of stories it could not take, exit 1, and nothing foreign', async () => {
    await put({
      ...{ 'a.md': post(), 'README.md': '# mine\n', '2020-07-22-my-note.md': '---\ntitle: 我的\n---\n札记\n' },
      'letter.md': '---\nfrom: 表姐\n---\n信\n',
    })
    expect(await take({ quiet: true })).toMatchObject({ code: 0, words: '' })
    await put({
      'cut.md': post({ id: 2 }).split('第二段')[0]!,
      'x/2020-07-22-3-空.md': '',
      'x/2020-07-22-4-零.md': '\0'.repeat(99),
      'x/2020-07-22/2020-07-22-5-头.md': '---\nlayout: post\n',
      [path]: cleaned(),
      '.zaobao/revisions/2020-07-22/1/1.md': '---\n',
    })
    await symlink('/etc/passwd', join(source, 'x/2020-07-22-7-链.md'))
    await writeFile(join(source, 'x/.2020-07-22-8-云.md.icloud'), '')
    const { code, words } = await take({ quiet: true })
    const named = words.split('\n').map((line) => basename(line.split(': ')[0]!))
    expect(named.filter(Boolean).toSorted()).toEqual(
      [
        '.2020-07-22-8-云.md.icloud',
        '1.md',
        '2020-07-22-3-空.md',
        '2020-07-22-4-零.md',
        '2020-07-22-5-头.md',
        '2020-07-22-7-链.md',
        'cut.md',
      ].toSorted(),
    )
    expect(code).toBe(1)
  })

  test('a story in another encoding, or under a name in one, is named as a story, with what to do', async () => {
    const utf16 = Buffer.from(`\ufeff${post()}`, 'utf16le')
    const gbk = Buffer.from(post({ title: 'A' }).replaceAll(/[^\0-\x7f]/g, '\u00d6\u00d0'), 'latin1')
    for (const [name, bytes] of [
      ['utf16.md', utf16],
      ['gbk.md', gbk],
      [Buffer.from([0xd6, 0xd0, 0x2e, 0x6d, 0x64]), post()],
    ] as const)
      await writeFile(Buffer.concat([Buffer.from(`${source}/`), Buffer.from(name)]), bytes)
    await mkdir(Buffer.concat([Buffer.from(`${source}/`), Buffer.from([0xd6, 0xd0])]))
    const { code, summary } = await take()
    const [inUtf8, named] = ['is not UTF-8; save it in that encoding', 'its name is not UTF-8; rename it']
    expect({ code, lost: summary.lost }).toEqual({
      code: 1,
      lost: [
        { path: 'gbk.md', reason: inUtf8 },
        { path: 'utf16.md', reason: inUtf8 },
        { path: '\ufffd\ufffd', reason: named },
        { path: '\ufffd\ufffd.md', reason: named },
      ],
    })
  })

  test('only says what it would do with --dry-run', async () => {
    await put({ 'a.md': post() })
    const { summary, tree } = await take({ dryRun: true })
    expect(summary).toMatchObject({ dryRun: true, written: 1, timesRepaired: 1 })
    expect(tree).toEqual({})
    await expect(readdir(root)).rejects.toThrow('ENOENT')
  })

  test.each([true, false])('tells whose times it moves, and on what evidence; dry run: %s', async (dryRun) => {
    const foreign = (n: number, day: string, over: Post = {}) =>
      post({ url: `https://news.example/${n}`, date: `${day}T03:00:00.000Z`, stamp: `${day}T03:00:00Z`, ...over })
    await put({
      'a.md': post(),
      'b.md': foreign(1, '2020-07-20'),
      'c.md': foreign(2, '2020-07-22', { date: '2020-07-22T13:59:17.000Z', stamp: '2020-07-22T21:47:53Z' }),
      'd.md': foreign(3, '2020-09-30'),
    })
    const { summary, words, tree } = await take({ dryRun })
    expect(summary.times).toEqual([
      { site: 'news.example', evidence: 'date', files: 1 },
      { site: 'zaobao', evidence: 'date', files: 1 },
    ])
    expect(words).toContain('news.example: 1 time moved back by 8 hours, since the comment lies ahead of the date\n')
    const dates: string[] = Object.values(tree).map((text) => /^date: (.{16})/m.exec(text)?.[1] ?? '')
    const expected = ['2020-07-20T03:00', '2020-07-22T01:00', '2020-07-22T13:47', '2020-09-30T03:00']
    expect(dates.toSorted()).toEqual(dryRun ? [] : expected)
  })

  test('takes other sites: identified by their address, in the day of publication', async () => {
    await put({
      'a.md': post({
        url: 'https://news.example/a?utm_source=rss',
        date: '2020-07-22T20:00:00.000Z',
        stamp: '2020-07-22T20:00:00Z',
      }),
    })
    const { tree, summary } = await take()
    expect(Object.keys(tree)[0]).toMatch(/^2020-07-23\/2020-07-23-[0-9a-f]{10}-大桥合龙\.md$/)
    expect(summary.timesRepaired).toBe(0)
    expect((await take()).summary).toMatchObject({ unchanged: 1 })
  })

  test('goes on where a run that died left off', async () => {
    await put({
      'a.md': post({ title: '一' }),
      'b.md': post({ title: '二', date: '2020-07-22T03:00:00.000Z' }),
      'c.md': post({ title: '三', date: '2020-07-22T04:00:00.000Z' }),
    })
    const whole = (await take()).tree
    const place = Object.keys(whole).find((file) => !file.startsWith('.')) ?? ''
    const first = whole['.zaobao/revisions/2020-07-22/1/1.md'] ?? ''
    await rm(join(root, '.zaobao'), { recursive: true })
    await writeFile(join(root, place), first)
    expect((await take()).tree).toEqual(whole)
  })

  test('keeps a text that the archive got by itself, and puts the older ones behind it', async () => {
    await put({ 'a.md': post() })
    await mkdir(join(root, '2020-07-22'), { recursive: true })
    await writeFile(join(root, path), cleaned({ title: '后来改过' }))
    const { summary, tree } = await take()
    expect(summary).toMatchObject({ revised: 0, unchanged: 1, revisions: 1, timesRepaired: 1 })
    expect(tree).toEqual({ [path]: cleaned({ title: '后来改过' }), '.zaobao/revisions/2020-07-22/1/1.md': cleaned() })
    expect((await take()).summary).toMatchObject({ unchanged: 1 })
  })

  test('keeps for good what someone may have written into a file of another archive, and says where', async () => {
    const noted = cleaned({}, '第一段讲大桥1。\n\n第二段讲通车。\n\n> 我的笔记。')
    await put({ 'mine.md': noted })
    await mkdir(join(root, '2020-07-22'), { recursive: true })
    await writeFile(join(root, path), cleaned())
    const { summary, tree, words } = await take()
    const kept = '.zaobao/revisions/2020-07-22/1/1-kept.md'
    expect(tree).toEqual({ [path]: cleaned(), [kept]: noted })
    expect(summary.kept).toEqual([{ path: 'mine.md', kept }])
    expect(words).toContain('/mine.md: its story has another text, which stands; this one is kept in ')
    expect(words).toContain(`/${kept}\n`)
    const again = await take()
    expect(again.summary).toMatchObject({ unchanged: 1, kept: [] })
    expect(again.tree).toEqual(tree)
  })

  test('of two files of one story, the text that a later one follows is kept for good and named', async () => {
    const noted = cleaned({}, '第一段讲大桥1。\n\n> 我的笔记。')
    const later = cleaned({ date: '2020-07-22T01:30:00.000Z' })
    await put({ 'laptop/a.md': noted, 'server/a.md': later })
    const { summary, tree } = await take()
    const kept = '.zaobao/revisions/2020-07-22/1/1-kept.md'
    expect(tree).toEqual({ [path]: later, [kept]: noted })
    expect(summary).toMatchObject({ written: 1, revisions: 1, kept: [{ path: 'laptop/a.md', kept }] })
    expect((await take()).tree).toEqual(tree)
  })

  test('leaves a file whose end is missing, and says so', async () => {
    const whole = post({ id: 2 })
    await put({ 'a.md': post({ id: 1 }), 'cut.md': whole.slice(0, whole.indexOf('第二段')) })
    const { summary, words } = await take()
    expect(summary).toMatchObject({ files: 1, written: 1 })
    expect(summary.foreign).toEqual([
      { path: 'cut.md', reason: 'its end is missing: the <div> of its body is not closed' },
    ])
    expect(words).toContain(', 0 foreign files left alone, 1 file of a story not taken in\n')
  })

  test.each<[string, string, string]>([
    ['cut behind the headline', post().replace(/<div>[^]*/, ''), 'it has no text and no picture'],
    ['cut in the line below the headline', post().replace(/---\n\n<div>[^]*/, ''), 'it has no text and no picture'],
    ['cut in its <div>', post().replace(/v>\n[^]*/, ''), 'it has no text and no picture'],
    ['with NUL bytes', post().replace('第二段', '\0\0\0'), 'it holds NUL bytes'],
    ['that is empty', '', 'it is empty'],
    [
      'in which another story follows',
      `${post()}${post({ id: 2 })}`,
      'another story begins in it; give that a file of its own',
    ],
    ...[
      ['without a newline before it', `${post().trimEnd()}\n第三段。${post({ id: 2 })}`],
      ['behind a byte order mark', `${post()}\ufeff${post({ id: 2 })}`],
      ['with its keys in another order', `${post()}${post({ id: 2 }).replace(/^(title: .*\n)(date: .*\n)/m, '$2$1')}`],
      ['without a layout', `${post()}${post({ id: 2 }).replace('layout: post\n', '')}`],
      ['with a key more', `${post()}${post({ id: 2 }).replace('from: ', 'mood: x\nfrom: ')}`],
      ['with a folded address', `${post()}${post({ id: 2 }).replace('from: ', 'from: >-\n  ')}`],
    ].map(([how = '', text = '']): [string, string, string] => [
      `in which another story follows ${how}`,
      text,
      'another story begins in it; give that a file of its own',
    ]),
    [
      'with the marks of a merge',
      post().replace('第二段', '\n<<<<<<< HEAD\n第二段甲\n=======\n第二段乙\n>>>>>>> other\n'),
      'it holds the marks of a merge that was not finished',
    ],
  ])('leaves a later file %s, and the story its text', async (_, text, reason) => {
    const later = text.replace('T02:00', 'T05:00')
    await put({ 'a.md': post(), 'b.md': later })
    const { summary, tree } = await take()
    expect(tree).toEqual({ [path]: cleaned() })
    expect(summary).toMatchObject({ files: 1, written: 1, foreign: [{ path: 'b.md', reason }] })
  })

  test('goes on from an import of fewer files', async () => {
    await put({ 'a.md': post({ title: '一' }) })
    await take()
    await put({ 'b.md': post({ title: '二', date: '2020-07-22T03:00:00.000Z' }) })
    const { summary, tree } = await take()
    expect(summary).toMatchObject({ revised: 1 })
    expect(tree['2020-07-22/2020-07-22-1-一.md']).toBe(cleaned({ title: '二' }))
  })

  test('an older text that comes later is a former one; where no more are to be kept, none comes', async () => {
    const [first, second, third] = ['一', '二', '三'].map((title, at) =>
      post({ title, date: `2020-07-22T0${at + 2}:00:00.000Z` }),
    )
    await put({ 'c.md': third! })
    await take({ keepRevisions: 1 })
    await put({ 'b.md': second! })
    const { summary, tree } = await take({ keepRevisions: 1 })
    expect(summary).toMatchObject({ unchanged: 1, revisions: 1 })
    const own = '2020-07-22/2020-07-22-1-三.md'
    const whole = { [own]: cleaned({ title: '三' }), '.zaobao/revisions/2020-07-22/1/1.md': cleaned({ title: '二' }) }
    expect(tree).toEqual(whole)
    await put({ 'a.md': first! })
    expect((await take({ keepRevisions: 1 })).tree).toEqual(whole)
    expect(Object.values((await take()).tree)).toContain(cleaned({ title: '一' }))
    expect((await take()).summary).toMatchObject({ unchanged: 1 })
  })

  test.each([['2020-07-23'], ['2021-01-05']])(
    'a story whose address had another day stands under its last, %s; verify --fix and import agree',
    async (day) => {
      const url = `https://www.zaobao.com/realtime/china/story${day.replaceAll('-', '')}-1`
      await put({
        'a.md': post(),
        'b.md': cleaned()
          .replaceAll(/https:[^\s)]*/g, url)
          .replaceAll('2020-07-22T01', `${day}T02`),
      })
      const stamped = (await readFile(join(source, 'b.md'), 'utf8')).replace(
        /<!--\d+/,
        `<!--${Date.parse(`${day}T02:00:00Z`)}`,
      )
      await put({ 'b.md': stamped })
      const { tree } = await take()
      const own = `${day}/${day}-1-大桥合龙.md`
      expect(tree).toEqual({ [own]: stamped, [`.zaobao/revisions/${day}/1/1.md`]: cleaned() })
      const options = { archive: root, json: false, quiet: true, wait: 0, exclude: [] }
      expect(await verify({ ...options, fix: true }, watchedIo())).toBe(0)
      expect((await take()).summary).toMatchObject({ written: 0, unchanged: 1 })
      expect((await take()).tree).toEqual(tree)
    },
  )

  test('two files of one story, by another spelling of its address, are one; a dry run says what the import does', async () => {
    const url = 'https://news.example/%E4%B8%AD'
    const former = createHash('sha256').update('https://news.example/%e4%b8%ad').digest('hex').slice(0, 10)
    const steps: Record<string, string>[] = [
      { 'a.md': post(), [`2020-07-22-${former}-中.md`]: post({ url, title: '中' }) },
      { 'b.md': post({ url, title: '中', date: '2020-07-22T03:00:00.000Z', body: '<p>第二稿。</p>' }) },
      { 'c.md': cleaned({ date: '2020-07-22T00:30:00.000Z' }, '手写的一句。') },
    ]
    for (const files of [...steps, {}]) {
      await put(files)
      const { times: _, kept: __, ...said } = (await take({ dryRun: true })).summary
      const { summary, tree } = await take()
      expect({ ...summary, dryRun: true }).toMatchObject(said)
      expect(Object.keys(tree).filter((file) => !file.startsWith('.'))).toHaveLength(2)
    }
    await rm(root, { recursive: true })
    const { dryRun: _, ...all } = (await take({ dryRun: true })).summary
    expect(all).toMatchObject({ stories: 2, written: 2, revised: 0 })
    expect((await take()).summary).toMatchObject({ ...all, kept: [{ path: 'c.md' }] })
  })

  test.each<[string, string]>([
    ['an HTML body', post({ title: '中国"鲲龙"首飞' })],
    ['a Markdown body', cleaned({ title: '中国"鲲龙"首飞' })],
  ])('writes a title escaped whose quotes were not, with %s', async (_, text) => {
    await put({ 'a.md': text })
    const { tree } = await take()
    expect(Object.values(tree)[0]).toContain('title: "中国\\"鲲龙\\"首飞"\n')
    expect(Object.values(tree)[0]).toContain('\n[中国"鲲龙"首飞](')
    expect((await take()).summary).toMatchObject({ unchanged: 1 })
  })

  test.each<[string, string]>([
    ['an HTML body', post()],
    ['a Markdown body', cleaned()],
  ])('takes the date where the comment names no time, with %s', async (_, text) => {
    // Its neighbour's clock was wrong: of a date that is no clipped stamp that says nothing.
    await put({ 'a.md': text.replace(/<!--\d+-->/, '<!--NaN-->'), 'b.md': post({ id: 2 }) })
    const { tree, summary } = await take()
    const ms = Date.parse(/^date: (.*)$/m.exec(text)?.[1] ?? '')
    expect(tree[path]).toContain(`\ndate: ${new Date(ms).toISOString()}\n`)
    expect(tree[path]).toContain(`\n<!--${ms}-->\n[`)
    expect(summary.timesRepaired).toBe(1)
  })

  test('a note below the HTML stays, also where the story has another text', async () => {
    const noted = `${post()}\n> 我的笔记。\n`
    await put({ 'mine.md': noted })
    const { tree, summary } = await take()
    expect(tree).toEqual({ [path]: `${cleaned()}\n> 我的笔记。\n` })
    expect(summary.foreign).toEqual([])
    await writeFile(join(root, path), cleaned({}, '另一段。'))
    expect((await take()).summary.kept).toMatchObject([{ path: 'mine.md' }])
  })

  describe('an archive of its own', () => {
    const file = '2020-07-22/2020-07-22-1-大桥合龙.md'
    const revisions = '.zaobao/revisions/2020-07-22/1'
    const [first, second, third] = ['第一稿。', '第二稿。', '第三稿。'].map((text, at) =>
      cleaned({ title: at === 0 ? '大桥合龙' : '大桥合龙了' }, text),
    )

    test('comes with its former texts, under the names it has; again it changes nothing', async () => {
      const files = { [file]: third!, [`${revisions}/1.md`]: first!, [`${revisions}/2-kept.md`]: second! }
      await put(files)
      const dry = (await take({ dryRun: true })).summary
      const { summary, tree, words } = await take()
      expect(tree).toEqual(files)
      expect(summary).toMatchObject({ files: 1, stories: 1, written: 1, revisions: 2, duplicates: 0, foreign: [] })
      expect(dry).toMatchObject({ written: 1, revisions: 2 })
      expect(words).toContain(`${revisions}/2-kept.md: its story has another text, which stands`)
      const again = await take()
      expect(again.summary).toMatchObject({ unchanged: 1, kept: [] })
      expect(again.tree).toEqual(tree)
    })

    test('in an archive with a text of its own they are former ones', async () => {
      await put({ [file]: second!, [`${revisions}/1.md`]: first! })
      await mkdir(join(root, '2020-07-22'), { recursive: true })
      await writeFile(join(root, file), third!)
      expect((await take()).tree).toEqual({
        [file]: third,
        [`${revisions}/1.md`]: first,
        [`${revisions}/2-kept.md`]: second,
      })
    })

    test('two copies of it are one: the older one’s text is a former one of the other', async () => {
      await put({ [`a/${file}`]: third!, [`a/${revisions}/1.md`]: first!, [`a/${revisions}/2.md`]: second! })
      await put({ [`b/${file}`]: second!, [`b/${revisions}/1.md`]: first! })
      const { summary, tree } = await take()
      expect(summary).toMatchObject({ files: 2, stories: 1, revisions: 2 })
      expect(tree).toMatchObject({ [file]: third, [`${revisions}/1.md`]: first })
      expect(new Set(Object.values(tree))).toEqual(new Set([first, second, third]))
    })

    test('a text that came back stands, and is not told as one that is kept beside another', async () => {
      await put({ [file]: second!, [`${revisions}/1-kept.md`]: second!, [`${revisions}/2-kept.md`]: third! })
      const { summary, tree, words } = await take()
      expect(tree[file]).toBe(second)
      expect(summary.kept).toEqual([{ path: `${revisions}/2-kept.md`, kept: `${revisions}/2-kept.md` }])
      expect(words).not.toContain(`${file}: its story has another text`)
    })

    test('what is no text of a story among them is named and left', async () => {
      await put({ [file]: third!, [`${revisions}/1.md`]: '---\n', [`${revisions}/2.md`]: second! })
      const { summary, tree } = await take()
      expect(summary).toMatchObject({ files: 1, foreign: [{ path: `${revisions}/1.md` }], revisions: 1 })
      expect(Object.keys(tree).toSorted()).toEqual([`${revisions}/1.md`, file])
    })

    test('of thousands of former texts no more are written and counted than stay: the first and the newest', async () => {
      const texts = Array.from({ length: 300 }, (_, at) => cleaned({ title: '大桥合龙' }, `第${at}稿。`))
      const former = texts.slice(0, -1).map((text, at) => [`${revisions}/${at + 1}.md`, text] as const)
      await put({ [file]: texts.at(-1)!, ...Object.fromEntries(former), [`${revisions}/7-kept.md`]: third! })
      const dry = (await take({ dryRun: true })).summary
      const { summary, tree } = await take()
      const stay = [texts[0], third, ...texts.slice(-50)]
      expect(new Set(Object.values(tree))).toEqual(new Set(stay))
      expect(summary).toMatchObject({ written: 1, revisions: stay.length - 1 })
      expect(dry).toMatchObject({ revisions: stay.length - 1 })
      // None was written to be dropped: their numbers have no gaps.
      const numbers = Object.keys(tree).flatMap(
        (each) => /(\d+)(?:-kept)?\.md$/.exec(each.replace(/^2.*/, ''))?.[1] ?? [],
      )
      expect(Math.max(...numbers.map(Number))).toBe(stay.length - 1)
      expect((await take()).summary).toMatchObject({ unchanged: 1 })
      expect((await take()).tree).toEqual(tree)
    })

    test('of thousands that follow the one in the archive too', async () => {
      const texts = Array.from({ length: 30 }, (_, at) => cleaned({ title: '大桥合龙' }, `第${at}稿。`))
      const former = texts.slice(0, -1).map((text, at) => [`${revisions}/${at + 1}.md`, text] as const)
      await put({ [file]: texts.at(-1)!, ...Object.fromEntries(former) })
      await mkdir(join(root, '2020-07-22'), { recursive: true })
      await writeFile(join(root, file), texts[3]!)
      const { summary, tree } = await take({ keepRevisions: 5 })
      expect(summary).toMatchObject({ revised: 1, revisions: 5 })
      expect(new Set(Object.values(tree))).toEqual(new Set([texts[0], ...texts.slice(-5)]))
      const numbers = Object.keys(tree).flatMap((each) => /\/1\/(\d+)\.md$/.exec(each)?.[1] ?? [])
      expect(Math.max(...numbers.map(Number))).toBeLessThan(12)
      expect((await take({ keepRevisions: 5 })).summary).toMatchObject({ unchanged: 1 })
    })

    const noted = (over: object = {}): string => {
      const entry = {
        ...{ id: '1', path: file, url: 'https://www.zaobao.com/realtime/china/story20200722-1', status: 'written' },
        ...{
          fetched: '2020-07-22T02:00:00.000Z',
          updated: '2020-07-22T01:40:00.000Z',
          published: '2020-07-22T01:00:00.000Z',
        },
        ...{
          bylines: ['林嘉'],
          keywords: ['大桥', '通车'],
          revision: 1,
          seen: { feed: 'x' },
          validators: { etag: '"a"', lastModified: null },
        },
        ...{
          origin: 'page',
          extraction: 'drupal8',
          section: 'news/bridges',
          lang: 'zh-Hans',
          digest: digestOf(third!),
        },
        ...over,
      }
      return `${JSON.stringify(entry)}\n`
    }
    const journal = '.zaobao/journal/2020-07-22.ndjson'
    const records = async (archive: string) => {
      const io = watchedIo()
      await exportStories([], { archive, since: null, until: null, revisions: false }, io)
      return objects<StoryRecord>(io.out)
    }

    test('comes with what its journal alone knows: bylines, keywords, the time of the last change', async () => {
      await put({ [file]: third!, [`${revisions}/1.md`]: first!, [journal]: noted() })
      await take({ dryRun: true })
      await take()
      const [own, theirs] = [(await records(root))[0]!, (await records(source))[0]!]
      expect(theirs).toMatchObject({ bylines: ['林嘉'], updated: '2020-07-22T01:40:00.000Z', section: 'news/bridges' })
      // No page was read for this archive.
      expect({ ...own, path: theirs.path }).toEqual({ ...theirs, fetched: null })
      const text = await readFile(join(root, journal), 'utf8')
      expect(JSON.parse(text)).toMatchObject({ origin: 'import', seen: {}, validators: null })
      await take()
      expect(await readFile(join(root, journal), 'utf8')).toBe(text)
    })

    test('an import that noted nothing of it is made good by the next', async () => {
      await put({ [file]: third! })
      await take()
      await put({ [journal]: noted() })
      await take()
      expect((await records(root))[0]).toMatchObject({ bylines: ['林嘉'], keywords: ['大桥', '通车'] })
    })

    test('of a text that the import makes the last one, what is noted of that comes, and nothing of one before', async () => {
      await put({ [file]: first!, [journal]: noted({ digest: digestOf(first!), keywords: ['大桥'], updated: null }) })
      await take()
      expect((await records(root))[0]).toMatchObject({ keywords: ['大桥'], updated: null })
      await put({ [file]: third!, [`${revisions}/1.md`]: first!, [journal]: noted({ revision: 2 }) })
      await take()
      const [record] = await records(root)
      expect(record).toMatchObject({ keywords: ['大桥', '通车'], updated: '2020-07-22T01:40:00.000Z', revision: 2 })
      const text = await readFile(join(root, journal), 'utf8')
      await put({ [file]: first!, [journal]: noted({ digest: digestOf(first!), keywords: ['大桥'], updated: null }) })
      await take()
      expect(await readFile(join(root, journal), 'utf8')).toBe(text)
    })

    test('it comes too where fewer former texts are kept than there were', async () => {
      const texts = ['第一稿。', '第二稿。', '第三稿。', '第四稿。'].map((text) => cleaned({ title: '大桥合龙' }, text))
      for (const [at, text] of texts.entries()) {
        const keywords = [`第${at + 1}稿`]
        await put({ [file]: text, [journal]: noted({ digest: digestOf(text), keywords, revision: at + 1 }) })
        if (at > 0) await put({ [`${revisions}/${at}.md`]: texts[at - 1]! })
        await take({ keepRevisions: 1 })
        expect((await records(root))[0]).toMatchObject({ keywords, revision: at + 1 })
      }
    })

    test.each<[string, object]>([
      ['that an import noted', { origin: 'import' }],
      ['of an earlier version', {}],
    ])('what tells nothing of the story (%s) is not noted again by each import', async (_, over) => {
      const nothing = { updated: null, bylines: [], keywords: [] }
      const absent = { published: undefined, extraction: undefined, section: undefined, lang: undefined }
      await put({ [file]: third!, [journal]: noted({ ...nothing, ...absent, ...over }) })
      await take()
      const text = await readFile(join(root, journal), 'utf8')
      await take()
      expect(await readFile(join(root, journal), 'utf8')).toBe(text)
    })

    test('where another text stands, what is noted is not of it', async () => {
      await put({ [file]: second!, [journal]: noted() })
      await mkdir(join(root, '2020-07-22'), { recursive: true })
      await writeFile(join(root, file), third!)
      await take()
      expect((await records(root))[0]).toMatchObject({ bylines: [], updated: null })
    })

    test.each([
      ['damaged', '{"id":\n', 'damaged line passed over'],
      ['a folder', null, 'it is no plain file'],
    ])('a journal that is %s is said, and the stories come without', async (_, text, why) => {
      await put({ [file]: third!, [text === null ? `${journal}/x` : journal]: text ?? '' })
      const { summary, words } = await take()
      expect(summary).toMatchObject({ written: 1, foreign: [] })
      expect(words.split(why), words).toHaveLength(2)
      expect(await treeOf(source)).toMatchObject({ [file]: third! })
    })

    test('the text of another story among them is named and left', async () => {
      const foreign = cleaned({ id: 2 }, '别的事。')
      await put({ [file]: second!, [`${revisions}/1.md`]: foreign, [`${revisions}/2.md`]: first! })
      // Under another section the story is the same.
      const moved = first!.replaceAll('/realtime/china/', '/news/china/').replace('第一稿', '旧稿')
      await put({ [`${revisions}/3.md`]: moved })
      const { summary, tree } = await take()
      const [{ reason } = { reason: '' }] = summary.foreign
      expect(summary).toMatchObject({ revisions: 2, foreign: [{ path: `${revisions}/1.md` }] })
      expect(reason).toBe('is a text of another story')
      expect(new Set(Object.values(tree))).toEqual(new Set([first, moved, second]))
    })

    test('where they cannot be listed, that is named', async () => {
      await put({ [file]: first!, [revisions]: 'a file' })
      expect((await take()).summary).toMatchObject({ written: 1, foreign: [{ path: revisions }] })
    })
  })

  test('refuses an archive of a newer layout', async () => {
    await put({ 'a.md': post(), '.zaobao/layout': '2\n' })
    await expect(take()).rejects.toThrow(/its layout is 2/)
    await expect(stat(root)).rejects.toThrow('ENOENT')
    await put({ '.zaobao/layout': '1\n' })
    expect((await take()).summary).toMatchObject({ written: 1 })
  })

  test('refuses what is no folder, and the archive itself', async () => {
    const io = watchedIo()
    const options = {
      archive: source,
      dryRun: false,
      json: true,
      quiet: false,
      wait: 0,
      exclude: [],
      keepRevisions: 50,
    }
    await expect(importFolder(source, options, io)).rejects.toThrow(UsageError)
    await put({ 'a.md': post() })
    for (const name of ['none', 'a.md'])
      await expect(importFolder(join(source, name), options, io)).rejects.toThrow(UsageError)
    expect(await readFile(join(source, '.zaobao'), 'utf8').catch(() => 'none')).toBe('none')
  })
})

describe('texts of one story', () => {
  test('are each once', () => {
    expect(distinctTexts(['a', 'a', 'b', 'a', 'a'])).toEqual(['a', 'b', 'a'])
  })

  test.each<[string[], boolean[], number, string[]]>([
    [['a', 'b', 'c'], [], 50, ['a', 'b', 'c']],
    [['a', 'b', 'c', 'd'], [], 2, ['a', 'c', 'd']],
    [['a', 'b', 'c', 'd'], [], 1, ['c', 'd']],
    [['a', 'b', 'OWN', 'c', 'd'], [], 1, ['OWN', 'c', 'd']],
    [['a', 'b', 'c', 'd'], [false], 2, ['c', 'd']],
    [['a', 'b', 'c', 'd'], [true], 2, ['a', 'c', 'd']],
    [['a', 'b', 'a', 'c'], [], 2, ['a', 'c']],
    [['a'], [false, false], 1, ['a']],
    [[], [false], 1, []],
  ])('%j behind %j, %i of them kept: %j are written', (texts, before, keep, written) => {
    const keeping = { keep, isForGood: (text: string) => text === 'OWN' }
    expect(
      lastingTexts(
        texts,
        before.map((isKept) => ({ isKept })),
        keeping,
      ),
    ).toEqual(written)
  })

  test.each<[string[], string, string[], string[], string[]]>([
    [['a', 'b', 'c'], 'c', ['a', 'b'], [], []],
    [['a', 'b', 'c'], 'a', [], ['b', 'c'], []],
    [['a', 'b', 'a'], 'a', [], ['b', 'a'], []],
    [['a', 'b', 'a'], 'a', ['a', 'b'], [], []],
    [['a', 'b', 'c'], 'c', [], [], ['a', 'b']],
    [['a', 'b', 'c'], 'b', [], ['c'], ['a']],
    [['a', 'b', 'a'], 'a', ['b'], [], []],
    [['a', 'b'], 'x', ['a'], [], ['b']],
    [['a', 'b'], 'x', ['a', 'b'], [], []],
    [['a'], 'a', ['x', 'y'], [], []],
  ])('%j beside %j with %j kept', (texts, current, kept, revisions, former) => {
    expect(mergeTexts(texts, current, kept)).toEqual({ revisions, former })
  })
})
