import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openQueue } from '../../src/core/archive/queue.ts'
import { EMPTY_STATE, soundState, type State } from '../../src/core/archive/state.ts'
import { openRobotsCache } from '../../src/edge/archive/robots-cache.ts'
import { openState, readState } from '../../src/edge/archive/state.ts'
import { storeAt } from '../support/store.ts'
import { freshFolder } from './support/folder.ts'
import { ArchiveError } from '../../src/errors.ts'
import type { Store } from '../../src/edge/store/store.ts'
import { english, message } from '../../src/words/words.ts'

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
      ended: null,
    },
  },
  hosts: { 'www.zaobao.com.sg': { notBefore: '2021-11-10T09:00:00.000Z' } },
  queue: [],
  gaps: [],
}

function sourceWith(more: object): Partial<State> {
  return { sources: { china: { ...filled.sources['china']!, ...more } } }
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
    const file = await openState(storeAt(root), () => undefined)
    expect(file.state).toEqual(EMPTY_STATE)
    await file.save(filled)
    expect((await openState(storeAt(root), () => undefined)).state).toEqual(filled)
    expect(await readState(storeAt(root), () => undefined)).toEqual(filled)
  })

  test('that is the same is not written again', async () => {
    const root = await freshFolder()
    await (await openState(storeAt(root), () => undefined)).save(EMPTY_STATE)
    await expect(stat(join(root, '.zaobao'))).rejects.toThrow('ENOENT')
    await (await openState(storeAt(root), () => undefined)).save(filled)
    const before = await stat(join(root, '.zaobao', 'state.json'))
    await (await openState(storeAt(root), () => undefined)).save(structuredClone(filled))
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
    expect(await readState(storeAt(root), () => undefined)).toEqual(EMPTY_STATE)
    expect((await openState(storeAt(root), (line) => lines.push(line))).state).toEqual(EMPTY_STATE)
    expect(lines).toEqual([expect.stringContaining('set aside as')])
    expect(await readFile(join(root, '.zaobao', 'state.json.damaged-1'), 'utf8')).toBe(text)
  })

  test.each(['state.json', 'state.copy.json'])('keeps what waits where one letter of %s is another', async (name) => {
    const entry = {
      ...{ id: '1', url: 'https://www.zaobao.com.sg/realtime/china/story20211110-1', day: '2021-11-10', title: '甲' },
      ...{ published: null, html: null, source: 'china', tries: 1, firstFailed: '2021-11-10T08:00:00.000Z' },
      ...{ nextTry: '2021-11-10T09:00:00.000Z', reason: message`500`, lastReported: '2021-11-10T08:00:00.000Z' },
    }
    const root = await freshFolder()
    await (await openState(storeAt(root), () => undefined)).save({ ...filled, queue: [entry] })
    const path = join(root, '.zaobao', name)
    const bytes = await readFile(path)
    for (let at = 0; at < bytes.length; at += 7) {
      const damaged = Buffer.from(bytes)
      damaged[at] = (damaged[at] ?? 0) ^ 1
      await writeFile(path, damaged)
      expect((await readState(storeAt(root), () => undefined)).queue, `byte ${at}`).toEqual([entry])
    }
  })

  const NOW = Date.parse('2021-11-10T09:00:00.000Z')
  const entry = {
    ...{
      id: '1',
      url: 'https://a.example/1',
      day: null,
      title: null,
      published: null,
      html: null,
      source: 'a',
      tries: 1,
    },
    ...{ firstFailed: '2021-11-10T08:00:00.000Z', nextTry: '2021-11-11T08:00:00.000Z', reason: message`500` },
    lastReported: '2021-11-10T08:00:00.000Z',
  }
  const gap = {
    ...{
      source: 'a',
      origin: 'https://a.example',
      sections: [],
      from: '2021-11-08',
      to: '2021-11-09',
      reason: message`no`,
    },
    ...{ noticed: '2021-11-10T08:00:00.000Z', lastTried: '2021-11-10T08:00:00.000Z' },
  }

  test.each<[string, (at: string) => Partial<State>, string, string | null]>([
    ['a pause', (notBefore) => ({ hosts: { a: { notBefore } } }), '2021-11-17T08:00:00.000Z', null],
    ['a retry', (nextTry) => ({ queue: [{ ...entry, nextTry }] }), '2021-11-11T08:00:00.000Z', 'now'],
    ['a first failure', (firstFailed) => ({ queue: [{ ...entry, firstFailed }] }), '2021-11-10T08:00:00.000Z', 'now'],
    ['a try of a gap', (lastTried) => ({ gaps: [{ ...gap, lastTried }] }), '2021-11-10T08:00:00.000Z', null],
    ['a gap', (noticed) => ({ gaps: [{ ...gap, noticed }] }), '2021-11-10T08:00:00.000Z', 'now'],
    ['the newest story of a source', (newest) => sourceWith({ newest }), '2021-11-11T08:00:00.000Z', null],
    ['a reading of a source', (lastOk) => sourceWith({ lastOk }), '2021-11-10T08:00:00.000Z', null],
    ['a survey', (surveyed) => ({ surveyed }), '2021-11-10T08:00:00.000Z', null],
  ])('%s in a year that has not come is void, a likely one stands', (_name, make, likely, instead) => {
    const at = (time: string) => JSON.stringify(soundState({ ...filled, ...make(time) }, NOW))
    expect(at(likely)).toBe(JSON.stringify({ ...filled, ...make(likely) }))
    expect(at('2031-05-01T00:00:00.000Z')).not.toContain('2031')
    if (instead !== null) expect(at('2031-05-01T00:00:00.000Z')).toContain(new Date(NOW).toISOString())
  })

  test('a story waits as long as its host', () => {
    const nextTry = '2021-11-15T08:00:00.000Z'
    const waiting = { ...filled, hosts: { 'a.example': { notBefore: nextTry } }, queue: [{ ...entry, nextTry }] }
    expect(soundState(waiting, NOW)).toEqual(waiting)
  })

  test('a gap that was noticed before its days, by a clock that was behind, is not given up at once', () => {
    const sound = soundState({ ...filled, gaps: [{ ...gap, noticed: '1970-01-01T00:00:00.000Z' }] }, NOW)
    expect(sound.gaps[0]?.noticed).toBe(new Date(NOW).toISOString())
  })

  test('damaged again and again leaves a few files', async () => {
    const root = await withState('')
    for (let n = 0; n < 9; n += 1) {
      await writeFile(join(root, '.zaobao', 'state.json'), `${n}`)
      await openState(storeAt(root), () => undefined)
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
    const cache = openRobotsCache(storeAt(await freshFolder()))
    expect(await cache.read(origin)).toBeNull()
    await cache.write(origin, copy)
    expect(await cache.read(origin)).toEqual(copy)
    expect(await cache.read('https://b.example')).toBeNull()
  })

  test('is asked for again when it is damaged', async () => {
    const root = await freshFolder()
    const cache = openRobotsCache(storeAt(root))
    await cache.write(origin, copy)
    const folder = join(root, '.zaobao', 'robots')
    const [name = ''] = await readdir(folder)
    await writeFile(join(folder, name), '{')
    expect(await cache.read(origin)).toBeNull()
  })

  test.each<[string, (folder: string, name: string) => Promise<unknown>, RegExp | null]>([
    ['a folder for the file', (folder, name) => mkdir(join(folder, name, 'x'), { recursive: true }), /move it away/],
    // A link is no place where anything is looked for, and is replaced as a file is.
    [
      'a link for the file',
      async (folder, name) => [await mkdir(folder), await symlink('/nowhere', join(folder, name))],
      null,
    ],
    ['a file for the folder', (folder) => writeFile(folder, ''), /move it away/],
    ['a link for the folder', (folder) => symlink('/nowhere', folder), /replace it/],
  ])('can be done without: %s', async (_name, put, said) => {
    const [root, other] = [await freshFolder(), await freshFolder()]
    await openRobotsCache(storeAt(other)).write(origin, copy)
    const [name = ''] = await readdir(join(other, '.zaobao', 'robots'))
    await mkdir(join(root, '.zaobao'))
    await put(join(root, '.zaobao', 'robots'), name)
    const told: string[] = []
    const cache = openRobotsCache(storeAt(root), (why) => told.push(english(why)))
    expect(await cache.read(origin)).toBeNull()
    await cache.write(origin, copy)
    expect(told).toEqual(said === null ? [] : [expect.stringMatching(said)])
    for (const line of told) expect(line).toContain('.zaobao/robots')
    expect(await cache.read(origin)).toEqual(said === null ? copy : null)
  })
})

describe('what the system does not give of the state', () => {
  const HELD = { 'example.org': { notBefore: '2099-01-01T00:00:00.000Z' } }
  const item = {
    ...{ id: '1', url: 'https://www.zaobao.com.sg/realtime/china/story20211110-1', day: '2021-11-10', title: null },
    ...{ published: null, html: '<p>文。</p>', section: null, seen: {}, source: 'china' },
  }
  const failedAt = Date.parse('2021-11-10T08:00:00Z')
  const queue = openQueue([])
  queue.failed(item, message`no answer`, failedAt, false)
  const saved: State = { ...filled, queue: queue.entries(failedAt) }

  /** The store of an archive that has a state, in which these names are another user's. */
  async function refusing(root: string, names: readonly string[]): Promise<Store> {
    const store = storeAt(root)
    const refused = (name: string): void => {
      const isRefused = names.some((each) => name === `.zaobao/${each}` || name.startsWith(`.zaobao/${each}/`))
      if (isRefused) throw new ArchiveError(message`cannot read ${name}`, { isLocal: true })
    }
    return {
      ...store,
      get: async (name, most) => (refused(name), store.get(name, most)),
      list: async (name) => (refused(name), store.list(name)),
      replace: async (name, content, over) => {
        if (names.includes('waiting') || names.includes('sticky')) refused(name)
        return store.replace(name, content, over)
      },
    }
  }

  async function opened(names: readonly string[]) {
    const root = await freshFolder()
    await (await openState(storeAt(root), () => undefined)).save(saved)
    const lines: string[] = []
    const store = await refusing(root, names)
    return { root, store, lines, open: () => openState(store, (line) => lines.push(line)) }
  }

  test.each([
    ['state.json', 1],
    ['state.copy.json', 0],
  ])('%s alone: what waits is known all the same', async (name, said) => {
    const { open, lines, root } = await opened([name])
    const file = await open()
    expect(file.state.queue.map(({ id }) => id)).toEqual(['1'])
    await file.save({ ...file.state, hosts: HELD })
    expect(lines).toHaveLength(said)
    expect((await openState(storeAt(root), () => undefined)).state.queue.map(({ id }) => id)).toEqual(['1'])
  })

  test('both: nothing is taken for lost, and nothing written over', async () => {
    const { open, store, root } = await opened(['state.json', 'state.copy.json'])
    await expect(open()).rejects.toThrow('cannot read .zaobao/state.json')
    await expect(readState(store, () => undefined)).rejects.toThrow('cannot read .zaobao/state.json')
    expect((await openState(storeAt(root), () => undefined)).state.queue.map(({ id }) => id)).toEqual(['1'])
  })

  test('the texts of what waits: one line, and the state is saved', async () => {
    const { open, lines, root } = await opened(['waiting'])
    const file = await open()
    expect(await file.textOf('1')).toBeNull()
    await file.save({ ...file.state, hosts: HELD })
    expect(lines).toEqual([expect.stringContaining('cannot read .zaobao/waiting')])
    expect((await openState(storeAt(root), () => undefined)).state.hosts).toEqual(HELD)
  })
})
