import { spawnSync } from 'node:child_process'
import { cp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { verify } from '../../src/commands/verify.ts'
import { figure } from '../support/figures.ts'
import { archiveRun, NEW, REVISED } from './support/archive-run.ts'
import { freshFolder, treeOf } from './support/folder.ts'
import { watchedIo } from './support/io.ts'
import {
  bundleProgram,
  type Death,
  deathsOf,
  type Failing,
  failingProgram,
  killStep,
  run,
  start,
} from './support/program.ts'

/** Points tried at once: the machine's cores are few. */
const AT_ONCE = 4

/** Ten stories are worked at by the same calls: with every fourth of them each call is died at in some story. */
const STEP = killStep(4)

let archiver = ''
let failing: Failing
let before = ''
let undisturbed: Record<string, string> = {}

beforeAll(async () => {
  archiver = await bundleProgram('archiver.ts')
  failing = await failingProgram('archiver.ts')
  before = await freshFolder()
  expect(await run(archiver, [before, 'before'])).toMatchObject({ code: 0, stderr: '' })
  const root = await copyOfBefore()
  expect(await failing([root])).toMatchObject({ code: 0, stderr: '' })
  undisturbed = await treeOf(root)
})

async function copyOfBefore(): Promise<string> {
  const root = await freshFolder()
  await cp(before, root, { recursive: true, preserveTimestamps: true })
  return root
}

/** Where and how a run dies. */
interface Point extends Death {
  env: Record<string, string>
  /** In place of node: dies by a tool from outside. */
  command?: (bundle: string, root: string) => [string, string[]]
}

/** Dies, is looked at, runs again; what is wrong after that, `null` when nothing is. */
async function killedAt({ n, isReal, env, command }: Point): Promise<string | null> {
  const root = await copyOfBefore()
  const where = `point ${n} ${JSON.stringify({ ...env, isReal })}`
  try {
    const dead =
      command === undefined
        ? await failing([root], { ...env, FAIL_AT: String(n) }, isReal)
        : await start(...command(archiver, root), env).ended
    if (dead.signal !== 'SIGKILL' && dead.code !== 137) return `${where} ended with ${dead.code} ${dead.stderr}`
    const io = watchedIo()
    const looked = await verify({ archive: root, fix: false, json: false, quiet: true, wait: 0, exclude: [] }, io)
    if (looked !== 0) return `${where} left ${io.words}`
    const said: string[] = []
    const again = await archiveRun(root, 'run', (line) => said.push(line))
    if (again !== 0) return `after ${where} the next run ended with ${again}: ${said.join('')}`
    const tree = await treeOf(root)
    return JSON.stringify(tree) === JSON.stringify(undisturbed) ? null : `after ${where} the tree differs`
  } finally {
    await rm(root, { recursive: true })
  }
}

async function tryAll(what: string, points: readonly Point[]): Promise<void> {
  const wrong: string[] = []
  const left = [...points]
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let point = left.shift(); point !== undefined; point = left.shift()) {
        const found = await killedAt(point)
        if (found !== null) wrong.push(found)
      }
    }),
  )
  figure(`SIGKILL ${what}`, `${points.length} points, ${wrong.length} failures`)
  expect(wrong).toEqual([])
}

/** The calls of a run that nothing befalls: in a file, and how many. */
async function countCalls(ops: string): Promise<{ counted: string; calls: number }> {
  const counted = join(await freshFolder(), 'count')
  await failing([await copyOfBefore()], { FAIL_COUNT: counted, FAIL_OPS: ops })
  return { counted, calls: Number(await readFile(counted, 'utf8')) }
}

function upTo(count: number, step: number): number[] {
  return Array.from({ length: Math.ceil(count / step) }, (_, n) => n * step + 1)
}

describe('killed at any instruction, the archive is whole and the next run converges', () => {
  test('the undisturbed run archives new stories and revises old ones', () => {
    const names = Object.keys(undisturbed)
    expect(names.filter((name) => !name.startsWith('.'))).toHaveLength(NEW + REVISED)
    expect(names.filter((name) => name.startsWith('.zaobao/revisions/'))).toHaveLength(REVISED)
  })

  test('before every open, write, fsync, rename, mkdir and unlink', { timeout: 900_000 }, async () => {
    const { counted, calls } = await countCalls('open,write,sync,rename,mkdir,unlink')
    expect(calls).toBeGreaterThan(12 * (NEW + REVISED))
    await tryAll(
      'before every open, write, fsync, rename, mkdir, unlink',
      (await deathsOf(counted, STEP)).map((death) => ({ ...death, env: {} })),
    )
  })

  test('in the middle of every write', { timeout: 900_000 }, async () => {
    const { counted, calls } = await countCalls('write')
    expect(calls).toBeGreaterThan(2 * (NEW + REVISED))
    await tryAll(
      'in the middle of every write',
      (await deathsOf(counted, STEP)).map((death) => ({ ...death, env: { FAIL_OPS: 'write', FAIL_HOW: 'torn' } })),
    )
  })
})

const hasStrace = spawnSync('strace', ['-V']).status === 0
if (!hasStrace)
  process.stderr.write('tests/archive/kill: strace is not installed, the system calls are not killed at\n')
else {
  describe('killed by strace at a system call', () => {
    test.each([
      ['fsync', 'sync', killStep(7)],
      ['rename', 'rename', killStep(5)],
    ])('%s', { timeout: 900_000 }, async (call, op, step) => {
      const { calls } = await countCalls(op)
      const points = upTo(calls, step).map((n) => ({
        n,
        // One thread for files: strace counts a thread's calls.
        env: { UV_THREADPOOL_SIZE: '1' },
        command: (bundle: string, root: string): [string, string[]] => [
          'strace',
          [
            '-f',
            '-qq',
            '-o',
            '/dev/null',
            '-e',
            `trace=${call}`,
            '-e',
            `inject=${call}:signal=SIGKILL:when=${n}`,
          ].concat([process.execPath, bundle, root]),
        ],
      }))
      await tryAll(`by strace at every ${step}th ${call}`, points)
    })
  })
}
