import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PROJECT_PAGE } from '../../src/project.ts'
import { folder, storiesIn } from '../support/program.ts'
import { hasTool } from '../support/tools.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const MAX_BYTES = 1_100_000
const SLOW = 300_000

interface Packed {
  filename: string
  size: number
  files: { path: string; mode: number }[]
}

let home: ReturnType<typeof folder>
let packed: Packed
let tarball: string

const env = () => ({ ...process.env, HOME: home.path, npm_config_cache: join(home.path, 'cache') })

/** The package as `npm pack` makes it of the sources as they are, away from the build that other tests use. */
beforeAll(() => {
  home = folder()
  const source = join(home.path, 'source')
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: ROOT })
  const paths = listed.toString('utf8').split('\0')
  for (const path of paths.filter((one) => one !== '' && !/^(?:tests|bench|archive)\//.test(one))) {
    mkdirSync(dirname(join(source, path)), { recursive: true })
    cpSync(join(ROOT, path), join(source, path))
  }
  symlinkSync(join(ROOT, 'node_modules'), join(source, 'node_modules'))
  const said = execFileSync('npm', ['pack', '--json', '--pack-destination', home.path], {
    cwd: source,
    encoding: 'utf8',
    env: env(),
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  packed = (Object.values(JSON.parse(said.slice(said.search(/^[[{]/m))) as Record<string, Packed>) as [Packed])[0]
  tarball = join(home.path, packed.filename)
}, SLOW)
afterAll(() => home.remove())

test('holds what runs, and nothing else', () => {
  const paths = packed.files.map(({ path }) => path)
  for (const path of [
    ...['package.json', 'LICENSE', 'README.md', 'README.zh.md', 'CHANGELOG.md', 'bin/zaobao-archiver.js'],
    ...['dist/main.js', 'dist/index.js', 'dist/types/index.d.ts', 'dist/config.schema.json', 'dist/zaobao-archiver.1'],
    ...['fixtures/site/site.json', 'fixtures/site/feed.xml'],
  ]) {
    expect(paths).toContain(path)
  }
  const known =
    /^(?:package\.json|LICENSE|README(?:\.zh)?\.md|CHANGELOG\.md|bin\/zaobao-archiver\.js)$|^fixtures\/site\/|^dist\/(?:[\w-]+\.js|types\/.*\.d\.ts|config\.schema\.json|zaobao-archiver\.1)$/
  expect(paths.filter((path) => !known.test(path))).toEqual([])
})

test('names one page of the project, from which every other link is made', () => {
  const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
  const manifest = JSON.parse(read('package.json')) as { repository: { url: string } }
  expect(Object.keys(manifest)).not.toContain('homepage')
  expect(manifest.repository.url).toBe(`git+${PROJECT_PAGE}.git`)
  expect(read('SECURITY.md')).toContain(`<${PROJECT_PAGE}/security/advisories/new>`)
  // That the READMEs have it is asked where they are tested.
  const hard = spawnSync('git', ['grep', '-l', PROJECT_PAGE, '--', 'src', 'bin', 'scripts', 'README*'], { cwd: ROOT })
  expect(hard.stdout.toString()).toBe('')
})

test('its first file asks for the Node that the package asks for', () => {
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { engines: { node: string } }
  const needed = /NEEDED = '([\d.]+)'/.exec(readFileSync(join(ROOT, 'bin/zaobao-archiver.js'), 'utf8'))?.[1]
  expect(engines.node).toBe(`>=${needed}`)
})

test('is small', () => {
  expect(packed.size).toBeLessThan(MAX_BYTES)
})

describe('installed', () => {
  let installed = ''
  let offline = ''
  beforeAll(() => {
    installed = join(home.path, 'installed')
    mkdirSync(installed)
    const done = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', installed, tarball], {
      cwd: installed,
      encoding: 'utf8',
      env: { ...process.env },
    })
    if (done.status !== 0)
      offline = `the package's dependencies cannot be had from the registry: ${done.stderr.split('\n')[0]}`
    if (offline !== '') process.stderr.write(`package: ${offline}; what needs them was not run\n`)
  }, SLOW)

  const bin = () => join(installed, 'node_modules/.bin/zaobao-archiver')
  const demo = ['demo', '--archive', 'news']

  test('has its manual page, and the schema that the configuration names', () => {
    if (offline !== '') return
    const own = join(installed, 'node_modules/zaobao-archiver')
    const { man } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')) as { man: string[] }
    // npm links the pages of a list, and passes over a single one.
    expect(man).toEqual([expect.stringMatching(/\.1$/)])
    expect(readFileSync(join(own, man[0] ?? ''), 'utf8')).toContain('.SH EXIT STATUS')
    execFileSync(bin(), ['init'], { cwd: installed, stdio: 'pipe' })
    const config = readFileSync(join(installed, 'zaobao.config.jsonc'), 'utf8')
    const schema = /"\$schema": "\.\/([^"]+)"/.exec(config)?.[1] ?? ''
    expect(JSON.parse(readFileSync(join(installed, schema), 'utf8'))).toHaveProperty('properties.archive')
  })

  test(
    'npx of it works in an empty folder',
    () => {
      if (offline !== '') return
      const empty = join(home.path, 'empty')
      mkdirSync(empty)
      const ended = spawnSync('npx', ['--yes', '--package', tarball, 'zaobao-archiver', ...demo], {
        cwd: empty,
        encoding: 'utf8',
      })
      expect(ended.stdout.trimEnd().split('\n')).toHaveLength(6)
      expect(ended.status).toBe(0)
      expect(readdirSync(empty)).toEqual(['news'])
      expect(ended.stderr).toContain('\n  npx zaobao-archiver search --archive news ')
    },
    SLOW,
  )

  test('the library is importable, and typed', () => {
    if (offline !== '') return
    const script = `import { storyId } from 'zaobao-archiver'; console.log(storyId('https://www.zaobao.com/realtime/china/story20211110-1212150'))`
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: installed,
      encoding: 'utf8',
    })
    expect(said).toBe('1212150\n')
    const typed = join(installed, 'typed.mts')
    const use = `import { parseDocument, storyId, toMarkdown } from 'zaobao-archiver'
      const id: string | null = storyId('x'); const text: string = toMarkdown('<p>x</p>')
      export const body: string = parseDocument(text).body + (id ?? '')
      // @ts-expect-error
      storyId(1)`
    writeFileSync(typed, use)
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
    const flags = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext', '--types', '']
    const checked = spawnSync(process.execPath, [tsc, ...flags, typed], { cwd: installed, encoding: 'utf8' })
    expect({ status: checked.status, said: checked.stdout }).toEqual({ status: 0, said: '' })
  })

  /** Node of a version from the registry; `null` where it cannot be had. */
  function nodeOf(version: string): string | null {
    const found = spawnSync('npx', ['--yes', '--package', `node@${version}`, '--', 'sh', '-c', 'command -v node'], {
      encoding: 'utf8',
      cwd: home.path,
    })
    const node = found.stdout.trim()
    const is = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout ?? ''
    if (is.startsWith(`v${version}.`)) return node
    process.stderr.write(`package: Node ${version} cannot be had from the registry, nothing to run\n`)
    return null
  }

  test.each(['12', '18'])(
    'says on Node %s which is needed',
    (version) => {
      const node = offline === '' ? nodeOf(version) : null
      if (node === null) return
      const { status, stdout, stderr } = spawnSync(node, [bin(), '--help'], { cwd: home.path, encoding: 'utf8' })
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
      expect(stderr).toMatch(/^zaobao-archiver: Node 20\.19 or later is needed; this is \d+\.\d+\.\d+\n$/)
    },
    SLOW,
  )

  test.each(['20', '22.13', '22', '24', '25'])(
    'works on Node %s',
    (version) => {
      if (offline !== '') return
      const node = nodeOf(version)
      if (node === null) return
      const here = join(home.path, `node-${version}`)
      mkdirSync(here)
      const run = (...args: string[]) => spawnSync(node, [bin(), ...args], { cwd: here, encoding: 'utf8' })
      expect(run(...demo)).toMatchObject({ status: 0 })
      expect(run(...demo, '--quiet')).toMatchObject({ status: 0, stdout: '', stderr: '' })
      expect(run('verify', '--archive', 'news')).toMatchObject({
        status: 0,
        stderr: 'verify: 6 stories, nothing wrong\n',
      })
      expect(run('export', '--archive', 'news').stdout.trimEnd().split('\n')).toHaveLength(6)
      const count = () => run('search', '--archive', 'news', 'publisher:zaobao', '--count')
      expect(count()).toMatchObject({ status: 0, stdout: '6\n', stderr: '' })
      rmSync(join(here, 'news', [...storiesIn(join(here, 'news')).keys()][0] ?? ''))
      expect(count()).toMatchObject({ status: 0, stdout: '5\n', stderr: '' })
    },
    SLOW,
  )
})

describe.runIf(hasTool('man', 'the manual page'))('the manual page', () => {
  test('is read without a warning, and tells every command', () => {
    const page = join(home.path, 'source/dist/zaobao-archiver.1')
    const shown = spawnSync('man', ['--warnings', '--local-file', page], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', MANWIDTH: '80' },
    })
    expect({ status: shown.status, said: shown.stderr }).toEqual({ status: 0, said: '' })
    for (const name of ['fetch', 'backfill', 'convert', 'verify', 'init', 'completion']) {
      expect(shown.stdout).toMatch(new RegExp(`^ {3}${name}\\b`, 'm'))
    }
  })
})
