import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, afterAll, expect, test } from 'vitest'
import { bundleInto } from '../../scripts/bundle.mjs'
import { folder } from '../support/program.ts'

const home = folder()
let child: string
beforeAll(async () => {
  child = await bundleInto(join(home.path, 'child'), "import './tests/support/site-child.ts'")
})
afterAll(() => home.remove())

const answer = (flag: string, ...args: string[]): unknown =>
  JSON.parse(execFileSync(process.execPath, [flag, child, ...args], { encoding: 'utf8', stdio: 'pipe' }))

// What V8 keeps of itself and of the program takes some 10 MB of it.
test('a segment of 4,096 stories is made in 40 MB', () => {
  expect(answer('--max-old-space-size=40', 'segment')).toMatchObject({ stories: 4_096 })
})

/** A name has some 25 letters, and stands once in the line of its day. */
const MOST_BYTES_A_FILE = 50

test('what a site has of each of its files is no more than its name', () => {
  mkdirSync(join(home.path, 'site'))
  const { bytesOfFile } = answer('--expose-gc', 'list', join(home.path, 'site')) as { bytesOfFile: number }
  expect(bytesOfFile).toBeLessThan(MOST_BYTES_A_FILE)
})
