import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { appendFile, cp, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { State } from '../../src/core/archive/state.ts'
import { inLanes } from '../../src/core/lanes.ts'
import { run as runProgram } from '../../src/program.ts'
import { figure } from '../support/figures.ts'
import { type CheckedRecord, checkWarcs, type CodedSite, serveCoded, warcsIn } from '../support/warc.ts'
import { freshFolder, treeOf } from './support/folder.ts'
import { watchedIo } from './support/io.ts'
import { type Death, deathsOf, type Failing, failingProgram, killStep } from './support/program.ts'

const AT_ONCE = 3

let site: CodedSite
let failing: Failing

beforeAll(async () => {
  site = await serveCoded(7)
  failing = await failingProgram('../../../src/main.ts')
})
afterAll(() => site.server.close())

function argvOf(archive: string): string[] {
  const feed = `${site.server.origin}/feed.xml`
  return ['fetch', '--archive', archive, '--feed', feed, '--allow-private', '--rate', '1000/s', '--warc']
}

const fetchInto = (archive: string, env: Record<string, string>, isReal?: boolean) =>
  failing(argvOf(archive), env, isReal)

const captured = (records: readonly CheckedRecord[]) =>
  records.flatMap(({ type, start, 'target-uri': url }) =>
    type === 'response' && start?.includes(' 200 ') === true ? [/-\d+$/.exec(url ?? '')?.[0] ?? ''] : [],
  )

/** Stories of the tree, without the archive's own files. */
async function storiesOf(root: string): Promise<string[]> {
  const names = Object.keys(await treeOf(root))
  return names.flatMap((name) => /^\d{4}-\d\d-\d\d\/.*?(-9\d{6})-/.exec(name)?.[1] ?? [])
}

/** Dies at call `n`; what is wrong then, or after the next run. */
async function killedAt(
  { n, isReal }: Death,
  how: string,
  ops: string,
  before: string,
): Promise<string[] | 'unreached'> {
  const root = await copyOf(before)
  const where = `${how} at ${ops} ${n}`
  const dead = await fetchInto(root, { FAIL_AT: String(n), FAIL_HOW: how, FAIL_OPS: ops }, isReal)
  if (dead.signal !== 'SIGKILL') return dead.code === 0 ? 'unreached' : [`${where}: ${dead.code} ${dead.stderr}`]
  const stories = await storiesOf(root)
  const next = watchedIo()
  const again = await runProgram(argvOf(root), next)
  const files = await readdir(join(root, 'warc'))
  const { records, wrong } = await checkWarcs(warcsIn(join(root, 'warc')))
  const kept = captured(records)
  return [
    ...(again === 0 ? [] : [`${where}: the next run ends with ${again}: ${next.words}`]),
    ...wrong.map((fault) => `${where}: ${fault}`),
    ...stories.filter((id) => !kept.includes(id)).map((id) => `${where}: the story ${id} is there without its capture`),
    ...((await storiesOf(root)).length === 7 ? [] : [`${where}: not all stories`]),
    ...(files.length === 1 ? [] : [`${where}: files ${files.join(' ')}`]),
  ]
}

const ALL = 'open,write,sync,rename,mkdir,unlink,truncate'

/** An archive whose run died within a record: the next one cuts its file back. */
async function tornArchive(): Promise<string> {
  const root = await freshFolder()
  const env = { FAIL_AT: '18', FAIL_HOW: 'kill', FAIL_OPS: 'write' }
  expect(await fetchInto(root, env)).toMatchObject({ signal: 'SIGKILL' })
  const [path = ''] = warcsIn(join(root, 'warc'))
  await appendFile(path, (await readFile(path)).subarray(0, 100))
  return root
}

const ownerOf = (root: string): string => createHash('sha256').update(root).digest('hex').slice(0, 8)

/** A copy of an archive that goes on with its captures: their names tell whose they are. */
async function copyOf(before: string): Promise<string> {
  const root = await freshFolder()
  await cp(before, root, { recursive: true })
  const folder = join(root, 'warc')
  for (const name of existsSync(folder) ? await readdir(folder) : [])
    await rename(join(folder, name), join(folder, name.replace(ownerOf(before), ownerOf(root))))
  return root
}

test.each([
  ['kill', ALL, killStep(31), freshFolder],
  ['kill', ALL, killStep(29), tornArchive],
  ['torn', 'write', killStep(7), freshFolder],
])(
  '%s at %s while captures are kept: whole records, and a capture of each story',
  { timeout: 1_800_000 },
  async (how, ops, step, make) => {
    const before = await make()
    const counted = join(await freshFolder(), 'count')
    const root = await copyOf(before)
    expect(await fetchInto(root, { FAIL_COUNT: counted, FAIL_OPS: ops })).toMatchObject({ code: 0 })
    const points = await deathsOf(counted, step, make === freshFolder)
    const wrong: string[] = []
    let killed = 0
    await inLanes(points, AT_ONCE, async (death) => {
      const found = await killedAt(death, how, ops, before)
      if (found === 'unreached') return
      killed += 1
      wrong.push(...found)
    })
    figure(
      `SIGKILL while captures are kept, ${how} at ${ops}, ${make.name}`,
      `${killed} of ${points.length} points, ${wrong.length} failures`,
    )
    expect(wrong).toEqual([])
    expect(killed).toBeGreaterThan(points.length - 5)
  },
)

test(
  'on a full disk the run ends with 4, and no story stands there without its capture',
  { timeout: 600_000 },
  async () => {
    const once = await freshFolder()
    expect(await fetchInto(once, { FAIL_AT: '8', FAIL_HOW: 'ENOSPC', FAIL_OPS: 'write' })).toMatchObject({
      code: 4,
    })
    const state = JSON.parse(await readFile(join(once, '.zaobao/state.json'), 'utf8')) as State
    expect(state.lastRun).toMatchObject({ exitCode: 4 })
    for (const n of [3, 8, 13]) {
      const root = await freshFolder()
      const env = { FAIL_AT: String(n), FAIL_HOW: 'ENOSPC', FAIL_ON: 'always', FAIL_OPS: 'write' }
      const full = expect.stringContaining('no space or no inodes are left') as string
      expect(await fetchInto(root, env)).toMatchObject({ code: 4, stderr: full })
      const captures = warcsIn(join(root, 'warc'))
      expect(captured((await checkWarcs(captures)).records)).toEqual(expect.arrayContaining(await storiesOf(root)))
    }
  },
)
