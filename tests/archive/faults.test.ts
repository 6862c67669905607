import { spawnSync } from 'node:child_process'
import { cp, mkdir, readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { figure } from '../support/figures.ts'
import { archiveRun } from './support/archive-run.ts'
import { freshFolder, treeOf } from './support/folder.ts'
import { bundleProgram, type Failing, failingProgram, run } from './support/program.ts'

let archiver = ''
let failing: Failing
let before = ''
let undisturbed: Record<string, string> = {}

beforeAll(async () => {
  archiver = await bundleProgram('archiver.ts')
  failing = await failingProgram('archiver.ts')
  before = await freshFolder()
  await run(archiver, [before, 'before'])
  const root = await freshFolder()
  await cp(before, root, { recursive: true })
  await run(archiver, [root])
  undisturbed = await treeOf(root)
})

/** Fails from call `n` on, or at it alone; what is wrong, `null` when nothing is. */
async function failsAt(n: number, env: Record<string, string>): Promise<string | null> {
  const root = await freshFolder()
  await cp(before, root, { recursive: true })
  try {
    const ended = await failing([root], { ...env, FAIL_AT: String(n) })
    const where = `call ${n} ${JSON.stringify(env)}`
    if (ended.code !== 4) return `${where} ended with ${ended.code}: ${ended.stderr}`
    if (!/^cannot [^\n]+ \([A-Z]+\)\n$/.test(ended.stderr)) return `${where} said ${ended.stderr}`
    for (const [path, text] of Object.entries(await treeOf(root))) {
      if (path.endsWith('.md') && text !== undisturbed[path] && text !== (await treeOf(before))[path]) {
        return `${where} left ${path} half written`
      }
    }
    const said: string[] = []
    const again = await archiveRun(root, 'run', (line) => said.push(line))
    if (again !== 0) return `after ${where} the next run ended with ${again}: ${said.join('')}`
    return JSON.stringify(await treeOf(root)) === JSON.stringify(undisturbed) ? null : `after ${where} the tree differs`
  } finally {
    await rm(root, { recursive: true })
  }
}

async function countCalls(ops: string): Promise<number> {
  const root = await freshFolder()
  await cp(before, root, { recursive: true })
  const counted = join(await freshFolder(), 'count')
  await failing([root], { FAIL_COUNT: counted, FAIL_OPS: ops })
  return Number(await readFile(counted, 'utf8'))
}

describe('a fault of the disk is one line and exit 4, and a run after the repair converges', () => {
  test.each([
    ['ENOSPC', 'open,write,mkdir', 'always', 9],
    ['EDQUOT', 'write', 'always', 10],
    ['EROFS', 'open,mkdir,rename,unlink', 'always', 17],
    ['EIO', 'sync', 'once', 7],
    ['EIO', 'rename', 'once', 7],
    ['EIO', 'write', 'always', 10],
    ['EMFILE', 'open', 'once', 17],
  ])('%s at %s, %s', async (code, ops, on, step) => {
    const count = await countCalls(ops)
    const wrong: string[] = []
    let points = 0
    for (let n = 1; n <= count; n += step) {
      points += 1
      const found = await failsAt(n, { FAIL_HOW: code, FAIL_OPS: ops, FAIL_ON: on })
      if (found !== null) wrong.push(found)
    }
    figure(`${code} at ${ops} (${on})`, `${points} points, ${wrong.length} failures`)
    expect(wrong).toEqual([])
  })
})

describe('names that the file system refuses', () => {
  test.each([
    ['longer than 60 bytes', '60', 'any', /^\d{4}-\d\d-\d\d-\d+-海湾大桥第\d+[^.]*\.md$/],
    ['longer than 60 bytes, told when the file is renamed', '60', 'rename', /^\d{4}-\d\d-\d\d-\d+-海[^.]*\.md$/],
    ['longer than 25 bytes', '25', 'any', /^\d{4}-\d\d-\d\d-\d+\.md$/],
    ['of Chinese letters', 'ascii', 'rename', /^\d{4}-\d\d-\d\d-\d+\.md$/],
  ])('%s are shortened, and no story is lost', async (_, names, at, form) => {
    const root = await freshFolder()
    const env = { FAIL_NAMES: names, FAIL_NAMES_AT: at }
    for (const phase of ['before', 'run', 'run']) {
      expect(await failing([root, phase], env)).toMatchObject({ code: 0, stderr: '' })
    }
    const written = Object.entries(await treeOf(root)).filter(([path]) => /^\d{4}-.*\.md$/.test(path))
    const texts = Object.entries(undisturbed).filter(([path]) => /^\d{4}-.*\.md$/.test(path))
    expect(written.map(([, text]) => text).toSorted(byText)).toEqual(texts.map(([, text]) => text).toSorted(byText))
    for (const [path] of written) expect(basename(path)).toMatch(form)
  })
})

const byText = (a: string, b: string): number => (a < b ? -1 : 1)

const mounted: string[] = []

/** A file system of its own, small as asked; `null` where this user may not mount. */
async function mountTmpfs(options: string): Promise<string | null> {
  const folder = join(await freshFolder(), 'disk')
  await mkdir(folder)
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status !== 0) return null
  mounted.push(folder)
  return folder
}

function remount(folder: string, options: string): void {
  expect(spawnSync('mount', ['-o', `remount,${options}`, folder]).status).toBe(0)
}

afterEach(() => {
  for (const folder of mounted.splice(0)) spawnSync('umount', [folder])
})

const mayMount = process.platform === 'linux' && process.getuid?.() === 0
if (!mayMount) process.stderr.write('tests/archive/faults: not root on Linux, no small disk is mounted\n')
else {
  describe('a small disk', () => {
    test.each([
      ['bytes', 'size=72k', 'no space or no inodes'],
      ['inodes', 'size=4m,nr_inodes=24', 'no space or no inodes'],
      ['rights to write', 'size=4m,ro', 'read-only'],
    ])('runs out of %s', async (_, options, message) => {
      const disk = await mountTmpfs(options.replace(',ro', ''))
      if (disk === null) return expect(mayMount, 'root could not mount a tmpfs').toBe(false)
      await run(archiver, [disk, 'before'])
      if (options.endsWith(',ro')) remount(disk, 'ro')
      const full = await run(archiver, [disk])
      expect(full.code, full.stderr).toBe(4)
      expect(full.stderr).toMatch(/^cannot [^\n]+\n$/)
      expect(full.stderr).toContain(message)
      remount(disk, 'rw,size=8m,nr_inodes=1000')
      expect(await run(archiver, [disk])).toMatchObject({ code: 0, stderr: '' })
      expect(await treeOf(disk)).toEqual(undisturbed)
    })
  })
}
