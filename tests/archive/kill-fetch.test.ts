import { cp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verify } from '../../src/commands/verify.ts'
import { run as runProgram } from '../../src/program.ts'
import { figure } from '../support/figures.ts'
import { makeKnown } from '../support/kept.ts'
import { inventedPage, seeded } from '../support/layouts.ts'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { BIN } from '../support/program.ts'
import { rsshubFeed, serveSite, type Site } from '../support/site.ts'
import { freshFolder, treeOf } from './support/folder.ts'
import { watchedIo } from './support/io.ts'
import { type Death, deathsOf, type Ended, type Failing, failingProgram, killStep, run } from './support/program.ts'

const AT_ONCE = 3

/** An archive before a run, and the files after it where nothing disturbs it. */
interface Work {
  before: string
  undisturbed: Record<string, string>
}

let site: Site
let failing: Failing
let news: Work

function storyOf(number: number, words: string): PageStory {
  return {
    title: `${words}第${number}号`,
    url: `${site.server.origin}/realtime/china/story20211110-${9_000_000 + number}`,
    published: '2021-11-10T07:37:00.000Z',
    bodyHtml: `<p>${words}的第一段，共有两句。这是第二句。</p><p>${words}的第二段。</p><p>${words}的末段。</p>`,
  }
}

function publish(stories: readonly PageStory[]): void {
  site.pages.set('/feed.xml', rsshubFeed(stories))
  for (const story of stories) site.pages.set(new URL(story.url).pathname, drupal8Page(story))
}

function argvOf(archive: string): string[] {
  const feed = `${site.server.origin}/feed.xml`
  return ['fetch', '--archive', archive, '--feed', feed, '--allow-private', '--rate', '1000/s']
}

function fetchInto(archive: string): Promise<Ended> {
  return run(BIN, argvOf(archive))
}

async function copyOf({ before }: Pick<Work, 'before'>): Promise<string> {
  const root = await freshFolder()
  await cp(before, root, { recursive: true, preserveTimestamps: true })
  return root
}

beforeAll(async () => {
  site = await serveSite()
  failing = await failingProgram('../../../src/main.ts')
  const before = await freshFolder()
  publish([1, 2, 3].map((n) => storyOf(n, '轮渡')))
  expect(await fetchInto(before)).toMatchObject({ code: 0, stderr: 'fetch: 3 written\n' })
  const changed = [1, 2, 3].map((n) => storyOf(n, '更正轮渡'))
  publish([...changed, ...Array.from({ length: 7 }, (_, n) => storyOf(n + 4, '树荫'))])
  const root = await copyOf({ before })
  expect(await fetchInto(root)).toMatchObject({ code: 0, stderr: 'fetch: 7 written, 3 revised\n' })
  news = { before, undisturbed: await treeOf(root) }
})
afterAll(() => site.server.close())

/**
 * Dies at call `n`, is looked at, runs again; what is wrong after that, `null` when nothing is. The stories are worked at
 * side by side, so that a run may take a call more or less than another: one that never came to its call is `unreached`.
 */
async function killedAt({ n, isReal }: Death, how: string, ops: string, work: Work): Promise<string | null> {
  const root = await copyOf(work)
  const counted = join(await freshFolder(), 'count')
  const where = `${how} at ${ops} ${n}${isReal === true ? ' of a process' : ''}`
  try {
    const env = { FAIL_AT: String(n), FAIL_HOW: how, FAIL_OPS: ops, FAIL_COUNT: counted }
    const dead = await failing(argvOf(root), env, isReal)
    if (dead.code === 0 && Number(await readFile(counted, 'utf8')) < n) return 'unreached'
    if (dead.signal !== 'SIGKILL') return `${where} ended with ${dead.code} ${dead.stderr}`
    const io = watchedIo()
    const looked = await verify({ archive: root, fix: false, json: false, quiet: true, wait: 0, exclude: [] }, io)
    if (looked !== 0) return `${where} left ${io.words}`
    const next = watchedIo()
    const again = await runProgram(argvOf(root), next)
    if (again !== 0) return `after ${where} the next run ended with ${again}: ${next.words}`
    const tree = await treeOf(root)
    return JSON.stringify(tree) === JSON.stringify(work.undisturbed) ? null : `after ${where} the tree differs`
  } finally {
    await rm(root, { recursive: true })
  }
}

/** Dies at one call after the other; every `step`th of them. */
async function killEverywhere(
  what: string,
  how: string,
  ops: string,
  work: Work,
  step: number,
  hasReal = true,
): Promise<void> {
  const counted = join(await freshFolder(), 'count')
  await failing(argvOf(await copyOf(work)), { FAIL_COUNT: counted, FAIL_OPS: ops })
  const calls = Number(await readFile(counted, 'utf8'))
  const points = await deathsOf(counted, step, hasReal)
  const left = [...points]
  const wrong: string[] = []
  let killed = 0
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let death = left.shift(); death !== undefined; death = left.shift()) {
        const found = await killedAt(death, how, ops, work)
        if (found === 'unreached') continue
        killed += 1
        if (found !== null) wrong.push(found)
      }
    }),
  )
  figure(`SIGKILL of ${what}, ${how} at ${ops}`, `${killed} of ${calls} points, ${wrong.length} failures`)
  expect(killed).toBeGreaterThan(points.length - 5)
  expect(wrong).toEqual([])
}

const ALL = 'open,write,sync,rename,mkdir,unlink'

describe('a fetch that archives seven stories and revises three', () => {
  test.each([
    // A story takes some fifteen calls: with every eleventh each of them is died at in some story.
    ['kill', ALL, killStep(11)],
    ['torn', 'write', killStep(7)],
  ])('%s at %s: whole, and the next run converges', { timeout: 1_800_000 }, (how, ops, step) =>
    killEverywhere('a fetch', how, ops, news, step),
  )

  test('16 started at once: one works, 15 leave with 75, each page is asked for once', async () => {
    const root = await copyOf(news)
    const asked = site.server.requests.length
    // The one at work is answered when all the others have left.
    let left = 0
    let allLeft = (): void => {}
    site.held = new Promise((resolve) => void (allLeft = resolve))
    const ended = await Promise.all(
      Array.from({ length: 16 }, async () => {
        const one = await fetchInto(root)
        left += 1
        if (left === 15) allLeft()
        return one
      }),
    )
    const pages = site.server.requests.slice(asked).filter((request) => request.includes('/story'))
    expect(pages).toHaveLength(10)
    expect(new Set(pages).size).toBe(10)
    expect(ended.map(({ code }) => code ?? -1).toSorted((a, b) => a - b)).toEqual([0, ...Array<number>(15).fill(75)])
    expect(ended.find(({ code }) => code === 0)?.stderr).toBe('fetch: 7 written, 3 revised\n')
    expect(await treeOf(root)).toEqual(news.undisturbed)
  })
})

test(
  'an update that reads kept pages again: whole, and the next run converges without the network',
  { timeout: 1_800_000 },
  async () => {
    const random = seeded(5)
    const stories = [101, 102, 103, 104].map((n) => storyOf(n, '夜市'))
    const before = await freshFolder()
    publish(stories)
    for (const story of stories) {
      const paragraphs = Array.from(
        { length: 6 },
        (_, n) => `${story.title}的第${n}段：渡口照常开放，夜市照常营业，票价没有改动。`,
      )
      const page = inventedPage('renamed classes', { headline: story.title, paragraphs, url: story.url }, random)
      site.pages.set(new URL(story.url).pathname, page.html)
    }
    expect(await fetchInto(before)).toMatchObject({ code: 1 })
    await makeKnown(before, Object.fromEntries(stories.map((story) => [story.url, drupal8Page(story)])))
    const root = await copyOf({ before })
    const asked = site.server.requests.filter((request) => request.includes('/story')).length
    expect(await fetchInto(root)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('4 kept pages by a layout') as string,
    })
    const undisturbed = await treeOf(root)
    expect(Object.values(undisturbed).filter((text) => text.includes('extraction:'))).toHaveLength(4)
    // How a process dies of each kind of call is seen above.
    await killEverywhere('a reading of kept pages', 'kill', ALL, { before, undisturbed }, killStep(11), false)
    expect(site.server.requests.filter((request) => request.includes('/story'))).toHaveLength(asked)
  },
)
