import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { JournalEntry } from '../../src/core/archive/journal.ts'
import { EMPTY_STATE, type State } from '../../src/core/archive/state.ts'
import { openArchive } from '../../src/edge/archive/archive.ts'
import { openJournal } from '../../src/edge/archive/journal.ts'
import { acquireLock } from '../../src/edge/archive/version.ts'
import { openMender } from '../../src/edge/archive/mend.ts'
import { openRobotsCache } from '../../src/edge/archive/robots-cache.ts'
import { openState, readState } from '../../src/edge/archive/state.ts'
import { hasPicture, surveyBelow, surveyFolder } from '../../src/edge/archive/survey.ts'
import type { Store } from '../../src/edge/store/store.ts'
import { ArchiveError, StoryError, TryLaterError } from '../../src/errors.ts'
import { message } from '../../src/words/words.ts'
import { createMemory } from '../support/memory-store.ts'
import { storeAt } from '../support/store.ts'
import { freshFolder } from './support/folder.ts'

interface Given {
  open: () => Store
  vanish: () => void | Promise<void>
  plant: (name: string, content: string | null) => void | Promise<void>
  texts: () => Record<string, string> | Promise<Record<string, string>>
}

/** Each kind of storage: what holds above one holds above all. */
const KINDS: Readonly<Record<string, (isMade?: boolean) => Promise<Given>>> = {
  files: async (isMade = true) => {
    const root = isMade ? await freshFolder() : join(await freshFolder(), 'archive')
    return {
      open: () => storeAt(root),
      vanish: () => rm(root, { recursive: true }),
      async plant(name, content) {
        await mkdir(dirname(join(root, name)), { recursive: true })
        await (content === null ? symlink('/nowhere', join(root, name)) : writeFile(join(root, name), content))
      },
      async texts() {
        const entries = await readdir(root, { recursive: true, withFileTypes: true })
        const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
        const texts = files
          .toSorted(byText)
          .map(async (file) => [file.slice(root.length + 1), await readFile(file, 'latin1')])
        return Object.fromEntries(await Promise.all(texts))
      },
    }
  },
  memory: async (isMade = true) => createMemory(isMade),
  'memory that knows no case': async (isMade = true) => createMemory(isMade, true),
}
const byText = (a: string, b: string): number => (a < b ? -1 : 1)

const DAY = '2021-11-10'
const PATH = `${DAY}/${DAY}-1212150-消息.md`
const STORY = { id: '1212150', day: DAY }
const HASH = 'abcdef0123'
const silent = (): void => undefined
const archiveIn = (store: Store, report = silent as (line: string) => void, write = true) =>
  openArchive(store, { write, keepRevisions: 3, report })

const entry = (id: string, over: Partial<JournalEntry> = {}): JournalEntry => ({
  ...{ id, path: `${DAY}/${DAY}-${id}.md`, status: 'written', fetched: '2021-11-10T08:00:00.000Z', updated: null },
  ...{ bylines: [], keywords: [], revision: 1, seen: {}, validators: null, origin: 'page', digest: 'd' },
  ...over,
})

const WAITING: State = {
  ...EMPTY_STATE,
  queue: [
    {
      ...{
        id: '1',
        url: 'https://a.example/1',
        day: DAY,
        title: '甲',
        published: null,
        html: '<p>甲</p>',
        source: 'a',
      },
      ...{
        tries: 1,
        firstFailed: '2021-11-10T08:00:00.000Z',
        nextTry: '2021-11-10T09:00:00.000Z',
        reason: message`500`,
      },
      lastReported: '2021-11-10T08:00:00.000Z',
    },
  ],
}

const lockOptions = (waitMs: number) => ({
  waitMs,
  signal: new AbortController().signal,
  report: silent,
  now: Date.now,
  sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
})

/** The life of an archive; what the runs said. */
async function live({ open, plant }: Given): Promise<string[]> {
  const said: string[] = []
  const report = (line: string): number => said.push(line.replace(/\S*(?=\.zaobao)/g, ''))
  const store = open()
  const lock = await acquireLock(store, lockOptions(0))
  const archive = await openArchive(store, { write: true, keepRevisions: 3, report })
  const journal = openJournal(store, report)
  await Promise.all([1, 2, 3].map((n) => archive.create(`${DAY}/${DAY}-${n}-第${n}则.md`, `第${n}则`)))
  await archive.create(PATH, '0')
  for (let n = 1; n <= 5; n += 1) {
    expect(await archive.revise(PATH, `${n}`, { read: `${n - 1}`, isOwn: n === 2 })).toBe(n + 1)
    await journal.append(entry(STORY.id, { path: PATH, revision: n + 1, digest: `d${n}` }))
  }
  await archive.keepFormer(PATH, 'found elsewhere', false)
  await archive.create(`2021-11-11/2021-11-11-${HASH}.md`, 'of no day')
  const page = { id: '7', url: 'https://a.example/7', foundAt: 'https://a.example/7', contentType: null, fetched: '' }
  await archive.keepPage({ ...page, body: Buffer.from('<p>七') }, 1e6)
  const state = await openState(store, report)
  await state.save(WAITING)
  await state.save({ ...WAITING, rules: 'of today' })
  await openRobotsCache(store).write('https://a.example', { fetched: 1, status: 200, body: 'User-agent: *\n' })
  await plant(`.zaobao/journal/${DAY}.ndjson`, '{"torn')
  await openJournal(store, report).append(entry('9'))
  await plant(`${DAY}/${DAY}-2-第2则 (1).md`, '第2则')
  const mender = openMender(store)
  await mender.absorb(`${DAY}/${DAY}-2-第2则.md`, `${DAY}/${DAY}-2-第2则 (1).md`, false)
  await mender.absorb(`${DAY}/${DAY}-1-第1则.md`, `${DAY}/${DAY}-3-第3则.md`, true)
  await mender.move(`${DAY}/${DAY}-1-第1则.md`, `2021-11-12/2021-11-12-1-第1则.md`)
  await archive.close()
  await lock.release()
  await plant('.zaobao/state.json', '{')
  expect((await openState(open(), report)).state.queue.map(({ id }) => id)).toEqual(['1'])
  return said
}

test('one life leaves the same, byte for byte, in all storages, and says the same', async () => {
  const lives = await Promise.all(
    Object.values(KINDS).map(async (make) => {
      const given = await make(false)
      const said = await live(given)
      const texts = await given.texts()
      // Files that lock; gzip is the same.
      return {
        said,
        texts: Object.fromEntries(Object.entries(texts).filter(([name]) => !/\/lock(?:\.waiting)?$/.test(name))),
      }
    }),
  )
  expect(Object.keys(lives[0]?.texts ?? {}).length).toBeGreaterThan(15)
  expect(lives[0]?.said).toHaveLength(2)
  for (const each of lives) expect(each).toEqual(lives[0])
})

describe.each(Object.entries(KINDS))('over %s', (_, make) => {
  test('of a folder the folders are told, with the time that each has by itself, and nothing else', async () => {
    const { open, plant } = await make()
    const store = open()
    expect(await store.folders('')).toEqual(new Map())
    await store.putIfAbsent('a/b/1', 'one')
    await store.putIfAbsent('c/1', 'two')
    await store.putIfAbsent('2021-11-10', 'a file')
    await plant('a/link', null)
    const times = async (name: string) => (await store.stat(name))?.modifiedMs
    const top = await store.folders('')
    expect([...top.keys()].toSorted()).toEqual(['a', 'c'])
    expect(Math.floor(top.get('c') ?? 0)).toBe(Math.floor((await times('c')) ?? -1))
    expect([...(await store.folders('a')).keys()]).toEqual(['b'])
    expect(await store.folders('nowhere')).toEqual(new Map())
  })

  test('a store puts what is absent, replaces what is known, adds, moves, removes and lists', async () => {
    const store = (await make()).open()
    expect(await store.putIfAbsent('a/b/1', 'one')).toBe(true)
    expect(await store.putIfAbsent('a/b/1', 'two')).toBe(false)
    const found = await store.get('a/b/1')
    if (found.kind !== 'file') throw new Error('not kept')
    expect(found.bytes.toString()).toBe('one')
    expect(await store.replace('a/b/1', 'three', { version: found.version })).toBe(true)
    expect(await store.replace('a/b/1', 'four', { version: found.version })).toBe(false)
    await store.append('a/2', 'x\n')
    await store.replace('a/2', 'torn')
    await store.append('a/2', 'y\n')
    await store.move('a/2', 'a/c/3')
    expect((await store.list('a')).toSorted((p, q) => byText(p.name, q.name))).toEqual([
      { name: 'b', kind: 'folder' },
      { name: 'c', kind: 'folder' },
    ])
    expect(await store.stat('a/c/3')).toMatchObject({ kind: 'file', size: 7 })
    expect(await store.stat('a/c')).toMatchObject({ kind: 'folder' })
    expect([await store.stat('a/2'), await store.stat('a/b/1/x')]).toEqual([null, null])
    await store.remove('a/b/1')
    await store.remove('a/b/1')
    expect(await store.get('a/b/1')).toEqual({ kind: 'absent' })
    expect(await store.list('nowhere')).toEqual([])
    expect([await store.removeFolder('a'), await store.removeFolder('a/c')]).toEqual([false, false])
    expect(await store.get('a/c/3')).toMatchObject({ kind: 'file' })
    await store.remove('a/c/3')
    await store.removeFolder('a/c')
    expect((await store.list('a')).filter(({ name }) => name === 'c')).toEqual([])
  })

  test('a story is written once, found, and never written over', async () => {
    const { open } = await make(false)
    const archive = await archiveIn(open())
    expect([await archive.store.exists(), await archive.find(STORY), await archive.days()]).toEqual([false, null, []])
    const all = await Promise.all([1, 2, 3].map((n) => archive.create(`${DAY}/${DAY}-1212150-${n}.md`, `${n}`)))
    expect(all.toSorted()).toEqual(['exists', 'exists', 'written'])
    const again = await archiveIn(open())
    expect(await again.create(PATH, 'other')).toBe('exists')
    expect(await again.stories(DAY)).toEqual([await again.find(STORY)])
    expect([...(await again.changedSince(0))]).toEqual([DAY])
    expect((await again.changedSince(Date.now() + 60_000)).size).toBe(0)
  })

  test('names that differ in case alone are of different stories, or of the same one', async () => {
    const { open, texts } = await make()
    const archive = await archiveIn(open())
    const [one, other] = [`${DAY}/${DAY}-1-Covid.md`, `${DAY}/${DAY}-2-COVID.md`] as const
    expect(await Promise.all([archive.create(one, 'a'), archive.create(other, 'b')])).toEqual(['written', 'written'])
    expect(await archive.create(`${DAY}/${DAY}-1-COVID.md`, 'c')).toBe('exists')
    expect(await archive.revise(one, 'd', { read: 'a', isOwn: false })).toBe(2)
    expect(await archive.find({ id: '1', day: DAY })).toBe(one)
    expect(await texts()).toMatchObject({ [one]: 'd', [other]: 'b' })
  })

  test('a former text is kept, the first and the newest, and what is someone’s own for good', async () => {
    const { open } = await make()
    const archive = await archiveIn(open())
    await archive.create(PATH, '0')
    for (let n = 1; n <= 6; n += 1) await archive.revise(PATH, `${n}`, { read: `${n - 1}`, isOwn: n === 3 })
    const kept = await archive.revisions(PATH)
    expect(kept.map(({ number, isKept }) => [number, isKept])).toEqual([
      [1, false],
      [3, true],
      [5, false],
      [6, false],
    ])
    expect(await Promise.all(kept.map((one) => archive.formerText(one)))).toEqual(['0', '2', '4', '5'])
    expect(await archive.readText(PATH)).toBe('6')
  })

  test('what another program wrote is not written over', async () => {
    const { open, plant } = await make()
    const archive = await archiveIn(open())
    await archive.create(PATH, 'one')
    await plant(PATH, 'a note')
    expect(await archive.revise(PATH, 'two', { read: 'one', isOwn: false })).toBe('changed')
    expect(await archive.read(PATH)).toBe('a note')
    await plant(`${DAY}/${DAY}-5.md`, 'theirs')
    expect(await archive.create(`${DAY}/${DAY}-5.md`, 'mine')).toBe('exists')
    expect(await archive.read(`${DAY}/${DAY}-5.md`)).toBe('theirs')
  })

  test('a story whose name is too long is kept under a shorter one', async () => {
    const archive = await archiveIn((await make()).open())
    expect(await archive.create(`${DAY}/${DAY}-5-${'长'.repeat(100)}.md`, 'text')).toBe('written')
    expect(await archive.find({ id: '5', day: DAY })).toMatch(new RegExp(`^${DAY}/${DAY}-5-长{20,60}\\.md$`))
  })

  test('a story of no day is found, by the index and without it', async () => {
    const { open } = await make()
    const unknown = { id: HASH, day: null }
    const archive = await archiveIn(open())
    expect(await archive.find(unknown)).toBeNull()
    await archive.create(`${DAY}/${DAY}-${HASH}.md`, 'text')
    await archive.create(PATH, 'text')
    await archive.close()
    expect(await (await archiveIn(open())).find(unknown)).toBe(`${DAY}/${DAY}-${HASH}.md`)
    expect(await (await archiveIn(open())).find({ id: STORY.id, day: null })).toBe(PATH)
    await open().remove('.zaobao/undated.json')
    expect(await (await archiveIn(open())).find(unknown)).toBe(`${DAY}/${DAY}-${HASH}.md`)
  })

  test('what is no file is refused, and named by a survey', async () => {
    const { open, plant } = await make()
    const archive = await archiveIn(open())
    await plant(PATH, null)
    await plant('2021-11-12', null)
    await plant(`${DAY}/a.png`, '')
    expect(await archive.find(STORY)).toBeNull()
    await expect(archive.read(PATH)).rejects.toThrow(StoryError)
    await expect(archive.create(PATH, 'text')).rejects.toThrow(StoryError)
    await expect(archive.create('2021-11-12/2021-11-12-1.md', 'text')).rejects.toThrow(ArchiveError)
    const { store } = archive
    expect(await surveyFolder(store, '', Date.now(), true)).toMatchObject({ odd: ['2021-11-12'], leftovers: [] })
    expect(await surveyFolder(store, DAY, Date.now(), true)).toMatchObject({ odd: [PATH.slice(11)], documents: [] })
    expect(await surveyBelow(store, '.zaobao', Date.now(), true)).toEqual({ leftovers: [], refused: [] })
    expect([await hasPicture(store, DAY, 'a.png?1'), await hasPicture(store, DAY, '../../a.png')]).toEqual([
      true,
      false,
    ])
  })

  test('an archive that is gone is not made anew', async () => {
    const { open, vanish } = await make()
    const store = open()
    const archive = await archiveIn(store)
    await vanish()
    await expect(archive.create(PATH, 'text')).rejects.toThrow(/the folder is gone/)
    await expect(openJournal(store, silent).append(entry('1'))).rejects.toThrow(ArchiveError)
    expect([await store.exists(), await archive.days()]).toEqual([false, []])
  })

  test('an archive of a newer layout, and one that is opened for reading, take nothing', async () => {
    const { open, plant } = await make()
    await expect((await archiveIn(open(), silent, false)).create(PATH, 'text')).rejects.toThrow(ArchiveError)
    await plant('.zaobao/layout', '2\n')
    await expect(archiveIn(open())).rejects.toThrow(/its layout is 2/)
    await expect(acquireLock(open(), lockOptions(0))).rejects.toThrow(/its layout is 2/)
  })

  test('the journal gives the last entry of each story, and the former ones', async () => {
    const { open } = await make()
    const journal = openJournal(open(), silent)
    await Promise.all(['1', '2', '3'].map((id) => journal.append(entry(id))))
    await journal.append(entry('1', { revision: 2, digest: 'e' }))
    for (const reader of [journal, openJournal(open(), silent)]) {
      expect([...(await reader.latest(DAY)).keys()].toSorted()).toEqual(['1', '2', '3'])
      expect((await reader.former(DAY)).get('1')).toMatchObject([{ revision: 1 }])
      expect(await reader.days()).toEqual([DAY])
    }
  })

  test('the state comes back, and what waits with its text; the same is not written again', async () => {
    const given = await make()
    const state = await openState(given.open(), silent)
    await state.save(EMPTY_STATE)
    expect(await given.texts()).toEqual({})
    await state.save(WAITING)
    const again = await openState(given.open(), silent)
    expect(await again.textOf('1')).toBe('<p>甲</p>')
    expect((await readState(given.open(), silent)).queue).toHaveLength(1)
    await again.save(EMPTY_STATE)
    expect(Object.keys(await given.texts())).toEqual(['.zaobao/state.copy.json', '.zaobao/state.json'])
  })

  test('a run that waits for the lock and a text that waits for its page do not meet', async () => {
    const { open, plant } = await make()
    await plant('.zaobao/waiting', '')
    const lock = await acquireLock(open(), lockOptions(0))
    await expect(acquireLock(open(), lockOptions(5))).rejects.toThrow(TryLaterError)
    expect(await lock.letOthersIn()).toBe(false)
    const state = await openState(open(), silent)
    await state.save(WAITING)
    expect(await state.textOf('1')).toBe('<p>甲</p>')
    await expect(acquireLock(open(), lockOptions(5))).rejects.toThrow(TryLaterError)
    await lock.release()
  })

  test('kept pages are given back, the oldest go, and one that is damaged is passed over', async () => {
    const { open, plant } = await make()
    const said: string[] = []
    const archive = await archiveIn(open(), (line) => said.push(line))
    const page = { url: 'https://a.example/', foundAt: '', contentType: null, fetched: '', body: Buffer.from('<p>') }
    await archive.keepPage({ ...page, id: '1' }, 1e6)
    await archive.keepPage({ ...page, id: '2' }, 1)
    await plant('.zaobao/pages/3.gz', 'no gzip')
    const ids: string[] = []
    for await (const { id } of archive.keptPages('stories')) ids.push(id)
    expect({ ids, said: said.length }).toEqual({ ids: ['2'], said: 2 })
    await archive.dropPage('2')
    await archive.dropPage('2')
    for await (const { id } of archive.keptPages('stories')) ids.push(id)
    expect(ids).toEqual(['2'])
  })

  test('the lock is of one run, which lets in those that wait', async () => {
    const { open } = await make(false)
    const long = await acquireLock(open(), lockOptions(0))
    await expect(acquireLock(open(), lockOptions(0))).rejects.toThrow(TryLaterError)
    expect(await long.letOthersIn()).toBe(false)
    const short = acquireLock(open(), lockOptions(60_000)).then((lock) => lock.release())
    while (!(await long.letOthersIn())) await lockOptions(0).sleep(5)
    await short
    await long.release()
    await (await acquireLock(open(), lockOptions(0))).release()
  })
})
