import { cp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verify } from '../../src/commands/verify.ts'
import type { Problem } from '../../src/core/archive/verify.ts'
import { run as runProgram } from '../../src/program.ts'
import { figure } from '../support/figures.ts'
import { drupal8Page } from '../support/pages.ts'
import { pngOf } from '../support/pictures.ts'
import { serve, type TestServer } from '../support/server.ts'
import { freshFolder, treeOf } from './support/folder.ts'
import { objects, watchedIo } from './support/io.ts'
import { bundleProgram, killStep, run } from './support/program.ts'

const STEP = killStep(11)
const NUMBERS = [1, 2, 3]

let server: TestServer
let failing = ''
let before = ''

beforeAll(async () => {
  server = await serve((request, response) => {
    const path = request.url ?? ''
    const [, picture] = /^\/p(\d+)\.png$/.exec(path) ?? []
    const [, number] = /story20211110-900000(\d)$/.exec(path) ?? []
    if (picture !== undefined) response.end(pngOf(Number(picture)))
    else if (number !== undefined) response.end(drupal8Page(storyOf(Number(number))))
    else response.writeHead(404).end()
  })
  failing = await bundleProgram('../../../src/main.ts', 'failing')
  before = await freshFolder()
  // One story is there without its pictures.
  const io = watchedIo()
  expect(await runProgram(argvOf(before, [1], false), io), io.words).toBe(0)
})
afterAll(() => server.close())

function storyOf(number: number) {
  // One picture is shown by all.
  const pictures = [number, number + 10, 0].map((n) => `<p><img src="${server.origin}/p${n}.png" alt="图${n}"></p>`)
  return {
    title: `渡轮第${number}号`,
    url: `${server.origin}/realtime/china/story20211110-900000${number}`,
    published: '2021-11-10T07:37:00.000Z',
    bodyHtml: `<p>第${number}号渡轮昨天复航，首班船坐满了人。</p>${pictures.join('')}<p>票价不变。</p>`,
  }
}

function argvOf(archive: string, numbers: readonly number[], media = true): string[] {
  const more = media ? ['--media'] : []
  return [
    'backfill',
    ...numbers.map((n) => storyOf(n).url),
    '--archive',
    archive,
    '--allow-private',
    '--rate',
    '1000/s',
    '--concurrency',
    '1',
    ...more,
  ]
}

async function copyOfBefore(): Promise<string> {
  const root = await freshFolder()
  await cp(before, root, { recursive: true, preserveTimestamps: true })
  return root
}

async function again(root: string): Promise<{ code: number; words: string }> {
  const io = watchedIo()
  return { code: await runProgram(argvOf(root, NUMBERS), io), words: io.words }
}

test(
  'backfill --media killed at any call leaves no link to what is not there, and goes on where it stopped',
  { timeout: 300_000 },
  async () => {
    const counted = join(await freshFolder(), 'count')
    const whole = await copyOfBefore()
    expect(await run(failing, argvOf(whole, NUMBERS), { FAIL_COUNT: counted })).toMatchObject({ code: 0 })
    const undisturbed = await treeOf(whole)
    expect(Object.keys(undisturbed).filter((path) => path.startsWith('media/'))).toHaveLength(7)
    const calls = Number(await readFile(counted, 'utf8'))
    const wrong: string[] = []
    let killed = 0
    for (const how of ['kill', 'torn']) {
      for (let n = how === 'kill' ? 1 : 3; n <= calls; n += STEP) {
        const root = await copyOfBefore()
        const dead = await run(failing, argvOf(root, NUMBERS), { FAIL_AT: String(n), FAIL_HOW: how })
        if (dead.signal === 'SIGKILL') killed += 1
        const io = watchedIo()
        await verify({ archive: root, fix: false, json: true, quiet: true, wait: 0, exclude: [] }, io)
        const problems = objects<Problem>(io.out).filter(({ severity }) => severity === 'problem')
        if (problems.length > 0) wrong.push(`${how} at call ${n} left ${io.out}`)
        const { code, words } = await again(root)
        if (code !== 0) wrong.push(`after ${how} at call ${n} the next run ended with ${code}: ${words}`)
        const left = watchedIo()
        await verify({ archive: root, fix: true, json: true, quiet: true, wait: 0, exclude: [] }, left)
        if (JSON.stringify(await treeOf(root)) !== JSON.stringify(undisturbed))
          wrong.push(`after ${how} at call ${n} the tree differs: ${Object.keys(await treeOf(root)).join(' ')}`)
        await rm(root, { recursive: true })
      }
    }
    figure('SIGKILL of backfill --media', `${killed} of ${calls} points, ${wrong.length} failures`)
    expect(killed).toBeGreaterThan(calls / STEP)
    expect(wrong).toEqual([])
  },
)
