import { appendFile, link, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { JournalEntry } from '../../src/core/archive/journal.ts'
import { openJournal } from '../../src/edge/archive/journal.ts'
import { storeAt } from '../support/store.ts'
import { ArchiveError } from '../../src/errors.ts'
import { freshFolder } from './support/folder.ts'

const day = '2021-11-10'

function entry(id: string, over: Partial<JournalEntry> = {}): JournalEntry {
  return {
    id,
    path: `${day}/${day}-${id}-标题.md`,
    status: 'written',
    fetched: '2021-11-10T08:00:00.000Z',
    updated: null,
    bylines: ['某记者'],
    keywords: [],
    revision: 1,
    seen: { list: 'a' },
    validators: null,
    origin: 'page',
    digest: 'd',
    ...over,
  }
}

async function journalFile(root: string): Promise<string> {
  await mkdir(join(root, '.zaobao', 'journal'), { recursive: true })
  return join(root, '.zaobao', 'journal', `${day}.ndjson`)
}

describe('the journal', () => {
  test('gives the last entry of each story, with what each source showed', async () => {
    const root = await freshFolder()
    const journal = openJournal(storeAt(root), () => undefined)
    await journal.append(entry('1'))
    await journal.append(entry('2'))
    await journal.append(entry('1', { status: 'revised', revision: 2, seen: { feed: 'b' } }))
    for (const reader of [journal, openJournal(storeAt(root), () => undefined)]) {
      const latest = await reader.latest(day)
      expect([...latest.keys()]).toEqual(['1', '2'])
      expect(latest.get('1')).toEqual(entry('1', { status: 'revised', revision: 2, seen: { list: 'a', feed: 'b' } }))
    }
  })

  test('takes appends at once', async () => {
    const root = await freshFolder()
    const journal = openJournal(storeAt(root), () => undefined)
    await Promise.all(Array.from({ length: 30 }, (_, n) => journal.append(entry(String(n)))))
    expect((await openJournal(storeAt(root), () => undefined).latest(day)).size).toBe(30)
  })

  test('takes appends of several days at once, those of a day in order', async () => {
    const root = await freshFolder()
    const journal = openJournal(storeAt(root), () => undefined)
    const other = (id: string) => entry(id, { path: `2021-11-11/2021-11-11-${id}-标题.md` })
    await Promise.all(['1', '2', '3'].flatMap((id) => [journal.append(entry(id)), journal.append(other(id))]))
    for (const one of [day, '2021-11-11']) {
      const text = await readFile(join(root, '.zaobao', 'journal', `${one}.ndjson`), 'utf8')
      expect(text.match(/"id":"\d"/g)).toEqual(['"id":"1"', '"id":"2"', '"id":"3"'])
    }
  })

  test('tells each append that failed, and takes the next', async () => {
    const root = await freshFolder()
    const file = await journalFile(root)
    await mkdir(file)
    const journal = openJournal(storeAt(root), () => undefined)
    const both = await Promise.allSettled([journal.append(entry('1')), journal.append(entry('2'))])
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    const elsewhere = entry('3', { path: '2021-11-11/2021-11-11-3-标题.md' })
    await journal.append(elsewhere)
    expect([...(await journal.latest('2021-11-11')).keys()]).toEqual(['3'])
  })

  test('passes over a line that a dead run left torn, and the next line is whole', async () => {
    const root = await freshFolder()
    await openJournal(storeAt(root), () => undefined).append(entry('1'))
    await appendFile(await journalFile(root), JSON.stringify(entry('2')).slice(0, 50))
    await openJournal(storeAt(root), () => undefined).append(entry('3'))
    const lines: string[] = []
    expect([...(await openJournal(storeAt(root), (line) => lines.push(line)).latest(day)).keys()]).toEqual(['1', '3'])
    expect(lines).toEqual([expect.stringContaining('1 damaged line passed over')])
  })

  test.each([
    ['in the middle', (first: string, last: string) => `${first}\ngarbage\n${last}\n`],
    ['torn at the end', (first: string, last: string) => `${first}\n${last}\n${first.slice(0, 40)}`],
    ['of a merge', (first: string, last: string) => `<<<<<<< HEAD\n${first}\n=======\n${last}\n>>>>>>> other\n`],
  ])('is rid of a damaged line %s by the first that holds the lock, and says so once', async (_, make) => {
    const root = await freshFolder()
    const file = await journalFile(root)
    const text = make(JSON.stringify(entry('1')), JSON.stringify(entry('2')))
    await writeFile(file, text)
    const lines: string[] = []
    const look = async (mends: boolean): Promise<string[]> => {
      lines.length = 0
      const journal = openJournal(storeAt(root), (line) => lines.push(line), mends)
      expect([...(await journal.latest(day)).keys()]).toEqual(['1', '2'])
      return [...lines]
    }
    expect(await look(false)).toEqual([expect.stringContaining('passed over')])
    expect(await readFile(file, 'utf8')).toBe(text)
    expect(await look(true)).toEqual([expect.stringContaining('passed over')])
    expect(await look(true)).toEqual([])
    expect(await readFile(file.replace('.ndjson', '.damaged'), 'utf8')).toBe(text)
  })

  test.each([
    ['no JSON', 'garbage'],
    ['another shape', '{"id":"9"}'],
    ['a number', '7'],
    ['zeros after a power cut', '\0\0\0\0'],
    ['a field of another type', JSON.stringify({ ...entry('9'), seen: { list: 1 } })],
    ['a path above its day', JSON.stringify(entry('9', { path: `${day}/../../${day}-9.md` }))],
    ['a path around its day', JSON.stringify(entry('9', { path: `${day}/../${day}/${day}-9.md` }))],
    ['an absolute path', JSON.stringify(entry('9', { path: `/${day}/${day}-9.md` }))],
    ['a path below a folder', JSON.stringify(entry('9', { path: `${day}/${day}-9-x/y.md` }))],
    ['a path of another day', JSON.stringify(entry('9', { path: `2021-11-11/2021-11-11-9.md` }))],
    ['a path with a backslash', JSON.stringify(entry('9', { path: `${day}\\..\\${day}-9.md` }))],
    ['a path with a backslash within its name', JSON.stringify(entry('9', { path: `${day}/${day}-9-..\\x.md` }))],
    ['a path with NUL', JSON.stringify(entry('9', { path: `${day}/${day}-9-\0.md` }))],
    ['a path of another story', JSON.stringify(entry('9', { path: `${day}/${day}-8.md` }))],
    ['a path of no story', JSON.stringify(entry('9', { path: `${day}/notes.md` }))],
    ['a day alone', JSON.stringify(entry('9', { path: day }))],
    ['no path', JSON.stringify(entry('9', { path: '' }))],
    ['an id that is none', JSON.stringify(entry('../9', { path: `${day}/${day}-9.md` }))],
    ['an address that is a path', JSON.stringify(entry('9', { url: '../../x' }))],
    ['an address that runs something', JSON.stringify(entry('9', { url: 'javascript:alert(1)' }))],
  ])('passes over a line of %s', async (_, line) => {
    const root = await freshFolder()
    await writeFile(await journalFile(root), `${line}\n${JSON.stringify(entry('1'))}\n`)
    expect([...(await openJournal(storeAt(root), () => undefined).latest(day)).keys()]).toEqual(['1'])
  })

  test('is empty where there is none, and makes nothing by being read', async () => {
    const root = await freshFolder()
    expect((await openJournal(storeAt(root), () => undefined).latest(day)).size).toBe(0)
    expect((await openJournal(storeAt(root), () => undefined).latest('../../etc')).size).toBe(0)
    await expect(stat(join(root, '.zaobao'))).rejects.toThrow('ENOENT')
  })

  test('does not grow for ever by rechecks of the same stories', async () => {
    const root = await freshFolder()
    const file = await journalFile(root)
    await writeFile(file, `${JSON.stringify(entry('1'))}\n`.repeat(500))
    await openJournal(storeAt(root), () => undefined).append(entry('1', { status: 'unchanged', seen: { feed: 'c' } }))
    const text = await readFile(file, 'utf8')
    expect(text.trimEnd().split('\n')).toHaveLength(1)
    expect(JSON.parse(text)).toEqual(entry('1', { status: 'unchanged', seen: { list: 'a', feed: 'c' } }))
  })

  test('in an edit war remembers the last texts, and does not grow for ever either', async () => {
    const root = await freshFolder()
    const file = await journalFile(root)
    const line = (n: number): string => `${JSON.stringify(entry('1', { revision: n, digest: `d${n}` }))}\n`
    await writeFile(file, Array.from({ length: 600 }, (_, n) => line(n + 1)).join(''))
    const journal = openJournal(storeAt(root), () => undefined)
    await journal.append(entry('1', { revision: 601, digest: 'd601' }))
    const kept = (await readFile(file, 'utf8')).trimEnd().split('\n')
    expect(kept.map((text) => (JSON.parse(text) as JournalEntry).revision)).toEqual([598, 599, 600, 601])
    const former = await openJournal(storeAt(root), () => undefined).former(day)
    expect(former.get('1')?.map(({ revision }) => revision)).toEqual([598, 599, 600])
  })

  test('that a backup of hard links shares is written anew: the backup stays as it was', async () => {
    const root = await freshFolder()
    const file = await journalFile(root)
    const before = `${JSON.stringify(entry('1'))}\n{"torn`
    await writeFile(file, before)
    const backup = join(await freshFolder(), 'backup')
    await link(file, backup)
    await openJournal(storeAt(root), () => undefined).append(entry('2'))
    expect(await readFile(backup, 'utf8')).toBe(before)
    expect(await readFile(file, 'utf8')).toBe(`${before}\n${JSON.stringify(entry('2'))}\n`)
    await openJournal(storeAt(root), () => undefined).append(entry('3'))
    expect((await openJournal(storeAt(root), () => undefined).latest(day)).size).toBe(3)
    expect(await readFile(backup, 'utf8')).toBe(before)
  })

  test('is not written through a planted link', async () => {
    const root = await freshFolder()
    const outside = join(await freshFolder(), 'file')
    await writeFile(outside, 'theirs')
    await symlink(outside, await journalFile(root))
    await expect(openJournal(storeAt(root), () => undefined).append(entry('1'))).rejects.toThrow(ArchiveError)
    expect(await readFile(outside, 'utf8')).toBe('theirs')
  })
})
