import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { verify } from '../../src/commands/verify.ts'
import { idOfName, isByproduct, ownNameOf } from '../../src/core/archive/path.ts'
import { openArchive } from '../../src/edge/archive/archive.ts'
import { storeAt } from '../support/store.ts'
import { testIo } from '../support/io.ts'
import { freshFolder } from './support/folder.ts'
import { madeStory } from './support/documents.ts'

const one = madeStory(1)
const name = one.path.slice(11)
const stem = name.slice(0, -'.md'.length)

const COPIES = [
  ...[' (1)', ' (2)', ' 2', ' 3', ' copy', ' copy 2', ' - Copy', ' - 副本', ' - Copy (2)', '的副本', ' 拷贝', '(1)'],
  ...['-DESKTOP-4F7K2QX', '-MacBook-Air', '-laptop-2', '_conflict-20211110-120000', ' (Case Conflict)'],
  ...[' (conflicted copy 2021-11-10 120000)', " (Mei's conflicted copy 2021-11-10)", ' (冲突副本 2021-11-10)'],
  ...['.sync-conflict-20211110-120000-ABCDEFG', '.conflicted-copy', '~1', '.orig', '.BACKUP.123'],
].map((mark) => `${stem}${mark}.md`)

async function archiveOf(files: Record<string, string>): Promise<string> {
  const root = await freshFolder()
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return root
}

const journalOf = (path: string) =>
  `${JSON.stringify({
    ...{ id: idOfName(path.slice(11)), path, status: 'written', fetched: '2021-11-11T00:00:00.000Z', updated: null },
    ...{ bylines: [], keywords: [], revision: 1, seen: {}, validators: null, origin: 'page', digest: 'x' },
  })}\n`
const day = one.path.slice(0, 10)

describe('a copy that a sync program left', () => {
  test.each(COPIES)('%s is not the story', async (copy) => {
    const root = await archiveOf({ [one.path]: one.text, [`${day}/${copy}`]: one.text })
    const archive = await openArchive(storeAt(root), {
      write: false,
      keepRevisions: 1,
      report: () => undefined,
    })
    expect(await archive.find({ id: idOfName(name) ?? '', day })).toBe(one.path)
    const looked = testIo(root)
    const options = { archive: root, json: true, quiet: true, wait: 0, exclude: [] }
    expect(await verify({ ...options, fix: false }, looked)).toBe(1)
    expect(looked.out.join('')).toContain(JSON.stringify(`${day}/${copy}`).slice(1, -1))
    expect(await verify({ ...options, fix: true }, testIo(root))).toBe(0)
    expect(await readdir(join(root, day))).toEqual([name])
    expect(await readFile(join(root, one.path), 'utf8')).toBe(one.text)
  })

  test('several of them leave the story', async () => {
    const files = Object.fromEntries(COPIES.map((copy) => [`${day}/${copy}`, one.text]))
    const root = await archiveOf({ ...files, [one.path]: one.text })
    const options = { archive: root, json: true, quiet: true, wait: 0, exclude: [] }
    expect(await verify({ ...options, fix: true }, testIo(root))).toBe(0)
    expect(await readdir(join(root, day))).toEqual([name])
  })

  test('the file that the journal names is the story, however long its name', async () => {
    const [copy = ''] = COPIES
    const root = await archiveOf({
      [one.path]: one.text,
      [`${day}/${copy}`]: one.text,
      [`.zaobao/journal/${day}.ndjson`]: journalOf(`${day}/${copy}`),
    })
    const archive = await openArchive(storeAt(root), {
      write: false,
      keepRevisions: 1,
      report: () => undefined,
    })
    expect(await archive.find({ id: idOfName(name) ?? '', day })).toBe(`${day}/${copy}`)
  })
})

test.each([
  [['a-b.md', 'a.md'], null, 'a.md'],
  [['a-b.md', 'a.md'], 'a-b.md', 'a-b.md'],
  [['a-b.md', 'a.md'], 'gone.md', 'a.md'],
  [['b.md', 'a.md'], null, 'a.md'],
  [[], 'a.md', null],
])('of %j, %j noted, the own is %j', (names, noted, expected) => {
  expect(ownNameOf(names, noted)).toBe(expected)
})

test.each([
  ...[`._${name}`, `.${name}.swp`, `.#${name}`, `~$${name}`, '.DS_Store', `.~lock.${name}#`, `.syncthing.${name}.tmp`],
  ...[`${name}~`, `${name}.icloud`, 'Thumbs.db', 'desktop.ini', `#${name}#`, `.${name}.icloud`, '.nfs000012.md'],
])('%s is nothing to verify', async (byproduct) => {
  const root = await archiveOf({ [one.path]: one.text, [`${day}/${byproduct}`]: 'x', [byproduct]: 'x' })
  const io = testIo(root)
  expect(await verify({ archive: root, fix: false, json: false, quiet: true, wait: 0, exclude: [] }, io)).toBe(0)
  expect(io.err).toEqual([])
  expect(isByproduct(name)).toBe(false)
})
