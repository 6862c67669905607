import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const CONFIG = '.oxlintrc.json'

interface Override {
  files: string[]
  rules: { 'no-restricted-imports'?: [string, { patterns: { regex?: string }[] }] }
}

const config = JSON.parse(readFileSync(join(ROOT, CONFIG), 'utf8')) as { overrides: Override[] }

/** The rooms from the top down; a room may import those after it, `sites` and `edge` not one another. */
const FORBIDDEN: Record<string, string[]> = {
  core: ['../sites/index.ts', '../edge/read.ts', '../pipeline/run.ts', '../commands/fetch.ts', '../program/tree.ts'],
  sites: ['../edge/read.ts', '../pipeline/run.ts', '../commands/fetch.ts', '../program/tree.ts'],
  edge: ['../sites/index.ts', '../pipeline/run.ts', '../commands/fetch.ts', '../program/tree.ts'],
  pipeline: ['../commands/fetch.ts', '../program/tree.ts', '../program.ts', '../main.ts', '../worker.ts'],
  commands: ['../program/tree.ts', '../program.ts', '../main.ts', '../worker.ts'],
  program: ['../main.ts', '../worker.ts'],
  words: ['../core/time.ts', '../errors.ts', '../io.ts', 'node:fs'],
}
/** What publishers share knows none of them, and none of them knows another. */
const OF_PUBLISHERS: [room: string, name: string][] = [
  ...['generic', 'page', 'body', 'lists'].flatMap((room): [string, string][] => [
    [`sites/${room}`, '../zaobao/index.ts'],
    [`sites/${room}`, '../another/drop.ts'],
  ]),
  ['sites/zaobao', '../another/index.ts'],
  ['sites/zaobao/lists', '../../another/lists/index.ts'],
  ['sites/another', '../zaobao/lists/json.ts'],
]
const ABOVE_CORE = [
  '../main.ts',
  '../program.ts',
  '../config/config.ts',
  '../config/keys.ts',
  '../config/values.ts',
  '../io.ts',
  '../progress.ts',
]
const IO = [
  'node:fs',
  'node:fs/promises',
  'node:http',
  'node:https',
  'node:net',
  'node:dns',
  'node:child_process',
  'node:os',
]

const imports = (name: string) => `import * as planted from '${name}'\nexport const found = planted\n`
const uses = (expression: string) => `export const found = ${expression}\n`

/** Only a store knows where it is: above it no path is joined to a root, and no file asked for. */
const OF_FILES = ['node:fs', 'node:fs/promises', 'node:path', '../../edge/store/files/files.ts']

const PLANTS: [room: string, source: string][] = [
  ...OF_PUBLISHERS.map(([room, name]): [string, string] => [room, imports(name)]),
  ['sites/zaobao', imports('../../edge/read.ts')],
  ...['edge/archive', 'pipeline', 'commands'].flatMap((room) =>
    OF_FILES.map((name): [string, string] => [room, imports(name)]),
  ),
  ...Object.entries(FORBIDDEN).flatMap(([room, names]) => names.map((name): [string, string] => [room, imports(name)])),
  ...['core', 'sites'].flatMap((room) =>
    [...ABOVE_CORE, '../errors.ts', ...IO].map((name): [string, string] => [room, imports(name)]),
  ),
  ...['../main.ts', '../program.ts', '../config/config.ts', '../config/keys.ts'].map((name): [string, string] => [
    'edge',
    imports(name),
  ]),
  ...['core', 'sites', 'edge', 'pipeline', 'commands', 'program'].map((room): [string, string] => [
    room,
    uses('process.env'),
  ]),
  ...['core', 'sites'].flatMap((room) =>
    ['Date.now()', 'Math.random()', 'fetch', 'setTimeout', 'performance'].map((name): [string, string] => [
      room,
      uses(name),
    ]),
  ),
]

/** What a page said goes on as plain values: no DOM leaves `sites`. */
for (const room of ['edge', 'pipeline', 'commands', 'program']) {
  PLANTS.push(
    ...['Element', 'HTMLElement', 'Node'].map((type): [string, string] => [room, `export type Found = ${type}\n`]),
  )
}
PLANTS.push(...['pipeline', 'commands'].map((room): [string, string] => [room, imports('../core/html/html.ts')]))

const ALLOWED: [room: string, source: string][] = [
  ['edge/archive', imports('node:path/posix')],
  ['edge/archive', imports('../store/store.ts')],
  ['edge/store/files', imports('node:fs')],
  ['commands', imports('../edge/store/open.ts')],
  ['core', imports('./identity.ts')],
  ['sites', imports('../core/model.ts')],
  ['sites/another', imports('../../core/model.ts')],
  ['sites/another', imports('../page/paper.ts')],
  ['sites/another/lists', imports('../../lists/entries.ts')],
  ['sites/another/lists', imports('../drop.ts')],
  ['sites/page', imports('../body/body.ts')],
  ['sites/page', imports('../../words/words.ts')],
  ['edge', imports('../errors.ts')],
  ['pipeline', imports('../sites/index.ts')],
  ['commands', imports('../pipeline/run.ts')],
  ['program', imports('../commands/fetch.ts')],
  ...['core', 'sites', 'edge', 'pipeline', 'commands', 'program'].map((room): [string, string] => [
    room,
    imports('../words/words.ts'),
  ]),
]

/** The planted files that lint refuses, by their names. */
function refused(plants: [room: string, source: string][]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'zaobao-layers-'))
  try {
    cpSync(join(ROOT, CONFIG), join(folder, CONFIG))
    plants.forEach(([room, source], index) => {
      const file = join(folder, 'src', room, `planted-${index}.ts`)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, source)
    })
    const lint = join(ROOT, 'node_modules/.bin/oxlint')
    const { stdout } = spawnSync(lint, ['--format', 'json', 'src'], { cwd: folder, encoding: 'utf8' })
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] }
    return diagnostics.filter(({ code }) => code.includes('no-restricted')).map(({ filename }) => filename)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('lint refuses each import and global that a room may not have', () => {
  const found = new Set(refused(PLANTS))
  const missed = PLANTS.filter(([room], index) => !found.has(`src/${room}/planted-${index}.ts`))
  expect(missed).toEqual([])
})

test('lint refuses nothing that a room may have', () => {
  expect(refused(ALLOWED)).toEqual([])
})

const sources = (room: string): [file: string, text: string][] =>
  readdirSync(join(ROOT, 'src', room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [`src/${room}/${name}`, readFileSync(join(ROOT, 'src', room, name), 'utf8')])

test('imports at run time run the same way: lint sees only those at the head of a file', () => {
  const wrong = config.overrides.flatMap(({ files, rules }) => {
    const [room] = /(?<=^src\/)[\w/]+(?=\/[*{])/.exec(files[0] ?? '') ?? []
    const patterns =
      rules['no-restricted-imports']?.[1].patterns.flatMap(({ regex }) =>
        regex === undefined ? [] : new RegExp(regex),
      ) ?? []
    if (room === undefined) return []
    return sources(room).flatMap(([file, text]) =>
      [...text.matchAll(/\bimport\('([^']+)'\)/g)]
        .filter(([, name = '']) => patterns.some((pattern) => pattern.test(name)))
        .map(([, name]) => `${file}: ${name}`),
    )
  })
  expect(wrong).toEqual([])
})

test('no clock in the pure rooms: `new Date()` without an argument reads it', () => {
  const clocks = ['core', 'sites'].flatMap(sources).filter(([, text]) => /new Date\(\s*\)/.test(text))
  expect(clocks.map(([file]) => file)).toEqual([])
})
