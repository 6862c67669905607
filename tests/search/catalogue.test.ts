import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, onTestFinished, vi } from 'vitest'
import { entryOfFile } from '../../src/core/archive/journal.ts'
import { sha256 } from '../../src/core/hash.ts'
import { parseQuery } from '../../src/core/search/query.ts'
import { UTC } from '../../src/core/time.ts'
import { sectionPlaces } from '../../src/sites/publishers.ts'
import { openArchive } from '../../src/edge/archive/archive.ts'
import { openJournal } from '../../src/edge/archive/journal.ts'
import { keepCatalogue } from '../../src/edge/catalogue/keep.ts'
import { openSqlite } from '../../src/edge/catalogue/sqlite.ts'
import { acquireLock } from '../../src/edge/archive/version.ts'
import { search } from '../../src/pipeline/search/search.ts'
import { madeStory } from '../archive/support/documents.ts'
import { testIo } from '../support/io.ts'
import { call, clockMs, folder, program, start } from '../support/program.ts'
import { storeAt } from '../support/store.ts'

const LONG_AGO = new Date('2021-12-01T00:00:00Z')

let home: ReturnType<typeof folder>
let root = ''
let catalogue = ''

beforeEach(() => {
  home = folder()
  root = join(home.path, 'archive')
  catalogue = join(root, '.zaobao', 'catalogue.db')
})
afterEach(() => home.remove())

/** Writes a story's file as another program does, and says what the folder's time is then. */
function write(n: number, text: string, over: { day?: string; at?: Date } = {}): string {
  const { path, text: whole, day } = madeStory(n, { title: `第${n}则`, markdown: text, day: over.day ?? '2021-11-10' })
  mkdirSync(join(root, day), { recursive: true })
  writeFileSync(join(root, path), whole)
  settle(day, over.at)
  return path
}

const settle = (day: string, at = LONG_AGO): void => utimesSync(join(root, day), at, at)

function foldersKnown(): unknown[] {
  const db = openSqlite(catalogue)
  const rows = db.prepare('select day, modified from folder order by day').all()
  db.close()
  return rows.map((row) => ({ ...row }))
}

async function found(query: string, ...options: string[]): Promise<string> {
  const { stdout, stderr } = await call(['search', query, '--json', ...options], { cwd: home.path })
  const hits =
    stdout === ''
      ? []
      : stdout
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as { title: string })
  return [...hits.map(({ title }) => title), ...(stderr === '' ? [] : [stderr.trimEnd()])].join(' ')
}

describe('what changed in the archive is seen by the next search', () => {
  beforeEach(async () => {
    write(1, '大桥昨天合龙。')
    write(2, '大桥明年通车。', { day: '2021-11-11' })
    expect(await found('大桥')).toBe('第2则 第1则')
  })

  test('a story that is new, or other, or gone', async () => {
    write(3, '大桥收费。', { day: '2021-11-12' })
    expect(await found('大桥')).toBe('第3则 第2则 第1则')
    const path = write(2, '渡轮停航。', { day: '2021-11-11', at: new Date('2021-12-02') })
    expect([await found('大桥'), await found('渡轮')]).toEqual(['第3则 第1则', '第2则'])
    rmSync(join(root, path))
    settle('2021-11-11', new Date('2021-12-03'))
    rmSync(join(root, '2021-11-10'), { recursive: true })
    expect([await found('大桥'), await found('渡轮')]).toEqual(['第3则', ''])
  })

  test('by who searches again and again, once a look at the folders is older than it may be', async () => {
    const store = storeAt(root)
    const say = (line: string): never => expect.fail(line)
    const archive = await openArchive(store, { write: false, keepRevisions: 1, report: say })
    const keeper = keepCatalogue(store, say)
    onTestFinished(() => keeper.close())
    const io = testIo(home.path)
    let late = 0
    const titles = async (): Promise<string> => {
      const asked = { order: 'newest', limit: 9, before: null, most: null, all: false, within: 3000 } as const
      const query = parseQuery('大桥', { nowMs: 0, zone: UTC, sections: sectionPlaces() })!.query
      const source = { archive, journal: openJournal(store, say), say }
      const now = () => LONG_AGO.getTime() + 86_400_000 + late
      const { hits } = await search(query, asked, { keeper, source }, { ...io, now })
      return hits.map(({ title }) => title).join(' ')
    }
    expect(await titles()).toBe('第2则 第1则')
    write(3, '大桥收费。', { day: '2021-11-12' })
    late = 2999
    expect(await titles()).toBe('第2则 第1则')
    late = 3000
    expect(await titles()).toBe('第3则 第2则 第1则')
  })

  test('a file that was written in place, with --refresh; without, where its folder changed a moment ago', async () => {
    const path = write(1, '渡轮停航了。')
    expect(await found('渡轮')).toBe('')
    expect(await found('渡轮', '--refresh')).toBe('第1则')
    // Of the moment of the search itself, however long that takes.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
    onTestFinished(() => void vi.useRealTimers())
    settle('2021-11-10', new Date(clockMs()))
    expect(await found('渡轮')).toBe('第1则')
    writeFileSync(join(root, path), readFileSync(join(root, path), 'utf8').replace('渡轮', '缆车'))
    expect([await found('渡轮'), await found('缆车')]).toEqual(['', '第1则'])
  })

  test('a file of another text, as long and of the same time as before, where its folder changed, or with --refresh', async () => {
    const text = ['大桥昨天合龙。', '渡轮昨天停航。', '缆车昨天停驶。']
    const age = (path: string): void => utimesSync(join(root, path), LONG_AGO, LONG_AGO)
    // The clock that nobody sets back goes on, and what it says is no longer of this moment.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 })
    onTestFinished(() => void vi.useRealTimers())
    age(write(1, text[0]!))
    expect(await found('大桥', '--refresh')).toBe('第2则 第1则')
    age(write(1, text[1]!, { at: new Date('2021-12-02') }))
    expect([await found('大桥'), await found('渡轮')]).toEqual(['第2则', '第1则'])
    age(write(1, text[2]!, { at: new Date('2021-12-02') }))
    expect([await found('渡轮', '--refresh'), await found('缆车')]).toEqual(['', '第1则'])
  })

  test('what was noted of a story after its file, when its day is looked at, or with --refresh', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 })
    onTestFinished(() => void vi.useRealTimers())
    const { id, path } = madeStory(1, { title: '第1则', day: '2021-11-10' })
    const entry = entryOfFile({ id, path, url: '', fetched: '2021-12-01T00:00:00.000Z', revision: 1, text: '' })
    const note = (name: string): void => {
      mkdirSync(join(root, '.zaobao', 'journal'), { recursive: true })
      const line = JSON.stringify({ ...entry, origin: 'page', bylines: [name] })
      writeFileSync(join(root, '.zaobao', 'journal', '2021-11-10.ndjson'), `${line}\n`)
    }
    expect(await found('作者:林思远', '--refresh')).toBe('')
    note('林思远')
    expect(await found('作者:林思远', '--refresh')).toBe('第1则')
    note('陈若谷')
    settle('2021-11-10', new Date('2021-12-02'))
    expect(await found('作者:陈若谷')).toBe('第1则')
    rmSync(join(root, '.zaobao', 'journal'), { recursive: true })
    expect(await found('作者:陈若谷', '--refresh')).toBe('')
  })

  test('a former text that came to a story, with --refresh', async () => {
    const { id } = madeStory(1, { title: '第1则', day: '2021-11-10' })
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 })
    onTestFinished(() => void vi.useRealTimers())
    expect(await found('is:revised', '--refresh')).toBe('')
    const former = join(root, '.zaobao', 'revisions', '2021-11-10', id)
    mkdirSync(former, { recursive: true })
    writeFileSync(
      join(former, '1-kept.md'),
      madeStory(1, { title: '第1则', day: '2021-11-10', markdown: '从前。' }).text,
    )
    expect(await found('is:revised', '--refresh')).toBe('第1则')
  })

  test('and no other folder is looked into, whatever its name; nor is one of a day again, whose time has parts of a millisecond', async () => {
    for (const name of ['notes', '2021', '2021-11', '2021-11-1', '2021-11-100', 'x2021-11-10', 'a,b']) {
      const { path, text } = madeStory(7, { title: '别处', markdown: '大桥。' })
      mkdirSync(join(root, name))
      writeFileSync(join(root, name, path.slice(11)), text)
      utimesSync(join(root, name), LONG_AGO, LONG_AGO)
    }
    const whole = Date.UTC(2021, 11, 2)
    const seconds = whole / 1000 + 0.0006
    utimesSync(join(root, '2021-11-10'), seconds, seconds)
    expect(statSync(join(root, '2021-11-10')).mtimeMs % 1).not.toBe(0)
    expect(await found('大桥')).toBe('第2则 第1则')
    expect(foldersKnown()).toEqual([
      { day: '2021-11-10', modified: whole },
      { day: '2021-11-11', modified: LONG_AGO.getTime() },
    ])
    write(1, '渡轮停航了。')
    utimesSync(join(root, '2021-11-10'), seconds, seconds)
    expect([await found('大桥'), await found('渡轮')]).toEqual(['第2则 第1则', ''])
  })

  test('a story of another name', async () => {
    const path = madeStory(1, { title: '第1则', day: '2021-11-10' }).path
    renameSync(join(root, path), join(root, path.replace('第1则', '旧名')))
    settle('2021-11-10', new Date('2021-12-02'))
    expect(await found('大桥')).toBe('第2则 第1则')
  })

  test('a file that is no story is named once, and found when it is mended', async () => {
    const path = write(3, '大桥收费。', { day: '2021-11-12' })
    const text = readFileSync(join(root, path), 'utf8')
    writeFileSync(join(root, path), text.replace(/^layout.*$/m, 'layout: ['))
    utimesSync(join(root, path), LONG_AGO, LONG_AGO)
    expect(await found('大桥')).toMatch(/^第2则 第1则 archive\/2021-11-12\/.*第3则\.md: /)
    expect(await found('大桥')).toBe('第2则 第1则')
    writeFileSync(join(root, path), text)
    settle('2021-11-12', new Date('2021-12-02'))
    expect(await found('大桥')).toBe('第3则 第2则 第1则')
  })
})

describe('the catalogue can go at any time', () => {
  const DAYS = [10, 11, 12, 13].map((day) => `2021-11-${day}`)
  /** An archive and its catalogue, which a first search made. */
  let made: ReturnType<typeof folder>
  beforeAll(async () => {
    made = folder()
    home = made
    root = join(made.path, 'archive')
    for (let n = 1; n <= 60; n += 1) write(n, `大桥第${n}段合龙。`, { day: `2021-11-${10 + (n % 4)}` })
    expect(await count()).toEqual(right)
  })
  afterAll(() => made.remove())
  beforeEach(() => {
    cpSync(join(made.path, 'archive'), root, { recursive: true, preserveTimestamps: true })
    for (const day of DAYS) settle(day)
  })

  test('as it was copied, it is used as it is', async () => {
    const { mtimeMs, size } = statSync(catalogue)
    expect(await count()).toEqual(right)
    expect(statSync(catalogue)).toMatchObject({ mtimeMs, size })
  })

  // A process each: the package that stands in for node:sqlite closes a database when its statements are collected.
  const count = () => program(['search', '大桥', '--count'], { cwd: home.path })
  const right = { code: 0, stdout: '60\n', stderr: '' }

  test('deleted', async () => {
    rmSync(catalogue)
    expect(await count()).toEqual(right)
  })

  test('deleted while it is open: another is made in its place, which all have', async () => {
    const say = (line: string): never => expect.fail(line)
    const keeper = keepCatalogue(storeAt(root), say)
    onTestFinished(() => keeper.close())
    const days = () => keeper.use((open) => open.folders().size)
    expect(await days()).toBe(DAYS.length)
    rmSync(join(root, '.zaobao'), { recursive: true })
    expect(await days()).toBe(0)
    expect(await count()).toEqual(right)
    expect(await days()).toBe(DAYS.length)
  })

  test.each([
    ['emptied', () => truncateSync(catalogue, 0)],
    [
      'damaged in its head',
      () => {
        const bytes = readFileSync(catalogue)
        writeFileSync(catalogue, bytes.fill(1, 18, 20), { flag: 'r+' })
      },
    ],
  ])('%s while another process has it open', async (_, damage) => {
    const other = keepCatalogue(storeAt(root), (line) => expect.fail(line))
    onTestFinished(() => other.close())
    expect(await other.use((open) => open.folders().size)).toBe(DAYS.length)
    damage()
    const said: string[] = []
    const keeper = keepCatalogue(storeAt(root), (line) => said.push(line), 50)
    onTestFinished(() => keeper.close())
    expect(await keeper.use((open) => open.folders().size)).toBe(0)
    expect(said).toEqual([expect.stringContaining('is damaged')])
    expect(await other.use((open) => open.folders().size)).toBe(0)
  })

  test('of another version, which another schema has: with this digest the number changes too', () => {
    const db = openSqlite(catalogue)
    const number = db.prepare('pragma user_version').get()?.['user_version']
    const names = "'story', 'body', 'file', 'folder', 'words', 'file_day'"
    const tables = db.prepare(`select sql from sqlite_master where name in (${names}) order by name`).all()
    db.close()
    const schema = tables.map(({ sql }) => String(sql)).join('\n')
    expect({ number, digest: sha256(schema).slice(0, 12) }).toEqual({ number: 4, digest: '4bec58f281b1' })
  })

  test('of another version, or of another program', async () => {
    for (const sql of ['pragma user_version = 99', 'pragma application_id = 7; drop table folder']) {
      const db = openSqlite(catalogue)
      db.exec(`${sql}; update story set title = 'x'`)
      db.close()
      expect(await count()).toEqual(right)
      expect(await found('第7则')).toBe('第7则')
    }
  })

  test.each([
    ['nothing', () => writeFileSync(catalogue, 'nothing that SQLite knows '.repeat(500))],
    ['half', () => truncateSync(catalogue, Math.floor(statSync(catalogue).size / 8192) * 4096)],
    [
      'a table gone',
      () => {
        const db = openSqlite(catalogue)
        db.exec('drop table folder')
        db.close()
      },
    ],
    [
      'texts of stories that it does not have',
      () => {
        const db = openSqlite(catalogue)
        db.exec('delete from story; delete from file; delete from folder')
        db.close()
      },
    ],
    [
      'zeros',
      () => {
        const bytes = readFileSync(catalogue)
        writeFileSync(catalogue, bytes.fill(0, 4096))
      },
    ],
  ])('damaged (%s), which is said', async (_, damage) => {
    damage()
    const { code, stdout, stderr } = await count()
    expect({ code, stdout }).toEqual({ code: 0, stdout: '60\n' })
    expect(stderr).toMatch(/^the catalogue \S*catalogue\.db is damaged \(.+\); it is made anew\n$/)
  })

  test.each([
    ['a folder', () => mkdirSync(catalogue)],
    ['a link', () => symlinkSync(join(home.path, 'other.db'), catalogue)],
    ['a folder, of its log,', () => mkdirSync(`${catalogue}-wal`)],
  ])('where %s stands in its place, it is kept elsewhere for the run', async (_, plant) => {
    for (const end of ['', '-wal', '-shm']) rmSync(catalogue + end, { force: true })
    plant()
    const { code, stdout, stderr } = await count()
    expect({ code, stdout }).toEqual({ code: 0, stdout: '60\n' })
    const [, place = ''] =
      /cannot be kept in the archive \(.+\): it is kept in (\S+) for this run\n$/.exec(stderr) ?? []
    expect(place).not.toBe('')
    expect([existsSync(place), existsSync(join(home.path, 'other.db'))]).toEqual([false, false])
  })
})

test('a run that holds the archive is not waited for', async () => {
  write(1, '大桥昨天合龙。')
  const io = { now: Date.now, signal: new AbortController().signal, sleep: async () => undefined }
  const lock = await acquireLock(storeAt(root), { ...io, waitMs: 0, report: () => undefined })
  expect(await found('大桥')).toBe('第1则')
  await lock.release()
})

test('processes that make it at once, and one that is killed, leave it whole', async () => {
  for (let n = 1; n <= 120; n += 1)
    write(n, `大桥第${n}段合龙，${'渡轮复航。'.repeat(40)}`, { day: `2021-${10 + (n % 3)}-${10 + (n % 20)}` })
  const asked = ['search', '大桥', '--count']
  for (const afterMs of [0, 60]) {
    rmSync(join(root, '.zaobao'), { recursive: true, force: true })
    const { child, ended } = start(asked, { cwd: home.path })
    while (!existsSync(`${catalogue}-wal`) && child.exitCode === null) await delay(5)
    await delay(afterMs)
    child.kill('SIGKILL')
    await ended
    const all = await Promise.all([1, 2, 3].map(() => program(asked, { cwd: home.path })))
    expect(all).toEqual([1, 2, 3].map(() => ({ code: 0, stdout: '120\n', stderr: '' })))
  }
  const db = openSqlite(catalogue)
  expect(db.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
  db.exec("insert into words (words) values ('integrity-check')")
  expect(db.prepare('select count(*) as n from story').get()).toEqual({ n: 120 })
  db.close()
})

test('without SQLite, one line says what to do', async () => {
  write(1, '大桥昨天合龙。')
  appendFileSync(
    join(home.path, 'none.mjs'),
    "import { Module } from 'node:module'\nconst { _load } = Module\nModule._load = (name, ...rest) => {\n  if (/sqlite/.test(name)) throw new Error('none')\n  return _load(name, ...rest)\n}\n",
  )
  const { code, stdout, stderr } = await program(['search', '大桥'], {
    cwd: home.path,
    env: { NODE_OPTIONS: '--import=./none.mjs' },
  })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(
    /^zaobao-archiver: search needs SQLite with FTS5, .* use Node 22\.16 or later, or install the package @photostructure\/sqlite\n$/,
  )
})
