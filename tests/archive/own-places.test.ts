import { execFileSync } from 'node:child_process'
import { lstat, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { exportStories } from '../../src/commands/export.ts'
import { verify } from '../../src/commands/verify.ts'
import { openJournal } from '../../src/edge/archive/journal.ts'
import { storeAt } from '../support/store.ts'
import { madeStory } from './support/documents.ts'
import { freshFolder } from './support/folder.ts'
import { watchedIo } from './support/io.ts'

const one = madeStory(1)
const FILES = ['.gitignore', 'layout', 'lock.waiting', 'state.json', 'state.copy.json', 'undated.json']
const FOLDERS = ['journal', 'pages', 'revisions', 'robots', 'waiting']

async function put(kind: string, path: string): Promise<void> {
  await rm(path, { recursive: true, force: true })
  await mkdir(kind === 'folder' ? path : dirname(path), { recursive: true })
  if (kind === 'folder') await writeFile(join(path, 'mine'), 'mine')
  else if (kind === 'file') await writeFile(path, 'mine')
  else if (kind === 'link') await symlink('/nowhere', path)
  else execFileSync('mkfifo', [path])
}

async function verified(root: string, fix: boolean): Promise<{ code: number; out: string; words: string }> {
  const io = watchedIo()
  const code = await verify({ archive: root, fix, json: true, quiet: true, wait: 0, exclude: [] }, io)
  return { code, out: io.out, words: io.words }
}

const CASES = [
  ...FILES.flatMap((place) => ['folder', 'link', 'pipe'].map((kind) => [kind, place] as const)),
  ...FOLDERS.flatMap((place) => ['file', 'link', 'pipe'].map((kind) => [kind, place] as const)),
].filter(([kind, place]) => !(kind === 'file' && place === 'waiting'))

test.each(CASES)(
  'a %s in the place of .zaobao/%s is named, set aside by who writes, and stops nothing',
  async (kind, place) => {
    const root = await freshFolder()
    await put('file', join(root, one.path))
    await writeFile(join(root, one.path), one.text)
    await put(kind, join(root, '.zaobao', place))
    const before = await verified(root, false)
    expect([before.code, before.words]).toEqual([1, ''])
    expect(JSON.parse(before.out)).toMatchObject({ path: `.zaobao/${place}`, problem: 'link' })
    const fixed = await verified(root, true)
    expect([fixed.code, fixed.words]).toEqual([
      0,
      expect.stringMatching(/^\S+ is damaged [^\n]+ set aside as [^\n]+\n$/),
    ])
    const aside = join(root, '.zaobao', `${place}.damaged-1`)
    const found = await lstat(aside)
    expect({
      file: found.isFile(),
      folder: found.isDirectory(),
      link: found.isSymbolicLink(),
      pipe: found.isFIFO(),
    }).toMatchObject({
      [kind]: true,
    })
    if (kind === 'folder') expect(await readdir(aside)).toEqual(['mine'])
    if (kind === 'file') expect(await readFile(aside, 'utf8')).toBe('mine')
    expect(await verified(root, true)).toEqual({ code: 0, out: '', words: '' })
  },
)

test('what is set aside never takes the place of what was set aside before', async () => {
  const root = await freshFolder()
  await put('file', join(root, one.path))
  await writeFile(join(root, one.path), one.text)
  for (let n = 1; n <= 8; n += 1) {
    await put('folder', join(root, '.zaobao', 'state.json'))
    expect((await verified(root, true)).code).toBe(0)
  }
  const names = await readdir(join(root, '.zaobao'))
  expect(names.filter((name) => name.startsWith('state.json.damaged-'))).toHaveLength(8)
})

test.each(['folder', 'link'])(
  "a %s in the place of a day's journal: the stories are exported without its notes, one line says it",
  async (kind) => {
    const root = await freshFolder()
    const [two, file] = [madeStory(5), join(root, '.zaobao', 'journal', `${one.day}.ndjson`)]
    for (const { path, text } of [one, two]) {
      await put('file', join(root, path))
      await writeFile(join(root, path), text)
    }
    expect(two.day).toBe(one.day)
    await put(kind, file)
    const io = watchedIo()
    const asked = { archive: root, since: null, until: null, revisions: true }
    expect(await exportStories([], asked, io)).toBe(0)
    expect(io.out.trimEnd().split('\n')).toHaveLength(2)
    expect(io.words).toMatch(/^\S+\.ndjson: passed over: cannot read [^\n]+\n$/)
    const lines: string[] = []
    expect((await openJournal(storeAt(root), (line) => lines.push(line), true).latest(one.day)).size).toBe(0)
    expect(lines).toEqual([expect.stringContaining('set aside as')])
  },
)
