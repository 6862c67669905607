import { existsSync } from 'node:fs'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verify } from '../../src/commands/verify.ts'
import type { Problem } from '../../src/core/archive/verify.ts'
import { inLanes } from '../../src/core/lanes.ts'
import { run as runProgram } from '../../src/program.ts'
import { figure } from '../support/figures.ts'
import { drupal8Page } from '../support/pages.ts'
import { keptAt, pngOf } from '../support/pictures.ts'
import { BIN } from '../support/program.ts'
import { serve, type TestServer } from '../support/server.ts'
import { checkWarcs, warcsIn } from '../support/warc.ts'
import { freshFolder, treeOf } from './support/folder.ts'
import { objects, watchedIo } from './support/io.ts'
import { deathsOf, type Failing, failingProgram, killStep, run } from './support/program.ts'

const NUMBERS = [1, 2, 3]
/** One is shown by all stories. */
const PICTURES = [0, 1, 2, 3, 11, 12, 13]
const NETWORK = ['--allow-private', '--rate', '1000/s', '--concurrency', '1']
const ALL = 'open,write,sync,rename,mkdir,unlink,truncate'
const AT_ONCE = 3

let server: TestServer
let failing: Failing
let before = ''
let captures = ''

beforeAll(async () => {
  server = await serve((request, response) => {
    const path = request.url ?? ''
    const [, picture] = /^\/p(\d+)\.png$/.exec(path) ?? []
    const [, number] = /story20211110-900000(\d)$/.exec(path) ?? []
    if (picture !== undefined) response.end(pngOf(Number(picture)))
    else if (number !== undefined) response.end(drupal8Page(storyOf(Number(number))))
    else response.writeHead(404).end()
  })
  failing = await failingProgram('../../../src/main.ts')
  before = await freshFolder()
  // One story is there without its pictures.
  const io = watchedIo()
  expect(await runProgram(argvOf(before, [1], NETWORK, false), io), io.words).toBe(0)
  const kept = await freshFolder()
  const capturing = argvOf(await freshFolder(), NUMBERS, [...NETWORK, '--warc', kept])
  expect(await run(BIN, capturing)).toMatchObject({ code: 0 })
  captures = warcsIn(kept)[0] ?? ''
})
afterAll(() => server.close())

const pictureUrl = (n: number): string => `${server.origin}/p${n}.png`

function storyOf(number: number) {
  const pictures = [number, number + 10, 0].map((n) => `<p><img src="${pictureUrl(n)}" alt="图${n}"></p>`)
  return {
    title: `渡轮第${number}号`,
    url: `${server.origin}/realtime/china/story20211110-900000${number}`,
    published: '2021-11-10T07:37:00.000Z',
    bodyHtml: `<p>第${number}号渡轮昨天复航，首班船坐满了人。</p>${pictures.join('')}<p>票价不变。</p>`,
  }
}

function argvOf(archive: string, numbers: readonly number[], more: readonly string[], media = true): string[] {
  return [
    'backfill',
    ...numbers.map((n) => storyOf(n).url),
    '--archive',
    archive,
    ...(media ? ['--media'] : []),
    ...more,
  ]
}

async function copyOfBefore(): Promise<string> {
  const root = await freshFolder()
  await cp(before, root, { recursive: true, preserveTimestamps: true })
  return root
}

/** What the tree holds beside captures, whose times and ids differ from run to run. */
async function treeWithoutCaptures(root: string): Promise<string> {
  const tree = Object.entries(await treeOf(root)).filter(([path]) => !path.startsWith('warc/'))
  return JSON.stringify(tree)
}

/** What is wrong with the captures of an archive: records that are not whole, pictures and stories that have none. */
async function wrongCaptures(root: string): Promise<string[]> {
  const files = existsSync(join(root, 'warc')) ? warcsIn(join(root, 'warc')) : []
  const { records, wrong } = await checkWarcs(files)
  const captured = new Set(records.map((record) => record['target-uri'] ?? ''))
  const paths = Object.keys(await treeOf(root))
  const missing = [
    ...NUMBERS.slice(1).flatMap((n) => (paths.some((path) => path.includes(`-900000${n}-`)) ? [storyOf(n).url] : [])),
    ...PICTURES.flatMap((n) => (paths.includes(keptAt(pngOf(n))) ? [pictureUrl(n)] : [])),
  ].filter((url) => !captured.has(url))
  return [...wrong, ...missing.map((url) => `${url} is there without its capture`)]
}

test.each([
  ['of the living site', killStep(23), () => NETWORK, false],
  ['of the living site, with captures', killStep(29), () => [...NETWORK, '--warc'], true],
  ['of captures', killStep(31), () => ['--warc', captures], false],
] as const)(
  'backfill --media %s killed at any call leaves no link to what is not there, and goes on where it stopped',
  { timeout: 3_600_000 },
  async (what, step, more, keepsCaptures) => {
    const counted = join(await freshFolder(), 'count')
    const whole = await copyOfBefore()
    const argv = (root: string) => argvOf(root, NUMBERS, more())
    expect(await failing(argv(whole), { FAIL_COUNT: counted, FAIL_OPS: ALL })).toMatchObject({ code: 0 })
    const undisturbed = await treeWithoutCaptures(whole)
    expect(undisturbed.match(/"media\//g)).toHaveLength(PICTURES.length)
    const deaths = await deathsOf(counted, step, keepsCaptures)
    const wrong: string[] = []
    let killed = 0
    const ways = deaths.flatMap((death, at) =>
      at % 2 === 0 ? [['kill', death] as const, ['torn', death] as const] : [['kill', death] as const],
    )
    await inLanes(ways, AT_ONCE, async ([how, { n, isReal }]) => {
      const where = `${how} at call ${n}`
      const root = await copyOfBefore()
      const dead = await failing(argv(root), { FAIL_AT: String(n), FAIL_HOW: how, FAIL_OPS: ALL }, isReal)
      if (dead.signal === 'SIGKILL') killed += 1
      const io = watchedIo()
      await verify({ archive: root, fix: false, json: true, quiet: true, wait: 0, exclude: [] }, io)
      const problems = objects<Problem>(io.out).filter(({ severity }) => severity === 'problem')
      if (problems.length > 0) wrong.push(`${where} left ${io.out}`)
      const next = watchedIo()
      const again = await runProgram(argv(root), next)
      if (again !== 0) wrong.push(`after ${where} the next run ended with ${again}: ${next.words}`)
      const left = watchedIo()
      await verify({ archive: root, fix: true, json: true, quiet: true, wait: 0, exclude: [] }, left)
      if ((await treeWithoutCaptures(root)) !== undisturbed)
        wrong.push(`after ${where} the tree differs: ${Object.keys(await treeOf(root)).join(' ')}`)
      if (keepsCaptures) wrong.push(...(await wrongCaptures(root)).map((fault) => `after ${where} ${fault}`))
      await rm(root, { recursive: true })
    })
    figure(`SIGKILL of backfill --media ${what}`, `${killed} of ${ways.length} points, ${wrong.length} failures`)
    expect(wrong).toEqual([])
    expect(killed).toBeGreaterThan(ways.length - 10)
  },
)
