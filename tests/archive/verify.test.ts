import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { verify } from '../../src/commands/verify.ts'
import { createFirstSeen } from '../../src/core/archive/first-seen.ts'
import type { Problem } from '../../src/core/archive/verify.ts'
import { openArchive } from '../../src/edge/archive/archive.ts'
import type { Revision } from '../../src/edge/archive/revisions.ts'
import { ArchiveError } from '../../src/errors.ts'
import { verifyFormer } from '../../src/pipeline/check/check-former.ts'
import { identify } from '../../src/sites/publishers.ts'
import { storeAt } from '../support/store.ts'
import { madeStory } from './support/documents.ts'
import { freshFolder, treeOf } from './support/folder.ts'
import { objects, watchedIo } from './support/io.ts'
import { failingProgram } from './support/program.ts'

async function archiveOf(files: Record<string, string>): Promise<string> {
  const root = await freshFolder()
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return root
}

interface Looked {
  code: number
  problems: Problem[]
  words: string
}

async function look(root: string, fix = false): Promise<Looked> {
  const io = watchedIo()
  const code = await verify({ archive: root, fix, json: true, quiet: false, wait: 0, exclude: [] }, io)
  return { code, problems: objects<Problem>(io.out), words: io.words }
}

function kinds({ problems }: Looked): string[] {
  return problems.map(({ problem, path }) => `${problem} ${path}`)
}

const one = madeStory(1)
const two = madeStory(2)
const name = one.path.slice(11)

describe('verify finds', () => {
  test('nothing in a sound archive', async () => {
    const root = await archiveOf({
      [one.path]: one.text,
      [two.path]: two.text,
      'README.md': '# mine',
      '2021-11-11/map.png': '',
    })
    expect(await look(root)).toEqual({ code: 0, problems: [], words: 'verify: 2 stories, nothing wrong\n' })
  })

  test('no story, and says so whatever it is told to leave out', async () => {
    const root = await archiveOf({ 'README.md': '# mine', '.zaobao/journal/x': '' })
    expect(await look(root)).toEqual({ code: 1, problems: [], words: `verify: ${root} holds no stories\n` })
    const io = watchedIo()
    expect(await verify({ archive: root, fix: true, json: false, quiet: true, wait: 0, exclude: [] }, io)).toBe(1)
    expect(io.words).toBe(`verify: ${root} holds no stories\n`)
  })

  test.each<[string, Record<string, string>, string[]]>([
    ['no front matter', { [one.path]: 'text\n' }, [`format ${one.path}`]],
    ['broken front matter', { [one.path]: one.text.replace('tags: [ ', 'tags: [ [') }, [`format ${one.path}`]],
    ['front matter that runs code', { [one.path]: `---js\n{}\n---\n` }, [`format ${one.path}`]],
    ['CR LF', { [one.path]: one.text.replaceAll('\n', '\r\n') }, [`format ${one.path}`]],
    ['no newline at the end', { [one.path]: one.text.trimEnd() }, [`format ${one.path}`]],
    ['NUL bytes', { [one.path]: `${one.text}\0\0` }, [`format ${one.path}`, `format ${one.path}`]],
    ['a merge that was not finished', { [one.path]: `${one.text}<<<<<<< HEAD\n` }, [`format ${one.path}`]],
    ['a key too few', { [one.path]: one.text.replace(/^author.*\n/m, '') }, [`format ${one.path}`]],
    [
      'keys in another order',
      { [one.path]: one.text.replace(/^(layout.*\n)(title.*\n)/m, '$2$1') },
      [`format ${one.path}`],
    ],
    [
      'another id in the name',
      { [one.path.replace(one.id, '77')]: one.text },
      [`identity ${one.path.replace(one.id, '77')}`],
    ],
    ['another folder', { [`2021-01-01/${name}`]: one.text }, [`path 2021-01-01/${name}`]],
    [
      'another day in the name',
      { [`${one.day}/2020${name.slice(4)}`]: one.text },
      [`path ${one.day}/2020${name.slice(4)}`],
    ],
    ['a name of its own', { [`${one.day}/${one.day}-notes.md`]: 'x' }, [`path ${one.day}/${one.day}-notes.md`]],
    ['no body', { [one.path]: one.text.replace(/------\n\n[^]*$/, '------\n\n') }, [`empty ${one.path}`]],
    [
      'an HTML body of advertisements alone',
      {
        [one.path]: one.text.replace(
          /------\n\n[^]*$/,
          '------\n\n<div>\n<section id="imu"><div>  </div></section>\n</div>\n',
        ),
      },
      [`empty ${one.path}`],
    ],
    [
      'another day of publication',
      { [one.path]: one.text.replace('T02:01', 'T18:01') },
      [`date ${one.path}`, `stamp ${one.path}`],
    ],
    [
      'a stamp of another time',
      { [one.path]: one.text.replace(/<!--\d+-->/, '<!--1636500000000-->') },
      [`stamp ${one.path}`],
    ],
    ['a picture that is not there', { [one.path]: `${one.text}\n![图](pictures/a.png)\n` }, [`picture ${one.path}`]],
    ['a picture outside', { [one.path]: `${one.text}\n![图](../../etc/passwd)\n` }, [`picture ${one.path}`]],
    [
      'a story with two files',
      { [one.path]: one.text, [one.path.replace('海', '湾')]: one.text },
      [`duplicate ${one.path.replace('海', '湾')}`],
    ],
  ])('%s', async (_, files, expected) => {
    const looked = await look(await archiveOf(files))
    expect(kinds(looked)).toEqual(expected)
    expect(looked.code).toBe(1)
  })

  test('a file that is not UTF-8, a link, and an old temporary', async () => {
    const root = await archiveOf({ [one.path]: one.text })
    await writeFile(join(root, two.day, '2021-11-12-5.md'), Buffer.from([0xd6, 0xd0])).catch(async () => {
      await mkdir(join(root, two.day))
      await writeFile(join(root, two.day, '2021-11-12-5.md'), Buffer.from([0xd6, 0xd0]))
    })
    await symlink('/etc/passwd', join(root, one.day, 'x.md'))
    const [old, young] = ['.zaobao-0123456789ab-1.tmp', '.zaobao-0123456789ab-2.tmp']
    for (const leftover of [old, young]) await writeFile(join(root, one.day, leftover), '')
    await utimes(join(root, one.day, old), 1, 1)
    expect(kinds(await look(root))).toEqual([
      `leftover ${one.day}/${old}`,
      `link ${one.day}/x.md`,
      `encoding ${two.day}/2021-11-12-5.md`,
    ])
  })

  test('two stories of one text, headline and time, and names the other', async () => {
    const [id, copyId] = [`-${one.id}`, '-88']
    const copy = { path: one.path.replace(id, copyId), text: one.text.replaceAll(id, copyId) }
    const looked = await look(await archiveOf({ [one.path]: one.text, [copy.path]: copy.text }))
    expect(looked.problems).toEqual([
      {
        path: copy.path,
        problem: 'same-text',
        severity: 'problem',
        detail: `text, headline and time are those of ${one.path}`,
        fixed: null,
      },
    ])
    expect(looked.code).toBe(1)
  })

  test('a text that was published twice, as a note that is no fault', async () => {
    const copy = madeStory(2, { markdown: one.text.split('------\n\n')[1]?.trimEnd() ?? '' })
    const root = await archiveOf({ [one.path]: one.text, [copy.path]: copy.text })
    const looked = await look(root)
    expect(looked.problems).toEqual([
      {
        path: copy.path,
        problem: 'same-text',
        severity: 'note',
        detail: `the text is that of ${one.path}`,
        fixed: null,
      },
    ])
    expect(looked).toMatchObject({ code: 0, words: 'verify: 2 stories, nothing wrong, 1 note\n' })
    const io = watchedIo()
    expect(await verify({ archive: root, fix: false, json: false, quiet: true, wait: 0, exclude: [] }, io)).toBe(0)
    expect(io.words).toBe('')
    expect(await verify({ archive: root, fix: false, json: false, quiet: false, wait: 0, exclude: [] }, io)).toBe(0)
    expect(io.words).toMatch(
      /^notes, which ask for nothing:\n {2}[^\n]+: same-text: the text is that of [^\n]+\nverify: /,
    )
  })

  test('a picture that is there', async () => {
    const root = await archiveOf({ [one.path]: `${one.text}\n![图](pictures/a%20b.png)\n` })
    await mkdir(join(root, one.day, 'pictures'))
    await writeFile(join(root, one.day, 'pictures', 'a b.png'), '')
    expect((await look(root)).code).toBe(0)
  })

  test('a picture of a page whose HTML is kept: its place there is that of its site; one of the archive is looked for', async () => {
    const inHtml = (address: string) =>
      one.text.replace(/------\n\n[^]*/, `------\n\n<div>\n<p><img src="${address}">文字。</p>\n</div>\n`)
    expect(kinds(await look(await archiveOf({ [one.path]: inHtml('/sites/p.png') })))).toEqual([])
    const gone = await archiveOf({ [one.path]: inHtml('../media/ab/ab0123456789abcd.png') })
    expect(kinds(await look(gone))).toEqual([`picture ${one.path}`])
  })

  test('a folder in place of a file', async () => {
    const root = await archiveOf({ [one.path]: one.text })
    await mkdir(join(root, one.day, `${one.day}-5-x.md`))
    expect(kinds(await look(root))).toEqual([`link ${one.day}/${one.day}-5-x.md`])
  })

  test.each([
    ['open', one.path],
    ['readdir', one.day],
  ])('what the disk does not give at %s, and goes on to the others', async (call, lost) => {
    const failing = await failingProgram('command.ts')
    let found: string[] = []
    let detail = ''
    for (let n = 1; !found.includes(`unreadable ${lost}`) && n < 40; n += 1) {
      const root = await archiveOf({ [one.path]: one.text, [two.path]: 'text\n' })
      const ended = await failing([root], { FAIL_AT: String(n), FAIL_HOW: 'EIO', FAIL_OPS: call, SPEAK: 'zh' })
      const problems = objects<Problem>(ended.stdout)
      found = problems.map(({ problem, path }) => `${problem} ${path}`)
      detail = JSON.stringify(problems[0]?.detail)
    }
    expect(found).toEqual([`unreadable ${lost}`, `format ${two.path}`])
    expect(detail, 'data are English').toMatch(/^"cannot read .*input\/output error/)
  })

  test('notes about a day that cannot be read', async () => {
    const root = await archiveOf({ [one.path]: one.text })
    const notes = `.zaobao/journal/${one.day}.ndjson`
    await mkdir(join(root, notes), { recursive: true })
    const looked = await look(root)
    expect(kinds(looked)).toEqual([`unreadable ${notes}`])
    expect(looked.code).toBe(1)
  })

  test('a former text with both sides of a merge, as where two machines kept each its own; what was kept of a file that had them is none', async () => {
    const merging = `${two.text}<<<<<<< HEAD\n一\n=======\n二\n>>>>>>> 0f2 (x)\n`
    const shelf = `.zaobao/revisions/${one.day}/${one.id}`
    const root = await archiveOf({
      [one.path]: one.text,
      [`${shelf}/1.md`]: two.text,
      [`${shelf}/2.md`]: merging,
      [`${shelf}/3-kept.md`]: merging,
      '.zaobao/revisions/notes.txt': '',
    })
    for (const fix of [false, true]) {
      const looked = await look(root, fix)
      expect(kinds(looked)).toEqual([`format ${shelf}/2.md`])
      expect(looked.problems[0]?.detail).toBe(
        'it holds the marks of a merge that was not finished; leave one of the two texts',
      )
      expect(looked.code).toBe(1)
    }
  })

  test('a few of many former texts at a time: a process may have only so many files open', async () => {
    const shelf = `.zaobao/revisions/${one.day}/${one.id}`
    const former = Array.from({ length: 300 }, (_, n) => [`${shelf}/${n + 1}.md`, two.text] as const)
    const root = await archiveOf({ [one.path]: one.text, ...Object.fromEntries(former) })
    const io = watchedIo()
    const archive = await openArchive(storeAt(root), { write: false, keepRevisions: 50, report: () => undefined })
    const open = new Set<string>()
    const most: number[] = []
    const formerText = async (revision: Revision): Promise<string | null> => {
      most.push(open.add(revision.path).size)
      const text = await archive.formerText(revision)
      open.delete(revision.path)
      return text
    }
    await verifyFormer({ archive: { ...archive, formerText }, io, tell: async () => undefined })
    expect(most).toHaveLength(former.length)
    expect(Math.max(...most)).toBeLessThan(9)
  })

  test('no archive', async () => {
    await expect(look(join(await freshFolder(), 'none'))).rejects.toThrow(ArchiveError)
  })

  test('in words, without control characters', async () => {
    const root = await archiveOf({ [`${one.day}/${one.day}-\u001b[31mred.md`]: 'x' })
    const io = watchedIo()
    expect(await verify({ archive: root, fix: false, json: false, quiet: true, wait: 0, exclude: [] }, io)).toBe(1)
    expect(io.out).toBe('')
    expect(io.words).toBe(`${root}/${one.day}/${one.day}-red.md: path: the name is not that of a story\n`)
  })

  test.each([
    ['note.md', '# 待办\n\n去渡口。\n', 'foreign'],
    ['README.md', '', 'foreign'],
    ['札记 2021.md', '---\ntitle: 我的\n---\n[一](https://a.example/)\n', 'foreign'],
    [`${one.day}-渡口.md`, '', 'path'],
    ['renamed.md', one.text, 'path'],
    ['windows.md', one.text.replaceAll('\n', '\r\n'), 'path'],
    ['cut.md', `---\nfrom: >-\n  https://a.example/\n`, 'path'],
    ['cut-by-hand.md', `---\nfrom:  https://a.example/\n`, 'path'],
    ['letter.md', '---\nfrom: 表姐\n---\n信\n', 'foreign'],
    ['without-front-matter.md', one.text.slice(one.text.indexOf('<!--')), 'path'],
  ])('%s in the folder of a day: no fault where it is none of the stories', async (mine, text, kind) => {
    const root = await archiveOf({ [one.path]: one.text, [`${one.day}/${mine}`]: text, [`${one.day}/map.png`]: '' })
    const looked = await look(root)
    const isNote = kind === 'foreign'
    expect([looked.code, kinds(looked)]).toEqual([isNote ? 0 : 1, [`${kind} ${one.day}/${mine}`]])
    if (isNote) expect(looked.words).toBe('verify: 1 story, nothing wrong, 1 note\n')
    // It stays as it is.
    const after = await look(root, true)
    if (isNote) expect([after.code, await readFile(join(root, one.day, mine), 'utf8')]).toEqual([0, text])
  })
})

async function fixed(
  files: Record<string, string>,
): Promise<{ looked: Looked; tree: Record<string, string>; after: Looked; emptied: string[] }> {
  const root = await archiveOf(files)
  const looked = await look(root, true)
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const paths = entries.map((entry) => join(entry.parentPath, entry.name))
  const emptied = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((folder) => !paths.some((path) => path.startsWith(`${folder}/`)))
    .map((folder) => folder.slice(root.length + 1))
    .filter((folder) => !folder.startsWith('.zaobao'))
  return { looked, tree: await treeOf(root), after: await look(root), emptied }
}

/** What the journal has of a story, but for its id and path. */
const NOTED = {
  ...{ status: 'written', fetched: '2026-01-01T00:00:00.000Z', updated: null, bylines: [], keywords: [], revision: 1 },
  ...{ seen: {}, validators: null, origin: 'page', digest: '' },
}

test('files of stories where none is looked for are named, not taken for gone; what is no copy of a day is left alone', async () => {
  const entry = { ...NOTED, id: one.id, path: one.path }
  const files = {
    [two.path]: two.text,
    [`${one.day} (1)/${name}`]: one.text,
    [`mine/${name}`]: one.text,
    [`${one.day}/attachments/${name}`]: one.text,
  }
  const root = await archiveOf({ ...files, [`.zaobao/journal/${one.day}.ndjson`]: `${JSON.stringify(entry)}\n` })
  expect(kinds(await look(root))).toEqual([`path ${one.day} (1)/${name}`])
})

describe('verify --fix', () => {
  const sound = { [one.path]: one.text }

  test.each<[string, Record<string, string>]>([
    ['line ends', { [one.path]: one.text.replaceAll('\n', '\r\n') }],
    ['the end', { [one.path]: `${one.text.trimEnd()}\n\n\n` }],
    [
      'a stamp that the day of the address convicts',
      { [one.path]: one.text.replace(/<!--\d+-->/, '<!--1636700000000-->') },
    ],
    [
      'a date that the day of the address convicts',
      { [one.path]: one.text.replace(/^date: .*$/m, 'date: 2021-11-12T18:00:00.000Z') },
    ],
    ['the folder', { [`2021-01-01/${name}`]: one.text }],
    ['a later folder', { [`2022-01-01/${name}`]: one.text }],
    ['the id in the name', { [one.path.replace(one.id, '77')]: one.text }],
    ['a second file of the same text', { [one.path]: one.text, [one.path.replace('海', '湾')]: one.text }],
    ['a day that was renamed', { [`${one.day} (1)/${name}`]: one.text }],
    [
      'a copy of a day',
      { [one.path]: one.text, [`${one.day} 2/${name}`]: one.text, [`${one.day} 3/${name}`]: one.text },
    ],
    ['a day within another', { [`2021-01-01/${one.path}`]: one.text }],
    ['a day within itself', { [one.path]: one.text, [`${one.day}/${one.path}`]: one.text }],
    ['a file beside the days', { [name]: one.text.replaceAll('\n', '\r\n') }],
    ['a second file in another folder', { [one.path]: one.text, [`2022-01-01/${name}`]: one.text }],
    ['a second file in an earlier folder', { [one.path]: one.text, [`2020-01-01/${name}`]: one.text }],
    [
      'what a dead run left',
      { ...sound, [`${one.day}/.zaobao-0123456789ab-1.tmp`]: 'half', '.zaobao-0123456789ab-2.tmp': '' },
    ],
  ])('mends %s', async (_, files) => {
    const { looked, tree, after, emptied } = await fixed(files)
    expect(tree).toEqual(sound)
    expect(emptied).toEqual([])
    expect(looked.code).toBe(0)
    expect(looked.problems.length).toBeGreaterThan(0)
    expect(looked.problems.every((problem) => problem.fixed !== null)).toBe(true)
    expect(after.problems).toEqual([])
  })

  describe('of a story whose address names no day', () => {
    const url = 'https://news.example/2/hezhen-5'
    const onDay = (day: string) =>
      madeStory(1, { day }).text.replaceAll(/https:\/\/www\.zaobao\.com\.sg\/\S*?(?=[)\n])/g, url)
    const text = onDay(one.day)
    const { id } = identify(url)
    const path = `${one.day}/${one.day}-${id}-旧标题.md`
    const inFolder = (day: string) => `${day}/${path.slice(11)}`
    const notedAt = (at: string) => ({
      [`.zaobao/journal/${at.slice(0, 10)}.ndjson`]: `${JSON.stringify({ ...NOTED, id, path: at })}\n`,
    })

    test.each<[string, Record<string, string>]>([
      ['its name and its time', {}],
      ['its name and the journal', notedAt(path)],
      ['the journal', { ...notedAt(path), [inFolder('2021-01-01')]: onDay('2020-05-05') }],
    ])('a wrong folder is told by %s, and it keeps its name', async (_, more) => {
      const { tree, after } = await fixed({ [inFolder('2021-01-01')]: text, ...more })
      expect(Object.keys(tree)).toEqual([path])
      expect(kinds(after)).toEqual([])
    })

    test('the name is what is wrong where the journal, or its time, tells the folder', async () => {
      const renamed = path.replace(`/${one.day}`, '/2021-01-01')
      const { tree } = await fixed({ [renamed]: text })
      expect(Object.keys(tree).map((each) => each.slice(0, 21))).toEqual([`${one.day}/${one.day}`])
    })

    test('it stays where nothing tells which of them is wrong', async () => {
      const files = { [inFolder('2021-01-01')]: onDay('2020-05-05') }
      const { tree, after } = await fixed(files)
      expect(Object.keys(tree)).toEqual(Object.keys(files))
      expect(kinds(after)).toEqual([`path ${inFolder('2021-01-01')}`])
    })
  })

  test('a folder goes where it was emptied, with the one around it; one that holds anything else stays', async () => {
    const files = {
      ...{
        [`2021-01-01/${name}`]: one.text,
        '2021-01-01/.DS_Store': 'x',
        [`2021-02-02/2021-02-02 (1)/${name}`]: one.text,
      },
      [`2022-01-01/${name}`]: one.text,
    }
    const { tree, emptied } = await fixed(files)
    expect(Object.keys(tree).map((path) => path.split('/')[0])).toEqual(['2021-01-01', one.day])
    expect(emptied).toEqual([])
  })

  test('makes one file of two texts of a story: the later stands, the other is kept', async () => {
    const later = madeStory(1, { markdown: '更正：第1段下月合龙。' })
    const text = later.text
      .replaceAll(/T02:01/g, 'T03:01')
      .replace(/<!--\d+-->/, `<!--${Date.parse(`${one.day}T03:01:00Z`)}-->`)
    for (const [first, second] of [
      [one.text, text],
      [text, one.text],
    ] as const) {
      const { looked, tree, after } = await fixed({ [one.path]: first, [`2022-01-01/${name}`]: second })
      expect(looked.problems.map(({ fixed: mended }) => mended)).toContain(
        `merged into it; the earlier text is kept in .zaobao/revisions/${one.day}/${one.id}/1-kept.md`,
      )
      expect(tree).toEqual({ [one.path]: text, [`.zaobao/revisions/${one.day}/${one.id}/1-kept.md`]: one.text })
      expect(after.code).toBe(0)
    }
  })

  test.each<[string, Record<string, string>]>([
    ['broken front matter', { [one.path]: 'text\n' }],
    ['a stamp where the day convicts neither', { [one.path]: one.text.replace(/<!--\d+-->/, '<!--1636596000000-->') }],
    ['an empty body', { [one.path]: one.text.replace(/------\n\n[^]*$/, '------\n\n') }],
    ['a name of its own', { [`${one.day}/${one.day}-notes.md`]: 'x' }],
  ])('leaves %s as it is', async (_, files) => {
    const { looked, tree } = await fixed(files)
    expect(tree).toEqual(files)
    expect(looked.code).toBe(1)
  })

  const damagedId = one.text.replace(`-${one.id}\n`, '-9912\n')
  const damagedDay = one.text.replace('/story20211111-', '/story20211119-')
  const hashed = one.text.replaceAll('www.zaobao.com.sg/', 'www.example.org/')
  const otherFolder = `2020-01-01/2020-01-01${name.slice(10)}`
  test.each<[string, Record<string, string>, string[]]>([
    ['an address of another id than name and link', { [one.path]: damagedId }, [`identity ${one.path}`]],
    [
      'an address of another day than name and link',
      { [one.path]: damagedDay },
      [`path ${one.path}`, `date ${one.path}`],
    ],
    ['an address of no story under the name of one', { [one.path]: hashed }, [`identity ${one.path}`]],
    [
      'an address of which neither name nor folder says anything',
      { [otherFolder.replace(one.id, '9912')]: one.text },
      [`identity ${otherFolder.replace(one.id, '9912')}`],
    ],
    [
      'a damaged address that is that of another story',
      { [one.path]: one.text.replace(/(from: .*)-\d+\n/, `$1-${two.id}\n`), [two.path]: two.text },
      [`identity ${one.path}`, `duplicate ${one.path}`],
    ],
    [
      'a time where the day in the address is damaged',
      { [one.path]: damagedDay.replace(/<!--\d+-->/, `<!--${Date.parse('2021-11-19T02:00:00Z')}-->`) },
      [`path ${one.path}`, `date ${one.path}`, `stamp ${one.path}`],
    ],
  ])('names and leaves %s', async (_, files, expected) => {
    const { looked, tree } = await fixed(files)
    expect(tree).toEqual(files)
    expect(kinds(looked)).toEqual(expected)
    expect(looked.code).toBe(1)
  })

  test('does nothing a second time', async () => {
    const root = await archiveOf({ [`2021-01-01/${name}`]: one.text.replaceAll('\n', '\r\n') })
    expect((await look(root, true)).problems).toHaveLength(2)
    expect((await look(root, true)).problems).toEqual([])
    expect(await readFile(join(root, one.path), 'utf8')).toBe(one.text)
  })
})

test('verify --fix that is interrupted ends with the story in hand', async () => {
  const crlf = (text: string): string => text.replaceAll('\n', '\r\n')
  const root = await archiveOf({ [one.path]: crlf(one.text), [two.path]: crlf(two.text) })
  const stop = new AbortController()
  const io = { ...watchedIo(), signal: stop.signal, stdout: async () => stop.abort(new Error('interrupted')) }
  await expect(verify({ archive: root, fix: true, json: true, quiet: true, wait: 0, exclude: [] }, io)).rejects.toThrow(
    'interrupted',
  )
  expect(await treeOf(root)).toEqual({ [one.path]: one.text, [two.path]: crlf(two.text) })
  await expect(
    verify({ archive: root, fix: true, json: true, quiet: true, wait: 0, exclude: [] }, watchedIo()),
  ).resolves.toBe(0)
})

test('a table of what was first seen remembers the first', () => {
  const table = createFirstSeen()
  const step = 281_474_963
  for (let n = 0; n < 200_000; n += 1) expect(table.see(n * step, n)).toBeNull()
  for (let n = 0; n < 200_000; n += 997) expect(table.see(n * step, 1)).toBe(n)
  expect(table.see(2 ** 53 - 1, 7)).toBeNull()
})

describe('of two files of a story', () => {
  const noting = (path: string) => ({
    [`.zaobao/journal/${one.day}.ndjson`]: `${JSON.stringify({
      ...{ id: one.id, path, status: 'written', fetched: '2026-01-01T00:00:00.000Z', updated: null, bylines: [] },
      ...{ keywords: [], revision: 1, seen: {}, validators: null, origin: 'page' },
      digest: createHash('sha256').update(one.text).digest('hex'),
    })}\n`,
  })
  const storiesAfterFix = async (files: Record<string, string>) => {
    const root = await archiveOf(files)
    await look(root, true)
    return Object.keys(await treeOf(root)).filter((path) => /^\d.*\.md$/.test(path))
  }

  test('the one that the journal names stays, where the other is its copy', async () => {
    for (const mark of [
      ' (1)',
      '-DESKTOP-1',
      ' 副本',
      ' 2',
      '.sync-conflict-20211110-1',
      " (Lin's conflicted copy)",
      ' - Copy (2)',
      '的副本',
      '（林的冲突副本 2021-11-10）',
      '_冲突文件_林_20211110',
      ' (SFConflict lin 2021-11-10)',
    ])
      for (const copy of [one.path.replace('.md', `${mark}.md`)])
        for (const kept of [one.path, copy])
          expect(await storiesAfterFix({ ...noting(kept), [one.path]: one.text, [copy]: one.text })).toEqual([kept])
  })

  test('of two headlines the same one stays on each of two machines, whose journals name each its own', async () => {
    const other = one.path.replace(/[^-]+\.md$/, '海湾大桥合龙.md')
    for (const noted of [one.path, other])
      expect(await storiesAfterFix({ ...noting(noted), [one.path]: one.text, [other]: one.text })).toEqual([other])
  })

  test('a day alone, which is that of the reading where the page tells none, is no later date', async () => {
    const url = 'http://town.example/news/ferry'
    const made = (day: string) => ({
      path: one.path
        .replaceAll(one.day, day)
        .replace(one.id, createHash('sha256').update('https://town.example/news/ferry').digest('hex').slice(0, 10)),
      text: one.text
        .replace(/^date: .*$/m, `date: ${new Date(Date.parse(`${day}T00:00:00+08:00`)).toISOString()}`)
        .replace(/https:[^\s)]+/g, url),
    })
    const [earlier, later] = [made('2021-11-11'), made('2026-11-29')]
    const root = await archiveOf({ [later.path]: later.text, [earlier.path]: earlier.text })
    await look(root, true)
    expect((await treeOf(root))[earlier.path]).toBe(earlier.text)
  })

  test.each([
    '：行人先过',
    ' 行人先过',
    ' opens',
    '（更新）',
    '冲突升级',
    '：边境冲突升级',
    ' conflict spreads',
    ' copy shows',
    '2',
  ])('so it is where one headline is the other and more: %s', async (more) => {
    const longer = one.path.replace('.md', `${more}.md`)
    for (const noted of [one.path, longer])
      expect(await storiesAfterFix({ ...noting(noted), [one.path]: one.text, [longer]: one.text })).toEqual([one.path])
  })

  test('the text that is among the former ones does not stand, however long it is', async () => {
    const other = one.path.replace(/[^-]+\.md$/, '海湾大桥合龙.md')
    const later = madeStory(1, { markdown: '短文。' }).text
    for (const [first, second] of [
      [one.text, later],
      [later, one.text],
    ] as const) {
      const former = { [`.zaobao/revisions/${one.day}/${one.id}/1.md`]: one.text }
      const files = { ...noting(one.path), ...former, [one.path]: first, [other]: second }
      const root = await archiveOf(files)
      await look(root, true)
      expect((await treeOf(root))[other]).toBe(later)
    }
  })
})

describe('a file that lost its end', () => {
  const entry = {
    ...{ id: one.id, path: one.path, status: 'written', fetched: '2026-01-01T00:00:00.000Z', updated: null },
    ...{ bylines: [], keywords: [], revision: 1, seen: {}, validators: null, origin: 'page' },
    digest: createHash('sha256').update(one.text).digest('hex'),
  }
  const journal = { [`.zaobao/journal/${one.day}.ndjson`]: `${JSON.stringify(entry)}\n` }

  test('is not mended where the journal knows that it was longer', async () => {
    const cut = one.text.slice(0, -4)
    const root = await archiveOf({ ...journal, [one.path]: cut })
    expect(kinds(await look(root, true))).toEqual([`format ${one.path}`])
    expect(await readFile(join(root, one.path), 'utf8')).toBe(cut)
  })

  test('is not mended where nothing knows whether it is whole', async () => {
    const cut = one.text.slice(0, -4)
    const root = await archiveOf({ [one.path]: cut })
    expect(kinds(await look(root, true))).toEqual([`format ${one.path}`])
    expect(await readFile(join(root, one.path), 'utf8')).toBe(cut)
  })

  test('gets its newline back where that is all it lost', async () => {
    const root = await archiveOf({ ...journal, [one.path]: one.text.slice(0, -1) })
    await look(root, true)
    expect(await readFile(join(root, one.path), 'utf8')).toBe(one.text)
  })
})
