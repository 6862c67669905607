import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openWorkerPool, perform } from '../../src/edge/worker-pool.ts'
import { WordedError } from '../../src/words/error.ts'
import { message } from '../../src/words/words.ts'
import { bundleOutputs, loadedBy } from '../budget/loaded.ts'
import { freshFolder, treeOf } from './support/folder.ts'

const jobs = {
  double: (n: number) => 2 * n,
  fail(words: string): number {
    throw new Error(words)
  },
}

describe('a pool', () => {
  test('does jobs in place where there is no second core', async () => {
    const pool = openWorkerPool(jobs, '', 0)
    expect(await Promise.all([1, 2, 3].map((n) => pool.do('double', n)))).toEqual([2, 4, 6])
    await expect(pool.do('fail', 'not this one')).rejects.toThrow('not this one')
    await pool.close()
  })

  test('says in any language what a thread could not do, which hands over plain values alone', async () => {
    const words = message`HTML nested deeper than ${600} elements`
    const refuse = (): never => {
      throw new WordedError(words)
    }
    const answer = structuredClone(await perform({ refuse }, { id: 1, name: 'refuse', input: null }))
    expect(answer).toMatchObject({ id: 1, words })
  })

  // Here the threads find no `worker.js` and die: what they had in hand must be done all the same.
  test('loses no job when its threads die', async () => {
    const pool = openWorkerPool(jobs, '', 2)
    const numbers = Array.from({ length: 500 }, (_, n) => n)
    expect(await Promise.all(numbers.map((n) => pool.do('double', n)))).toEqual(numbers.map((n) => 2 * n))
    await pool.close()
  })
})

function post(n: number): string {
  const url = `https://www.zaobao.com/realtime/china/story20200722-${n}`
  const head = `title: "大桥合龙${n}"\ndate: 2020-07-22T02:00:00.000Z\nauthor: 联合早报\nfrom: ${url}`
  const rest = `tags: [ 联合早报 ]\ncategories: [ 联合早报 ]\n---\n<!--1595408400000-->\n[大桥合龙${n}](${url})\n------\n\n`
  return `---\nlayout: post\n${head}\n${rest}<div>\n<p>大桥第${n}段昨天<b>合龙</b>。</p><p>全线明年通车。</p>\n</div>\n`
}

/** Too few at a time for threads. */
const PART = 90

test('an import of many files works on all cores and writes what it writes on one', async () => {
  const folder = await freshFolder()
  const outputs = bundleOutputs()
  const run = async (source: string, archive: string) =>
    loadedBy(['import', join(folder, source), '--archive', join(folder, archive)], outputs, folder)
  for (let n = 1; n <= 3 * PART; n += 1) {
    for (const source of ['all', `part${n % 3}`]) {
      mkdirSync(join(folder, source), { recursive: true })
      writeFileSync(join(folder, source, `${n}.md`), post(n))
    }
  }
  const many = await run('all', 'many')
  expect(many.code).toBe(0)
  expect(many.modules.includes('src/worker.ts')).toBe(availableParallelism() > 1)
  for (const part of ['part0', 'part1', 'part2']) {
    const { code, modules } = await run(part, 'one')
    expect(code).toBe(0)
    expect(modules).not.toContain('src/worker.ts')
  }
  const tree = await treeOf(join(folder, 'many'))
  expect(Object.keys(tree)).toHaveLength(3 * PART)
  expect(tree).toEqual(await treeOf(join(folder, 'one')))
})
