import { spawnSync } from 'node:child_process'
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openArchive } from '../../src/edge/archive/archive.ts'
import { call, folder } from '../support/program.ts'
import { storeAt } from '../support/store.ts'
import { madeStory } from './support/documents.ts'
import { treeOf } from './support/folder.ts'

const one = madeStory(1)
const name = (id: number, rest = '奇'): string => `${one.day}/${one.day}-${id}-${rest}.md`

let home: ReturnType<typeof folder>
let archive: string

beforeEach(() => {
  home = folder()
  archive = join(home.path, 'archive')
  mkdirSync(join(archive, one.day), { recursive: true })
  writeFileSync(join(archive, one.path), one.text)
})
afterEach(() => home.remove())

const look = (...args: string[]) => call(args, { cwd: home.path })

test('pipes, devices, links, folders and foreign bytes in place of stories are a line each; nothing waits, nothing is lost', async () => {
  expect(spawnSync('mkfifo', [join(archive, name(1)), join(archive, '2020-01-01')]).status).toBe(0)
  symlinkSync('/dev/zero', join(archive, name(2)))
  mkdirSync(join(archive, name(3)))
  writeFileSync(join(archive, name(4)), Buffer.from('\ufeff---\n', 'utf16le'))
  writeFileSync(join(archive, name(5)), Buffer.alloc(3000))
  mkdirSync(join(archive, '2020-01-02'))
  for (const args of [['verify'], ['verify', '--fix'], ['export']]) {
    const { code, stderr } = await look(...args)
    expect(code).toBe(1)
    for (const path of ['2020-01-01', ...[1, 2, 3, 4, 5].map((id) => name(id))]) {
      expect(stderr.split('\n').filter((line) => line.includes(path))).toHaveLength(1)
    }
  }
  expect((await look('status')).code).toBe(0)
  const taken = await look('import', 'archive', '--archive', 'other')
  expect(taken).toMatchObject({ code: 1, stderr: expect.stringContaining('1 written') })
  expect((await treeOf(join(home.path, 'other')))[one.path]).toBe(one.text)
})

test('a name in capitals is a name', async () => {
  renameSync(join(archive, one.path), join(archive, one.path.replace(/\.md$/, '.MD')))
  expect(await look('verify')).toMatchObject({ code: 0, stderr: 'verify: 1 story, nothing wrong\n' })
  expect((await look('export')).stdout).toContain(`"id":"${one.id}"`)
})

test('a story that iCloud took off the machine is there: named, neither made anew nor passed over', async () => {
  const place = join(archive, one.path)
  renameSync(place, join(dirname(place), `.${basename(place)}.icloud`))
  const before = await treeOf(archive)
  const line = `archive/${one.path}: unreadable: is in iCloud alone; have it downloaded, then run again\n`
  for (const args of [['verify'], ['verify', '--fix']]) {
    const { code, stderr } = await look(...args)
    expect({ code, first: stderr.slice(0, stderr.indexOf('\n') + 1) }).toEqual({ code: 1, first: line })
  }
  expect(await look('export')).toMatchObject({ code: 1, stderr: expect.stringContaining('is in iCloud alone') })
  expect(await look('import', 'archive', '--archive', 'other')).toMatchObject({
    stderr: expect.stringContaining(`${basename(one.path)}.icloud: left alone: is in iCloud alone`),
  })
  const held = await openArchive(storeAt(archive), { write: true, keepRevisions: 1, report: () => undefined })
  expect(await held.find({ id: one.id, day: one.day })).toBe(one.path)
  expect(await held.create(one.path, one.text)).toBe('exists')
  const after = Object.entries(await treeOf(archive)).filter(([path]) => !path.startsWith('.zaobao/'))
  expect(Object.fromEntries(after)).toEqual(before)
})
