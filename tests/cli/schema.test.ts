import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROWS } from '../../src/config/keys.ts'
import { loadConfig } from '../../src/config/config.ts'
import { testIo } from '../support/io.ts'
import { call, folder } from '../support/program.ts'

const { path: home, ...made } = folder()
afterAll(() => made.remove())

async function validatorOf(...args: string[]) {
  const { code, stdout } = await call(['schema', ...args], { cwd: home })
  expect(code).toBe(0)
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true })
  addFormats.default(ajv)
  return ajv.compile(JSON.parse(stdout) as object)
}

function linesOf(ndjson: string): unknown[] {
  return ndjson
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)
}

describe('the schema of the record', () => {
  let valid: Awaited<ReturnType<typeof validatorOf>>
  let records: unknown[]
  beforeAll(async () => {
    valid = await validatorOf()
    records = linesOf((await call(['demo', '--archive', 'archive', '--json'], { cwd: home })).stdout)
  })

  const faults = (record: unknown) => (valid(record) ? [] : valid.errors)

  test('holds for what fetch prints', () => {
    expect(records.length).toBeGreaterThan(3)
    for (const record of records) expect(faults(record)).toEqual([])
  })

  test('holds for what export prints, with and without the notes of the program', async () => {
    const { stdout } = await call(['export'], { cwd: home })
    expect(linesOf(stdout)).toHaveLength(records.length)
    for (const record of linesOf(stdout)) expect(faults(record)).toEqual([])
  })

  test('holds for what convert prints; and a record, its document and its record are the same', async () => {
    const page = readFileSync(new URL('../../fixtures/site/react-bridge.html', import.meta.url), 'utf8')
    const url = 'https://www.zaobao.com.sg/realtime/china/story20260312-9000004'
    const converted = await call(['convert', '--url', url, '--format', 'json'], { cwd: home, input: page })
    expect(faults(JSON.parse(converted.stdout))).toEqual([])
    const document = await call(['convert', '--from', 'json'], { cwd: home, input: converted.stdout })
    expect(document.stdout).toBe((await call(['convert', '--url', url], { cwd: home, input: page })).stdout)
  })

  test.each([
    ['an empty string where nothing is', { section: '' }],
    ['a time without milliseconds', { published: '2021-11-10T07:37:00Z' }],
    ['an id that is none', { id: 'abc' }],
    ['revision 0', { revision: 0 }],
    ['another schema', { schema: 2 }],
    ['an unknown key', { colour: 'red' }],
  ])('does not hold for %s', (_, change) => {
    expect(faults({ ...(records[0] as object), ...change })).not.toEqual([])
  })
})

describe('the schema of the configuration', () => {
  const keys = ROWS.map(([key]) => key)

  test('has the keys that are known, with the defaults in force', async () => {
    const defaults = ROWS.flatMap(([key, row]) => (row.default === undefined ? [] : [[key, row.default]]))
    writeFileSync(join(home, 'all.jsonc'), JSON.stringify(Object.fromEntries(defaults)))
    const written = await loadConfig({ config: 'all.jsonc' }, testIo(home))
    expect(written).toEqual(await loadConfig({}, testIo(home)))
    writeFileSync(join(home, 'none.jsonc'), '{ "nonesuch": 1 }')
    const { stderr } = await call(['items', 'x', '--config', 'none.jsonc'], { cwd: home })
    const listed = /the keys are (.*)\n$/.exec(stderr)?.[1]?.split(', ')
    expect(listed?.toSorted()).toEqual(keys.toSorted())
  })

  // What an editor underlines is what the program refuses.
  const values: unknown[] = [
    ...[
      '',
      'china',
      './x',
      '1/s',
      '30/m',
      '0/s',
      '7d',
      '500ms',
      '0',
      '5',
      'markdown',
      'html',
      'revise',
      'keep',
      'true',
    ],
    ...[
      'https://a.example/f',
      'ftp://a.example',
      'you@example.org',
      'bylines',
      'nonesuch',
      'list',
      '*.example.org',
      'a b',
    ],
    ...[
      0,
      1,
      4,
      -1,
      1.5,
      true,
      false,
      null,
      {},
      [],
      ['china', 'world'],
      ['bylines', 'updated'],
      ['https://a.example/'],
    ],
    ...[{ rsshub: 'https://a.example' }, { feed: 'https://a.example', section: 'china' }, { feed: 'x' }, ['json', {}]],
  ]
  let valid: Awaited<ReturnType<typeof validatorOf>>
  beforeAll(async () => {
    valid = await validatorOf('config')
  })
  test.each(keys)('%s: says what the program says', async (key) => {
    for (const value of values) {
      writeFileSync(join(home, 'one.jsonc'), JSON.stringify({ [key]: value }))
      const loads = await loadConfig({ config: 'one.jsonc' }, testIo(home)).then(
        () => true,
        () => false,
      )
      expect({ [key]: value, valid: valid({ [key]: value }) }).toEqual({ [key]: value, valid: loads })
    }
  })
})
