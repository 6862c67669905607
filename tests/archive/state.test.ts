import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EMPTY_STATE, type State } from '../../src/core/archive/state.ts'
import { openRobotsCache } from '../../src/edge/archive/robots-cache.ts'
import { openState, readState } from '../../src/edge/archive/state.ts'
import { freshFolder } from './support/folder.ts'

const filled: State = {
  version: 1,
  lastRun: null,
  sources: {
    china: {
      validators: { etag: 'W/"a\\"', lastModified: null },
      url: 'https://www.zaobao.com.sg/realtime/china',
      permanentUrl: null,
      newest: '2021-11-10T07:37:00.000Z',
      lastOk: '2021-11-10T08:00:00.000Z',
      lastError: null,
      failingSince: null,
      reportedOn: null,
      ended: null,
    },
  },
  hosts: { 'www.zaobao.com.sg': { notBefore: '2021-11-10T09:00:00.000Z' } },
  queue: [],
  gaps: [],
}

async function withState(text: string): Promise<string> {
  const root = await freshFolder()
  await mkdir(join(root, '.zaobao'))
  await writeFile(join(root, '.zaobao', 'state.json'), text)
  return root
}

describe('the state', () => {
  test('comes back as it was saved', async () => {
    const root = await freshFolder()
    const file = await openState(root, () => undefined)
    expect(file.state).toEqual(EMPTY_STATE)
    await file.save(filled)
    expect((await openState(root, () => undefined)).state).toEqual(filled)
    expect(await readState(root, () => undefined)).toEqual(filled)
  })

  test('that is the same is not written again', async () => {
    const root = await freshFolder()
    await (await openState(root, () => undefined)).save(EMPTY_STATE)
    await expect(stat(join(root, '.zaobao'))).rejects.toThrow('ENOENT')
    await (await openState(root, () => undefined)).save(filled)
    const before = await stat(join(root, '.zaobao', 'state.json'))
    await (await openState(root, () => undefined)).save(structuredClone(filled))
    expect((await stat(join(root, '.zaobao', 'state.json'))).ino).toBe(before.ino)
  })

  test.each([
    ['nothing', ''],
    ['half of it', JSON.stringify(filled).slice(0, 90)],
    ['zeros', '\0'.repeat(100)],
    ['an array', '[]'],
    ['another version', JSON.stringify({ ...filled, version: 2 })],
    ['a time that is none', JSON.stringify({ ...filled, hosts: { a: { notBefore: 'soon' } } })],
    ['a queue of nothing', JSON.stringify({ ...filled, queue: [{}] })],
  ])('that holds %s is set aside, reported and empty', async (_, text) => {
    const root = await withState(text)
    const lines: string[] = []
    expect(await readState(root, () => undefined)).toEqual(EMPTY_STATE)
    expect((await openState(root, (line) => lines.push(line))).state).toEqual(EMPTY_STATE)
    expect(lines).toEqual([expect.stringContaining('set aside as')])
    expect(await readFile(join(root, '.zaobao', 'state.json.damaged-1'), 'utf8')).toBe(text)
  })

  test('damaged again and again leaves a few files', async () => {
    const root = await withState('')
    for (let n = 0; n < 9; n += 1) {
      await writeFile(join(root, '.zaobao', 'state.json'), `${n}`)
      await openState(root, () => undefined)
    }
    expect((await readdir(join(root, '.zaobao'))).toSorted()).toEqual(
      [1, 2, 3, 4, 5].map((n) => `state.json.damaged-${n}`),
    )
  })
})

describe('the kept robots.txt', () => {
  const origin = 'https://a.example'
  const copy = { fetched: 1_636_531_200_000, status: 200, body: 'User-agent: *\n' }

  test('comes back for its origin alone', async () => {
    const cache = openRobotsCache(await freshFolder())
    expect(await cache.read(origin)).toBeNull()
    await cache.write(origin, copy)
    expect(await cache.read(origin)).toEqual(copy)
    expect(await cache.read('https://b.example')).toBeNull()
  })

  test('is asked for again when it is damaged', async () => {
    const root = await freshFolder()
    const cache = openRobotsCache(root)
    await cache.write(origin, copy)
    const folder = join(root, '.zaobao', 'robots')
    const [name = ''] = await readdir(folder)
    await writeFile(join(folder, name), '{')
    expect(await cache.read(origin)).toBeNull()
  })
})
