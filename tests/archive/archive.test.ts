import { randomBytes } from 'node:crypto'
import { watch, writeFileSync } from 'node:fs'
import { chmod, mkdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openArchive, type Archive } from '../../src/edge/archive/archive.ts'
import { entryOfFile } from '../../src/core/archive/journal.ts'
import { storeAt } from '../support/store.ts'
import { ArchiveError, StoryError } from '../../src/errors.ts'
import { message as words } from '../../src/words/words.ts'
import { freshFolder, treeOf } from './support/folder.ts'

const path = '2021-11-10/2021-11-10-1212150-消息.md'
const identity = { id: '1212150', day: '2021-11-10' }
const hash = 'abcdef0123'
const hashPath = `2021-11-11/2021-11-11-${hash}-x.md`

async function open(
  root: string,
  over: { write?: boolean; keepRevisions?: number; readsOnce?: boolean } = {},
): Promise<Archive> {
  return openArchive(storeAt(root), {
    write: true,
    keepRevisions: 10,
    report: () => undefined,
    ...over,
  })
}

async function errorOf(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => Promise.reject(new Error('nothing was thrown')),
    (error: unknown) => error as Error,
  )
}

describe('a story', () => {
  test('is written once, found by its id, and never written over', async () => {
    const root = await freshFolder()
    const archive = await open(root)
    expect(await archive.find(identity)).toBeNull()
    expect(await archive.create(path, 'first')).toBe('written')
    expect(await archive.create(path, 'second')).toBe('exists')
    expect(await archive.create('2021-11-10/2021-11-10-1212150-other headline.md', 'second')).toBe('exists')
    expect(await (await open(root)).find(identity)).toBe(path)
    expect(await archive.read(path)).toBe('first')
    expect(await treeOf(root)).toEqual({ [path]: 'first' })
  })

  test('that another program brought during the run is not written over', async () => {
    const root = await freshFolder()
    const archive = await open(root)
    await archive.create('2021-11-10/2021-11-10-7.md', 'other')
    expect(await archive.find(identity)).toBeNull()
    await writeFile(join(root, path), 'theirs')
    expect(await archive.create(path, 'mine')).toBe('exists')
    expect(await readFile(join(root, path), 'utf8')).toBe('theirs')
    expect(await archive.find(identity)).toBe(path)
  })

  test('brought by several sources at once is written once', async () => {
    const root = await freshFolder()
    const archive = await open(root)
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, n) => archive.create(`2021-11-10/2021-11-10-1212150-${n}.md`, `${n}`)),
    )
    expect(outcomes.filter((outcome) => outcome === 'written')).toHaveLength(1)
    expect(Object.keys(await treeOf(root))).toHaveLength(1)
  })

  test('of one number is the same beside its day, and another a year later, also at once', async () => {
    const archive = await open(await freshFolder())
    const days = ['2021-11-10', '2021-11-11', '2022-11-10']
    const outcomes = await Promise.all(days.map((day) => archive.create(`${day}/${day}-1212150.md`, day)))
    expect(outcomes.toSorted()).toEqual(['exists', 'written', 'written'])
    expect(await archive.stories('2022-11-10')).toHaveLength(1)
  })

  test('brought at once under two days beside each other is written once', async () => {
    const root = await freshFolder()
    const store = storeAt(root)
    let first: Promise<string> | null = null
    const list: typeof store.list = async (folder) => {
      // The first is written while the other looks into the last of its folders.
      if (folder === '2021-11-12') await first
      return store.list(folder)
    }
    const archive = await openArchive({ ...store, list }, { write: true, keepRevisions: 10, report: () => undefined })
    first = archive.create(path, 'first')
    const other = archive.create('2021-11-11/2021-11-11-1212150-消息.md', 'second')
    expect((await Promise.all([first, other])).toSorted()).toEqual(['exists', 'written'])
    expect(Object.keys(await treeOf(root))).toHaveLength(1)
  })

  test('of many at once in a new folder are all written', async () => {
    const archive = await open(await freshFolder())
    const names = Array.from({ length: 20 }, (_, n) => `2021-11-10/2021-11-10-${n + 1}.md`)
    await Promise.all(names.map((name) => archive.create(name, name)))
    expect(await archive.stories('2021-11-10')).toEqual(names.toSorted())
  })

  test('that changed keeps its file name, and its former text is kept', async () => {
    const root = await freshFolder()
    const archive = await open(root)
    await archive.create(path, 'one')
    expect(await archive.revise(path, 'two', { read: 'one', isOwn: false })).toBe(2)
    expect(await archive.revise(path, 'three', { read: 'two', isOwn: false })).toBe(3)
    expect(await treeOf(root)).toEqual({
      '.zaobao/revisions/2021-11-10/1212150/1.md': 'one',
      '.zaobao/revisions/2021-11-10/1212150/2.md': 'two',
      [path]: 'three',
    })
    expect((await archive.revisions(path)).map(({ number }) => number)).toEqual([1, 2])
  })

  test('whose former text was kept by a run that died is not kept twice', async () => {
    const root = await freshFolder()
    const archive = await open(root)
    await archive.create(path, 'one')
    await archive.revise(path, 'two', { read: 'one', isOwn: false })
    await writeFile(join(root, path), 'one')
    expect(await archive.revise(path, 'two', { read: 'one', isOwn: false })).toBe(2)
    expect((await archive.revisions(path)).map(({ number }) => number)).toEqual([1])
  })

  test('in an edit war keeps its first text and the newest ones, with their numbers', async () => {
    const archive = await open(await freshFolder(), { keepRevisions: 3 })
    await archive.create(path, '0')
    for (let n = 1; n <= 20; n += 1) {
      expect(
        await archive.revise(path, String(n % 2), { read: n === 1 ? '0' : String((n - 1) % 2), isOwn: false }),
      ).toBe(n + 1)
    }
    expect((await archive.revisions(path)).map(({ number }) => number)).toEqual([1, 19, 20])
  })

  test('whose text is someone’s own keeps it for good, beside the dropped ones', async () => {
    const archive = await open(await freshFolder(), { keepRevisions: 1 })
    await archive.create(path, 'a note')
    await archive.revise(path, '1', { read: 'a note', isOwn: true })
    for (let n = 2; n <= 4; n += 1) await archive.revise(path, String(n), { read: String(n - 1), isOwn: false })
    const kept = (await archive.revisions(path)).map((former) => basename(former.path))
    expect(kept).toEqual(['1-kept.md', '4.md'])
  })

  test('which another program wrote into since it was read is left as it is', async () => {
    const root = await freshFolder()
    const archive = await open(root, { readsOnce: true })
    await archive.create(path, 'one')
    expect(await archive.readText(path)).toBe('one')
    await writeFile(join(root, path), 'a note')
    expect(await archive.readText(path)).toBe('one')
    expect(await archive.revise(path, 'two', { read: 'one', isOwn: false })).toBe('changed')
    expect(await treeOf(root)).toEqual({ [path]: 'a note' })
    expect(await archive.readText(path)).toBe('a note')
  })

  test('which someone writes into while its former text is kept is left as it is', async () => {
    const root = await freshFolder()
    const archive = await open(root)
    await archive.create(path, 'one')
    await archive.revise(path, 'two', { read: 'one', isOwn: false })
    const former = join(root, '.zaobao/revisions/2021-11-10/1212150')
    const watcher = watch(former, () => writeFileSync(join(root, path), 'two, and a note'))
    expect(await archive.revise(path, 'three', { read: 'two', isOwn: false })).toBe('changed')
    watcher.close()
    expect(await archive.read(path)).toBe('two, and a note')
  })

  test('whose URL names no day is found in whatever day it was first archived', async () => {
    const root = await freshFolder()
    const archive = await open(root)
    const unknown = { id: hash, day: null }
    expect(await archive.find(unknown)).toBeNull()
    await archive.create(hashPath, 'text')
    expect(await archive.find(unknown)).toBe(hashPath)
    await archive.close()
    expect(await (await open(root)).find(unknown)).toBe(hashPath)
    await rm(join(root, '.zaobao'), { recursive: true })
    expect(await (await open(root)).find(unknown)).toBe(hashPath)
  })

  test("of no day is found though another day's folder cannot be read", async () => {
    const root = await freshFolder()
    const archive = await open(root)
    await archive.create(hashPath, 'text')
    const other = '2021-11-12/2021-11-12-0123456789.md'
    await archive.create(other, 'text')
    await archive.find({ id: hash, day: null })
    await archive.close()
    await utimes(join(root, '2021-11-12'), 1_000_000, 1_000_000)
    const store = storeAt(root)
    const shut: typeof store.list = (folder) =>
      folder === '2021-11-12'
        ? Promise.reject(new ArchiveError(words`cannot read it`, { isLocal: true }))
        : store.list(folder)
    const options = { write: true, keepRevisions: 10, report: () => undefined }
    const halfShut = await openArchive({ ...store, list: shut }, options)
    expect(await halfShut.find({ id: hash, day: null })).toBe(hashPath)
    expect(await halfShut.find({ id: '1212150', day: null })).toBeNull()
    // Where its own folder is the one, it fails, and counts for no new story.
    expect((await errorOf(halfShut.find({ id: '0123456789', day: null }))).message).toBe('cannot read it')
  })

  test('of no day that is new is not taken for new while a folder of which nothing tells cannot be read', async () => {
    const root = await freshFolder()
    const archive = await open(root)
    await archive.create(hashPath, 'text')
    await archive.close()
    await rm(join(root, '.zaobao'), { recursive: true })
    const day = hashPath.slice(0, 10)
    const store = storeAt(root)
    const shut: typeof store.list = (folder) =>
      folder === day ? Promise.reject(new ArchiveError(words`cannot read it`, { isLocal: true })) : store.list(folder)
    const options = { write: true, keepRevisions: 10, report: () => undefined }
    const found = async (id: string) => (await openArchive({ ...store, list: shut }, options)).find({ id, day: null })
    expect(await errorOf(found(hash))).toMatchObject({
      isLocal: true,
      message: `the folder of ${day} cannot be read, and may hold the story`,
    })
    // The journal tells what is in it, and so what is not.
    const entry = { ...entryOfFile({ id: hash, path: hashPath, fetched: '', revision: 1, url: '', text: '' }) }
    await mkdir(join(root, '.zaobao/journal'), { recursive: true })
    await writeFile(join(root, `.zaobao/journal/${day}.ndjson`), `${JSON.stringify(entry)}\n`)
    expect((await errorOf(found(hash))).message).toBe('cannot read it')
    expect(await found('0123456789')).toBeNull()
  })

  test('of no day is looked for again where folders changed behind the index', async () => {
    const root = await freshFolder()
    const first = await open(root)
    await first.create('2021-11-12/2021-11-12-5.md', 'text')
    await utimes(join(root, '2021-11-12'), 1_000_000, 1_000_000)
    await first.find({ id: hash, day: null })
    await first.close()
    // As a git pull brings it.
    await writeFile(join(root, `2021-11-12/2021-11-12-${hash}.md`), 'text')
    expect(await (await open(root)).find({ id: hash, day: null })).toBe(`2021-11-12/2021-11-12-${hash}.md`)
    await rm(join(root, `2021-11-12/2021-11-12-${hash}.md`))
    expect(await (await open(root)).find({ id: hash, day: null })).toBeNull()
  })

  test('with a number but an impossible day in its URL is found too', async () => {
    const root = await freshFolder()
    await (await open(root)).create(path, 'text')
    expect(await (await open(root)).find({ id: '1212150', day: null })).toBe(path)
  })

  test.each(['{', '{"version":1,"days":{"x":{}}}', '[]', '\xff\xfe', ''])(
    'survives a damaged index %j',
    async (damage) => {
      const root = await freshFolder()
      const archive = await open(root)
      await archive.create(hashPath, 'text')
      await writeFile(join(root, '.zaobao', 'undated.json'), damage, 'latin1')
      const lines: string[] = []
      const again = await openArchive(storeAt(root), {
        write: true,
        keepRevisions: 3,
        report: (line) => lines.push(line),
      })
      expect(await again.find({ id: hash, day: null })).toBe(hashPath)
      expect(lines).toEqual([expect.stringContaining('undated.json is damaged')])
    },
  )
})

describe('an archive', () => {
  test('is made only when something is written', async () => {
    const root = join(await freshFolder(), 'a', 'b')
    const archive = await open(root)
    expect(await archive.find(identity)).toBeNull()
    expect(await archive.days()).toEqual([])
    await expect(stat(join(root, '..'))).rejects.toThrow('ENOENT')
    await archive.create(path, 'text')
    expect(await archive.days()).toEqual(['2021-11-10'])
  })

  test('leaves revisions to git and nothing else', async () => {
    const root = await freshFolder()
    await (await open(root)).create(path, 'text')
    expect(await readFile(join(root, '.zaobao', '.gitignore'), 'utf8')).toBe('/*\n!/revisions/\n')
  })

  test.each([
    ['2\n', 'its layout is 2'],
    ['12 of a later day', 'its layout is 12'],
  ])('of layout %j is refused', async (mark, message) => {
    const root = await freshFolder()
    await mkdir(join(root, '.zaobao'))
    await writeFile(join(root, '.zaobao', 'layout'), mark)
    const error = await errorOf(open(root))
    expect(error).toBeInstanceOf(ArchiveError)
    expect(error.message).toContain(message)
  })

  test('with a damaged layout mark is used, and says so', async () => {
    const root = await freshFolder()
    await mkdir(join(root, '.zaobao'))
    await writeFile(join(root, '.zaobao', 'layout'), '\0\0')
    const lines: string[] = []
    const archive = await openArchive(storeAt(root), {
      write: true,
      keepRevisions: 3,
      report: (line) => lines.push(line),
    })
    await archive.create(path, 'text')
    expect(lines).toHaveLength(1)
    expect(await readFile(join(root, '.zaobao', 'layout'), 'utf8')).toBe('1\n')
  })

  test('that is a file is refused', async () => {
    const root = join(await freshFolder(), 'file')
    await writeFile(root, '')
    expect((await errorOf(open(root))).message).toContain('it is a file, not a folder')
  })

  test('below a file is refused', async () => {
    const file = join(await freshFolder(), 'file')
    await writeFile(file, '')
    expect(await errorOf(open(join(file, 'archive')))).toBeInstanceOf(ArchiveError)
  })

  test('that this user may not write is refused at once, and read all the same', async () => {
    const root = await freshFolder()
    await (await open(root)).create(path, 'text')
    await chmod(root, 0o555)
    const root0 = process.getuid?.() === 0
    if (!root0) expect((await errorOf(open(root))).message).toContain('permission denied')
    expect(await (await open(root, { write: false })).read(path)).toBe('text')
    await chmod(root, 0o755)
  })

  test('whose folder vanished during the run is not made anew', async () => {
    const root = await freshFolder()
    const archive = await open(root)
    await rm(root, { recursive: true })
    expect((await errorOf(archive.create(path, 'text'))).message).toContain('the folder is gone')
    await expect(stat(root)).rejects.toThrow('ENOENT')
  })

  test('clears the temporaries of a dead run from a folder that it writes', async () => {
    const root = await freshFolder()
    await mkdir(join(root, '2021-11-10'))
    await writeFile(join(root, '2021-11-10', '.zaobao-0123456789ab-1.tmp'), 'half')
    await writeFile(join(root, '2021-11-10', '.theirs.tmp'), 'not ours')
    await (await open(root)).create(path, 'text')
    expect(Object.keys(await treeOf(root))).toEqual(['2021-11-10/.theirs.tmp', path])
  })

  test('opened for reading leaves a temporary to the run that writes it', async () => {
    const root = await freshFolder()
    await mkdir(join(root, '2021-11-10'))
    await writeFile(join(root, '2021-11-10', '.zaobao-0123456789ab-1.tmp'), 'half')
    const archive = await open(root, { write: false })
    await archive.find(identity)
    expect(Object.keys(await treeOf(root))).toHaveLength(1)
    expect(await errorOf(archive.create(path, 'text'))).toBeInstanceOf(ArchiveError)
  })

  test('keeps pages that nothing could read, compressed, with where they came from', async () => {
    const archive = await open(await freshFolder())
    const page = {
      id: '12',
      url: 'https://www.zaobao.com.sg/a',
      foundAt: 'https://www.zaobao.com.sg/b',
      contentType: null,
    }
    const kept = { ...page, fetched: '2026-03-12T00:00:00.000Z', body: Buffer.from('<p>\n甲') }
    expect(await archive.keepPage(kept, 1_000_000)).toBe('.zaobao/pages/12.gz')
    const found = []
    for await (const each of archive.keptPages('stories')) found.push({ ...each, body: Buffer.from(each.body) })
    expect(found).toEqual([kept])
    await archive.dropPage('12')
    await archive.dropPage('12')
    for await (const each of archive.keptPages('stories')) expect(each).toBeNull()
  })

  test('keeps the newest of such pages within bounds, and says which went', async () => {
    const root = await freshFolder()
    const said: string[] = []
    const archive = await openArchive(storeAt(root), {
      write: true,
      keepRevisions: 1,
      report: (line: string) => said.push(line),
    })
    for (let n = 1; n <= 8; n += 1) {
      const body = randomBytes(1000)
      const page = { id: String(n), url: '', foundAt: '', contentType: null, fetched: '', body }
      await archive.keepPage(page, 4_000)
      // Of files of one instant none is the older.
      const time = new Date(n * 1000)
      await utimes(join(root, '.zaobao', 'pages', `${n}.gz`), time, time)
    }
    const left = []
    for await (const { id } of archive.keptPages('stories')) left.push(id)
    expect(left).toEqual(['6', '7', '8'])
    expect(said).toHaveLength(5)
  })
})

async function planted(): Promise<{ root: string; outside: string; archive: Archive }> {
  const outside = await freshFolder()
  await writeFile(join(outside, 'secret.md'), 'secret')
  const root = await freshFolder()
  return { root, outside, archive: await open(root) }
}

describe('planted links', () => {
  test('a day folder that is a link is not written through', async () => {
    const { root, outside, archive } = await planted()
    await symlink(outside, join(root, '2021-11-10'))
    const error = await errorOf(archive.create(path, 'text'))
    expect(error).toBeInstanceOf(ArchiveError)
    expect(error.message).toContain('symbolic link')
    expect(await archive.days()).toEqual([])
    expect(Object.keys(await treeOf(outside))).toEqual(['secret.md'])
  })

  test('the program folder that is a link is not written through', async () => {
    const { root, outside, archive } = await planted()
    await symlink(outside, join(root, '.zaobao'))
    expect(await errorOf(archive.create(path, 'text'))).toBeInstanceOf(ArchiveError)
    expect(Object.keys(await treeOf(outside))).toEqual(['secret.md'])
  })

  test('the folder of former texts that is a link is not written through', async () => {
    const { root, outside, archive } = await planted()
    await archive.create(path, 'text')
    await symlink(outside, join(root, '.zaobao', 'revisions'))
    expect(await errorOf(archive.revise(path, 'new', { read: 'text', isOwn: false }))).toBeInstanceOf(ArchiveError)
    expect(await archive.read(path)).toBe('text')
    expect(Object.keys(await treeOf(outside))).toEqual(['secret.md'])
  })

  test('a story file that is a link is neither read nor written over', async () => {
    const { root, outside, archive } = await planted()
    await mkdir(join(root, '2021-11-10'))
    await symlink(join(outside, 'secret.md'), join(root, path))
    expect(await archive.find(identity)).toBeNull()
    expect(await errorOf(archive.read(path))).toBeInstanceOf(StoryError)
    expect(await errorOf(archive.create(path, 'text'))).toBeInstanceOf(StoryError)
    expect(await errorOf(archive.revise(path, 'text', { read: null, isOwn: false }))).toBeInstanceOf(StoryError)
    expect(await readFile(join(outside, 'secret.md'), 'utf8')).toBe('secret')
  })

  test.each(['../secret.md', '2021-11-10/../../secret.md', '/etc/passwd', '2021-11-10/x.md', '2021-11-10\\x-1.md'])(
    'the path %j is refused',
    async (bad) => {
      const { archive } = await planted()
      expect(await errorOf(archive.read(bad))).toBeInstanceOf(StoryError)
      expect(await errorOf(archive.create(bad, 'x'))).toBeInstanceOf(StoryError)
    },
  )
})
