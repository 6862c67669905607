import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verify } from '../../src/commands/verify.ts'
import type { Problem } from '../../src/core/archive/verify.ts'
import { run as runProgram } from '../../src/program.ts'
import { figure } from '../support/figures.ts'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { BIN } from '../support/program.ts'
import { serveSite, type Site } from '../support/site.ts'
import { freshFolder, treeOf } from './support/folder.ts'
import { objects, watchedIo } from './support/io.ts'
import { type Death, deathsOf, type Failing, failingProgram, killStep, run } from './support/program.ts'

const STEP = killStep(13)
const AT_ONCE = 3
const DAMAGED = '2021-11-10/2021-11-10-9000002-轮渡第2号.md'

let site: Site
let failing: Failing
let before = ''
let undisturbed: Record<string, string> = {}

function storyOf(number: number): PageStory {
  return {
    title: `轮渡第${number}号`,
    url: `${site.server.origin}/realtime/china/story20211110-${9_000_000 + number}`,
    published: '2021-11-10T07:37:00.000Z',
    bodyHtml: `<p>第${number}号轮渡昨天复航，首班船坐满了人。</p><p>船公司说票价不变。</p>`,
  }
}

/** What takes in the stories up to the `last`th. */
function argvOf(archive: string, last: number): string[] {
  const urls = Array.from({ length: last }, (_, n) => storyOf(n + 1).url)
  return ['backfill', ...urls, '--archive', archive, '--allow-private', '--rate', '1000/s']
}

async function copyOfBefore(): Promise<string> {
  const root = await freshFolder()
  await cp(before, root, { recursive: true, preserveTimestamps: true })
  return root
}

beforeAll(async () => {
  site = await serveSite()
  for (const story of Array.from({ length: 12 }, (_, n) => storyOf(n + 1))) {
    site.pages.set(new URL(story.url).pathname, drupal8Page(story))
  }
  failing = await failingProgram('../../../src/main.ts')
  before = await freshFolder()
  expect(await run(BIN, argvOf(before, 3))).toMatchObject({ code: 0, stderr: 'backfill: 3 written\n' })
  await writeFile(join(before, DAMAGED), (await readFile(join(before, DAMAGED))).subarray(0, 90))
  const root = await copyOfBefore()
  expect(await run(BIN, argvOf(root, 12))).toMatchObject({ code: 0 })
  undisturbed = await treeOf(root)
})
afterAll(() => site.server.close())

/** Dies at call `n`, is looked at, runs again; what is wrong after that, `null` when nothing is. */
async function killedAt({ n, isReal }: Death): Promise<string | null> {
  const root = await copyOfBefore()
  const counted = join(await freshFolder(), 'count')
  try {
    const dead = await failing(argvOf(root, 12), { FAIL_AT: String(n), FAIL_COUNT: counted }, isReal)
    // The stories are worked at side by side: a run may take a call less than the one that was counted.
    if (dead.code === 0 && Number(await readFile(counted, 'utf8')) < n) return 'unreached'
    if (dead.signal !== 'SIGKILL') return `call ${n} ended with ${dead.code} ${dead.stderr}`
    const io = watchedIo()
    await verify({ archive: root, fix: false, json: true, quiet: true, wait: 0, exclude: [] }, io)
    const problems = objects<Problem>(io.out).filter(({ path }) => path !== DAMAGED)
    if (problems.length > 0) return `call ${n} left ${io.out}`
    const next = watchedIo()
    const again = await runProgram(argvOf(root, 12), next)
    if (again !== 0) return `after call ${n} the next run ended with ${again}: ${next.words}`
    const tree = await treeOf(root)
    return JSON.stringify(tree) === JSON.stringify(undisturbed) ? null : `after call ${n} the tree differs`
  } finally {
    await rm(root, { recursive: true })
  }
}

test(
  'backfill killed at any call, a damaged file among its stories, loses nothing and goes on where it stopped',
  { timeout: 600_000 },
  async () => {
    expect(Object.keys(undisturbed).filter((path) => !path.startsWith('.'))).toHaveLength(12)
    expect(undisturbed['.zaobao/revisions/2021-11-10/9000002/1-kept.md']).toBe(
      await readFile(join(before, DAMAGED), 'utf8'),
    )
    const counted = join(await freshFolder(), 'count')
    await failing(argvOf(await copyOfBefore(), 12), { FAIL_COUNT: counted })
    const calls = Number(await readFile(counted, 'utf8'))
    const left = await deathsOf(counted, STEP)
    const points = left.length
    const wrong: string[] = []
    let killed = 0
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let death = left.shift(); death !== undefined; death = left.shift()) {
          const found = await killedAt(death)
          if (found === 'unreached') continue
          killed += 1
          if (found !== null) wrong.push(found)
        }
      }),
    )
    figure('SIGKILL of a backfill', `${killed} of ${calls} points, ${wrong.length} failures`)
    expect(killed).toBeGreaterThan(points - 3)
    expect(wrong).toEqual([])
  },
)
