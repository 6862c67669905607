import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bundleOutputs } from '../budget/loaded.ts'
import { folder } from '../support/program.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

let home: ReturnType<typeof folder>
beforeEach(() => void (home = folder()))
afterEach(() => home.remove())

/** The files of the program that node loads for a command line. */
function loadedBy(...args: string[]): string[] {
  const log = join(home.path, 'loaded')
  const hooks = join(home.path, 'hooks.mjs')
  writeFileSync(
    hooks,
    `import { appendFileSync } from 'node:fs'
     export async function load(url, context, next) { appendFileSync(${JSON.stringify(log)}, url + '\\n'); return next(url, context) }`,
  )
  const register = `data:text/javascript,import { register } from 'node:module'; register(${JSON.stringify(pathToFileURL(hooks).href)})`
  execFileSync(process.execPath, ['--import', register, join(ROOT, 'bin/zaobao-archiver.js'), ...args], {
    cwd: home.path,
    stdio: 'pipe',
  })
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter((url) => url.startsWith('file:'))
    .map((url) => fileURLToPath(url).replace(ROOT, ''))
}

/** The packages of which code is in those files. */
function packagesIn(files: readonly string[]): string[] {
  const outputs = bundleOutputs()
  const inputs = files.flatMap((file) => outputs[file] ?? [])
  const names = inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? [])
  return [...new Set(names)].toSorted()
}

describe('what a command line loads', () => {
  test.each([[['--version']], [['--help']], [['fetch', '--help']]])('%j: commander and nothing else', (args) => {
    const files = loadedBy(...args)
    expect(files).toContain('bin/zaobao-archiver.js')
    expect(files).toContain('dist/main.js')
    expect(packagesIn(files)).toEqual(['commander'])
  })

  test('a command loads what it needs, once it runs', () => {
    const packages = packagesIn(loadedBy('demo', '--quiet'))
    expect(packages).toContain('commander')
    expect(packages).toContain('turndown')
    for (const idle of ['zod', 'undici', 'cli-progress', 'string-width', 'ajv']) expect(packages).not.toContain(idle)
    expect(packagesIn(loadedBy('config'))).toContain('zod')
  })
})
