import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { exportSite } from '../../src/commands/export-site.ts'
import { inLanes } from '../../src/core/lanes.ts'
import { writer } from '../reader/support/archive.ts'
import { figure } from '../support/figures.ts'
import { freshFolder, treeOf } from './support/folder.ts'
import { watchedIo } from './support/io.ts'
import { deathsOf, type Failing, failingProgram, killStep } from './support/program.ts'

const AT_ONCE = 4
let failing: Failing
let archive = ''
/** A site of the archive as it was a story ago, with a file of someone's own. */
let before = ''
let undisturbed: Record<string, string> = {}

beforeAll(async () => {
  failing = await failingProgram('site.ts')
  archive = await freshFolder()
  before = await freshFolder()
  const to = await writer(archive)
  for (const n of [1, 2, 3]) await to.story('2026-11-25', n)
  const gone = await to.story('2026-11-24', 4, { title: '江心洲渡船停航' })
  expect(await failing([archive, before])).toMatchObject({ code: 0, stderr: '' })
  await writeFile(join(before, '2026-11-25', 'mine.html'), 'mine')
  await rm(join(archive, '2026-11-24'), { recursive: true })
  await to.story('2026-11-26', 5, { former: [{ markdown: '轮渡停航。' }], markdown: await to.picture(1, '渡口。') })
  const site = await copyOfBefore()
  expect(await failing([archive, site])).toMatchObject({ code: 0, stderr: '' })
  undisturbed = await siteIn(site)
  expect(Object.keys(undisturbed).filter((name) => name.includes(gone))).toEqual([])
  expect(undisturbed['2026-11-25/mine.html']).toBe('mine')
})

async function copyOfBefore(): Promise<string> {
  const site = await freshFolder()
  await cp(before, site, { recursive: true, preserveTimestamps: true })
  return site
}

/** The files of a site, and what is noted of them, in any order. */
async function siteIn(site: string): Promise<Record<string, string>> {
  const tree = await treeOf(site)
  const list = '.zaobao-site/files.ndjson'
  return { ...tree, [list]: tree[list]?.split('\n').toSorted().join('\n') ?? '' }
}

test.each([
  ['kill', 'open,write,sync,rename,mkdir,unlink', killStep(37)],
  ['torn', 'write', killStep(17)],
])('%s at %s: the next run completes the site', { timeout: 600_000 }, async (how, ops, step) => {
  const counted = join(await freshFolder(), 'count')
  await failing([archive, await copyOfBefore()], { FAIL_COUNT: counted, FAIL_OPS: ops })
  const points = await deathsOf(counted, step)
  const wrong: string[] = []
  let killed = 0
  await inLanes(points, AT_ONCE, async ({ n, isReal }) => {
    const site = await copyOfBefore()
    const dead = await failing([archive, site], { FAIL_AT: String(n), FAIL_HOW: how, FAIL_OPS: ops }, isReal)
    if (dead.code === null) killed += 1
    const io = watchedIo()
    const again = await exportSite(site, { archive, quiet: true }, io, async () => Buffer.from('search'))
    if (again !== 0) wrong.push(`${n}: ${io.words}`)
    const tree = await siteIn(site)
    const names = [...new Set([...Object.keys(tree), ...Object.keys(undisturbed)])]
    wrong.push(...names.filter((name) => tree[name] !== undisturbed[name]).map((name) => `${n}: ${name}`))
    await rm(site, { recursive: true })
  })
  figure(`SIGKILL while a site is written, ${how}`, `${killed} of ${points.length} points, ${wrong.length} failures`)
  expect(wrong).toEqual([])
  expect(Number(await readFile(counted, 'utf8'))).toBeGreaterThan(points.length)
  expect(killed).toBeGreaterThan(points.length - 3)
})
