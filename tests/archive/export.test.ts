import { rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { type ExportOptions, exportStories } from '../../src/commands/export.ts'
import type { StoryRecord } from '../../src/core/model.ts'
import { openArchive } from '../../src/edge/archive/archive.ts'
import { openJournal } from '../../src/edge/archive/journal.ts'
import { storeAt } from '../support/store.ts'
import { ArchiveError, UsageError } from '../../src/errors.ts'
import { madeStory } from './support/documents.ts'
import { freshFolder } from './support/folder.ts'
import { objects, watchedIo } from './support/io.ts'

const stories = [1, 2, 3].map((n) => madeStory(n))
const [one, two, three] = stories as [(typeof stories)[0], (typeof stories)[0], (typeof stories)[0]]
const later = madeStory(1, { title: '更正：第1段推迟', markdown: '改在下月合龙。' })

let root = ''
beforeEach(async () => {
  root = await freshFolder()
  const archive = await openArchive(storeAt(root), {
    write: true,
    keepRevisions: 9,
    report: () => undefined,
  })
  for (const story of stories) await archive.create(story.path, story.text)
  await archive.revise(one.path, later.text, { read: one.text, isOwn: false })
  await openJournal(storeAt(root), () => undefined).append({
    id: two.id,
    path: two.path,
    status: 'written',
    fetched: '2021-11-13T00:00:00.000Z',
    updated: '2021-11-12T09:00:00.000Z',
    bylines: ['某记者'],
    keywords: ['大桥'],
    revision: 1,
    seen: {},
    validators: null,
    origin: 'page',
    digest: '',
  })
})

interface Exported {
  code: number
  records: StoryRecord[]
  words: string
}

async function exported(what: string[] = [], over: Partial<ExportOptions> = {}, cwd = '/'): Promise<Exported> {
  const io = { ...watchedIo(), cwd, out: '', words: '' }
  io.stdout = async (text) => void (io.out += text)
  io.stderr = (text) => void (io.words += text)
  const code = await exportStories(what, { archive: root, since: null, until: null, revisions: false, ...over }, io)
  return { code, records: objects<StoryRecord>(io.out), words: io.words }
}

const pathsOf = ({ records }: Exported): (string | null)[] => records.map(({ path }) => path)

describe('export', () => {
  test('prints every story, in order of the days, with what is noted beside the file', async () => {
    const { code, records, words } = await exported()
    expect({ code, words }).toEqual({ code: 0, words: '' })
    expect(records).toHaveLength(3)
    expect(records[0]).toMatchObject({
      id: one.id,
      path: one.path,
      title: '更正：第1段推迟',
      revision: 2,
      status: null,
      fetched: null,
      updated: null,
      markdown: '改在下月合龙。',
      html: null,
      bylines: [],
      access: 'public',
      section: 'realtime/china',
      schema: 1,
    })
    expect(records[1]).toMatchObject({
      id: two.id,
      revision: 1,
      fetched: '2021-11-13T00:00:00.000Z',
      updated: '2021-11-12T09:00:00.000Z',
      bylines: ['某记者'],
      keywords: ['大桥'],
    })
  })

  test.each<[string, string[], Partial<ExportOptions>, string[]]>([
    ['a day', [two.day], {}, [two.path]],
    ['days, as named', [three.day, two.day], {}, [three.path, two.path]],
    ['a day without stories', ['2020-01-01'], {}, []],
    ['a file', [three.path], {}, [three.path]],
    ['days from one on', [], { since: two.day }, [two.path, three.path]],
    ['days up to one', [], { until: two.day }, [one.path, two.path]],
    [
      'days of a month',
      [],
      { since: two.day.slice(0, 7), until: two.day.slice(0, 7) },
      [one.path, two.path, three.path],
    ],
    ['days of a year', [], { since: '2020', until: '2020' }, []],
    ['days of late', [], { since: '7d' }, []],
  ])('of %s', async (_, what, over, expected) => {
    expect(pathsOf(await exported(what, over, root))).toEqual(expected)
  })

  test('of a day or a file, whichever way it is named', async () => {
    const links = await freshFolder()
    await symlink(root, join(links, 'archive'))
    const linked = join(links, 'archive')
    const name = two.path.slice(11)
    const ways: [string, string, string][] = [
      // The archive, the working folder, and what is named.
      ...[two.path, name, `./${two.path}`, two.path.replace('/', '\\'), `${two.day}/`, `.\\${two.day}\\`].map(
        (way): [string, string, string] => [root, root, way],
      ),
      ...[two.path, name, join(root, two.path), join(root, two.day), `${join(root, two.day)}//`].map(
        (way): [string, string, string] => [root, '/', way],
      ),
      [linked, '/', join(root, two.path)],
      [linked, '/', join(root, two.day)],
      [root, '/', join(linked, two.path)],
      [root, links, `archive/${two.day}/`],
      [root, links, `archive\\${two.path.replace('/', '\\')}`],
      ['archive', links, `./archive/${two.day}/../${two.path}`],
      ['..', join(root, two.day), name],
      ['..', join(root, two.day), two.path],
      ['..', join(root, two.day), '.'],
      ['.', root, two.day],
    ]
    for (const [archive, cwd, way] of ways)
      expect([archive, cwd, way, ...pathsOf(await exported([way], { archive }, cwd))]).toEqual([
        archive,
        cwd,
        way,
        two.path,
      ])
    for (const way of [root, linked, `${root}/`]) expect((await exported([way])).records).toHaveLength(3)
    for (const way of ['', '..', '/', '.zaobao', `${two.day}/x/y.md`])
      expect([way, (await exported([way], {}, links)).code]).toEqual([way, 1])
  })

  test('of a day that is a link: it is named, and the others are printed', async () => {
    const elsewhere = await freshFolder()
    await rename(join(root, two.day), join(elsewhere, two.day))
    await symlink(join(elsewhere, two.day), join(root, two.day))
    const { code, records, words } = await exported([two.day, three.day])
    expect([code, records.map(({ path }) => path)]).toEqual([1, [three.path]])
    expect(words).toMatch(/^\S+: [^\n]*symbolic link[^\n]*\n$/)
  })

  test('of former texts too', async () => {
    const { records } = await exported([one.day], { revisions: true })
    expect(records.map(({ revision, title, path }) => ({ revision, title, path }))).toEqual([
      { revision: 1, title: '海湾大桥第1段合龙', path: `.zaobao/revisions/${one.day}/${one.id}/1.md` },
      { revision: 2, title: '更正：第1段推迟', path: one.path },
    ])
  })

  test('names a file that is damaged or not there, and goes on', async () => {
    await writeFile(join(root, two.path), 'damaged')
    const { code, words, ...rest } = await exported(['2021-11-13/2021-11-13-7.md', two.day, three.day])
    expect(code).toBe(1)
    expect(pathsOf({ code, words, ...rest })).toEqual([three.path])
    expect(words.trimEnd().split('\n')).toEqual([
      `${root}/2021-11-13/2021-11-13-7.md: is gone`,
      `${root}/${two.path}: line 1: front matter must begin with a line "---"`,
    ])
  })

  test('names a story that is a link, and prints the others', async () => {
    const elsewhere = join(await freshFolder(), 'moved.md')
    await rename(join(root, two.path), elsewhere)
    await symlink(elsewhere, join(root, two.path))
    const { code, records, words } = await exported()
    expect({ code, words }).toEqual({ code: 1, words: `${root}/${two.path}: a link or a folder, no file\n` })
    expect(records).toHaveLength(2)
  })

  test('names a day that is a link, whose stories it leaves out', async () => {
    const elsewhere = await freshFolder()
    await rename(join(root, two.day), join(elsewhere, two.day))
    await symlink(join(elsewhere, two.day), join(root, two.day))
    const { code, words, ...rest } = await exported()
    expect(pathsOf({ code, words, ...rest })).toEqual([one.path, three.path])
    expect({ code, words }).toEqual({
      code: 1,
      words: `${root}/${two.day}: a link, which is not followed; put the folder itself in its place\n`,
    })
    expect((await exported([], { since: three.day })).code).toBe(0)
  })

  test('of a month, beside a day', async () => {
    const ids = async (...what: string[]) => (await exported(what)).records.map(({ id }) => id)
    const all = stories.map(({ id }) => id)
    expect(await ids(one.day.slice(0, 7))).toEqual(all)
    expect(await ids(two.day, '2021-12')).toEqual([two.id])
    await expect(exported(['2021-13'])).rejects.toThrow(/2021-13 is no day and no month/)
  })

  test('what is neither a file nor a day is named with what is taken, and the others are printed', async () => {
    const { code, words, records } = await exported(['foo', one.day])
    expect({ code, words, ids: records.map(({ id }) => id) }).toEqual({
      code: 1,
      words: 'foo: is no file of a story and names no days; write a path, 2021-11-10, 2021-11, 2021, yesterday or 7d\n',
      ids: [one.id],
    })
  })

  test.each([
    ['today', [3]],
    ['yesterday', [2]],
    ['1d', [2, 3]],
    ['2021', [1, 2, 3]],
    ['2020', []],
    ['7d', [1, 2, 3]],
  ])('of the days that --since and --until name, too: %s', async (word, expected) => {
    const given = { archive: root, since: null, until: null, revisions: false }
    const out: string[] = []
    const io = { ...watchedIo(), now: () => Date.parse(`${three.day}T12:00:00+08:00`) }
    io.stdout = async (text) => void out.push(String(text))
    expect(await exportStories([word], given, io)).toBe(0)
    const ids = objects<StoryRecord>(out.join('')).map(({ id }) => id)
    expect(ids).toEqual(expected.map((n) => madeStory(n).id))
  })

  test('refuses what is no day, and a folder that is not there', async () => {
    await expect(exported([], { since: 'tomorrow' })).rejects.toThrow(UsageError)
    await expect(exported([], { until: '2021-02-30' })).rejects.toThrow(UsageError)
    await expect(exported([], { archive: join(root, 'none') })).rejects.toThrow(ArchiveError)
  })
})
