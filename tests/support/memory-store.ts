import type { Lock, Store } from '../../src/edge/store/store.ts'
import { ArchiveError, TryLaterError } from '../../src/errors.ts'
import { message } from '../../src/words/words.ts'

/** As long as the names of most file systems. */
const MAX_NAME_BYTES = 255

/** Contents in memory, and what happens to them from outside. */
export interface Memory {
  /** The store as one process has it. */
  open: () => Store
  /** All of it is gone, as where a disk was unmounted. */
  vanish: () => void
  /** Another program puts a text, or something that is no file (`null`), at a name. */
  plant: (name: string, content: string | null) => void
  /** What stands at each name. */
  texts: () => Record<string, string>
}

interface Kept {
  /** `null`: something that is no file. */
  bytes: Buffer | null
  version: string
  ms: number
}

/** Contents by names of which two that differ in case alone are one, spelled as it was first. */
class Caseless extends Map<string, Kept> {
  private own(name: string): string {
    const same = name.toLowerCase()
    return [...this.keys()].find((key) => key.toLowerCase() === same) ?? name
  }

  override get = (name: string) => super.get(this.own(name))
  override has = (name: string) => super.has(this.own(name))
  override set = (name: string, value: Kept) => super.set(this.own(name), value)
  override delete = (name: string) => super.delete(this.own(name))
}

/**
 * A store as something that is no disk would have it: no folders but those that names speak of, whole contents alone.
 * `ignoresCase`: as the disks of most Macs and of Windows do.
 */
export function createMemory(isMade: boolean, ignoresCase = false): Memory {
  const empty = (): Map<string, Kept> => (ignoresCase ? new Caseless() : new Map())
  const begins = (name: string, start: string): boolean =>
    ignoresCase ? name.toLowerCase().startsWith(start.toLowerCase()) : name.startsWith(start)
  let kept: Map<string, Kept> | null = isMade ? empty() : null
  /** When a name last came to a folder, or went. */
  const changed = new Map<string, number>()
  const lock = { heldBy: null as object | null, waiting: 0 }
  let versions = 0

  const all = (): Map<string, Kept> => {
    if (kept === null) throw new ArchiveError(message`cannot write memory: it is gone`, { isLocal: true })
    return kept
  }

  function touch(name: string): void {
    for (let at = name.lastIndexOf('/'); at > 0; at = name.lastIndexOf('/', at - 1))
      changed.set(name.slice(0, at), Date.now())
  }

  function check(name: string): void {
    const isLong = name.split('/').some((part) => Buffer.byteLength(part) > MAX_NAME_BYTES)
    if (isLong)
      throw new ArchiveError(message`cannot write ${name}: too long`, { isLocal: true, refusedName: 'length' })
    for (let at = name.indexOf('/'); at > 0; at = name.indexOf('/', at + 1)) {
      if (kept?.has(name.slice(0, at)) === true)
        throw new ArchiveError(message`cannot write ${name}: no folder`, { isLocal: true })
    }
  }

  function put(name: string, content: string | Uint8Array): true {
    versions += 1
    if (!all().has(name)) touch(name)
    all().set(name, { bytes: Buffer.from(content as string), version: String(versions), ms: Date.now() })
    return true
  }

  const isFolder = (name: string): boolean => [...(kept?.keys() ?? [])].some((one) => begins(one, `${name}/`))

  function marksOf({ bytes, version, ms }: Kept) {
    const kind = bytes === null ? ('odd' as const) : ('file' as const)
    return { kind, size: bytes?.length ?? 0, modifiedMs: ms, changedMs: ms, version, mode: null }
  }

  const open = (): Store => ({
    async get(name, maxBytes = Number.POSITIVE_INFINITY) {
      const found = kept?.get(name)
      if (found === undefined) return { kind: 'absent' }
      const { bytes } = found
      if (bytes === null) return { kind: 'odd', why: message`is no plain file; move it away` }
      if (bytes.length > maxBytes)
        return { kind: 'odd', why: message`is larger than any file of an archive; move it away` }
      return { ...marksOf(found), kind: 'file', bytes: Buffer.from(bytes) }
    },
    async putIfAbsent(name, content) {
      check(name)
      return !all().has(name) && put(name, content)
    },
    async replace(name, content, { version } = {}) {
      check(name)
      return (version === undefined || all().get(name)?.version === version) && put(name, content)
    },
    async append(name, lines) {
      check(name)
      const before = all().get(name)?.bytes?.toString('utf8') ?? ''
      put(name, `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${lines}`)
    },
    async move(from, to) {
      check(to)
      put(to, all().get(from)?.bytes ?? '')
      all().delete(from)
      touch(from)
    },
    async remove(name) {
      if (kept?.delete(name) === true) touch(name)
    },
    async removeFolder(name) {
      // There is none without anything in it.
      return !isFolder(name) && !all().has(name)
    },
    async list(folder) {
      const start = folder === '' ? '' : `${folder}/`
      if (kept?.has(folder) === true)
        throw new ArchiveError(message`cannot use ${folder}: no folder`, { isLocal: true })
      const found = new Map<string, 'file' | 'folder' | 'odd'>()
      for (const [name, { bytes }] of kept ?? []) {
        if (!begins(name, start)) continue
        const [first = '', ...rest] = name.slice(start.length).split('/')
        found.set(first, rest.length > 0 ? 'folder' : bytes === null ? 'odd' : 'file')
      }
      return [...found].map(([name, kind]) => ({ name, kind }))
    },
    async stat(name) {
      const found = kept?.get(name)
      if (found !== undefined) return marksOf(found)
      if (!isFolder(name)) return null
      const ms = changed.get(name) ?? 0
      return { kind: 'folder', size: 0, modifiedMs: ms, changedMs: ms, version: String(ms), mode: null }
    },
    async folders(folder) {
      const found = new Map<string, number>()
      for (const { name, kind } of await this.list(folder)) {
        const marks = await this.stat(folder === '' ? name : `${folder}/${name}`)
        if (kind === 'folder' && marks !== null) found.set(name, marks.modifiedMs)
      }
      return found
    },

    exists: async () => kept !== null,
    async make() {
      kept ??= empty()
    },
    checkWritable: async () => undefined,
    async lock(_folder, { waitMs, now, sleep, signal }): Promise<Lock> {
      const self = {}
      async function take(until: number): Promise<void> {
        lock.waiting += 1
        while (lock.heldBy !== null && now() < until) await sleep(1, signal)
        lock.waiting -= 1
        if (lock.heldBy !== null) throw new TryLaterError(message`another run holds the archive`)
        lock.heldBy = self
      }
      await take(now() + waitMs)
      return {
        async letOthersIn() {
          if (lock.waiting === 0) return false
          lock.heldBy = null
          while (lock.waiting > 0) await sleep(1, signal)
          await take(Number.POSITIVE_INFINITY)
          return true
        },
        async release() {
          lock.heldBy = null
        },
      }
    },

    place: (name = '') => `memory:${name}`,
    shown: (name) => `memory:${name}`,
    nameOf: (path) => (path.startsWith('memory:') ? path.slice('memory:'.length) : null),
  })

  return {
    open,
    vanish() {
      kept = null
    },
    plant(name, content) {
      put(name, content ?? '')
      if (content === null) all().get(name)!.bytes = null
    },
    texts() {
      const texts = [...(kept ?? [])].map(([name, { bytes }]) => [name, bytes?.toString('latin1') ?? ''])
      return Object.fromEntries(texts.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))) as Record<string, string>
    },
  }
}
