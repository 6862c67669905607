import { getOrMake } from '../../core/get-or-make.ts'
import { sha256 } from '../../core/hash.ts'
import { inLanes } from '../../core/lanes.ts'
import { latestOf } from '../../core/latest.ts'
import type { LockOptions, Store } from '../../edge/store/store.ts'
import { TryLaterError, UsageError } from '../../errors.ts'
import { t } from '../../words/words.ts'

/** What is this program's in the folder of a site. */
const OWN = '.zaobao-site'
const LIST = `${OWN}/files.ndjson`
/** The lock is of this machine, the list of the site. */
const GITIGNORE = '/lock*\n'
const HEAD = `${JSON.stringify({ site: 1 })}\n`

/** What files of a site are called: nothing of its folder's owner, and nothing outside. */
const NAME = /^(?:\.nojekyll|[a-z\d][a-z\d.-]*(?:\/[a-z\d][a-z\d.-]*){0,2})$/

/** Files that are written at once. */
const LANES = 8
/** Folders of which it is kept what they hold. */
const MAX_FOLDERS = 64

/** A file of a site. What is given as a function never changes: it is asked for where the file is missing. */
export interface SiteFile {
  name: string
  content: string | Uint8Array | (() => Promise<Uint8Array | null>)
}

/** Files that are made together, of the same. */
interface Group {
  group: string
  /** What they were made of; `null`: they are not whole yet. */
  key: string | null
  files: readonly string[]
  /** What was noted of them. */
  data: unknown
}

/** The folder of a site: what a list in it names was written by this program, and nothing else is touched. */
export interface SiteFolder {
  /** Whether a group stands there, whole, made of what `key` tells; it stays then, and `data` is noted of it where it is given. */
  keep(group: string, key: string, data?: unknown): Promise<boolean>
  /** What was noted of a group when it was made; `null` where nothing was. */
  noted(group: string): unknown
  /** Has a group hold these files: writes those that are other; those that it had besides go at the end. */
  put(group: string, key: string, files: readonly SiteFile[], data?: unknown): Promise<void>
  /** Removes what was neither put nor kept, now that no page leads there; answers how many files there are, were written and were removed. */
  end(): Promise<{ files: number; written: number; removed: number }>
  release(): Promise<void>
}

/** The group of files that are to go. */
const GONE = 'gone'
const NOTHING = { key: null, data: null }

/** Opens the folder of a site to write into it. Throws `UsageError` where it holds what is no site of this program. */
export async function openSiteFolder(store: Store, options: Omit<LockOptions, 'waitMs'>): Promise<SiteFolder> {
  const kind = (await store.stat(''))?.kind ?? null
  if (kind === 'file') throw new UsageError(`--site: ${t`${store.place()} is a file, not a folder`}`)
  const there = kind === null ? [] : await store.list('')
  const list = await store.get(LIST)
  const lines = list.kind === 'file' ? linesOf(list.bytes) : []
  const head = lines[0]?.toString('utf8')
  // What begins with a dot, and the name of the site, people put there before its pages.
  const others = there.filter(({ name }) => !name.startsWith('.') && name !== 'CNAME')
  if (`${head}\n` !== HEAD && others.length > 0)
    throw new UsageError(
      `--site: ${t`${store.place()} holds what is no site of this program (${others[0]?.name ?? ''}); name a folder of its own`}`,
    )
  await store.make()
  const lock = await store.lock(OWN, { ...options, waitMs: 0 }).catch((error: unknown) => {
    throw error instanceof TryLaterError
      ? new TryLaterError(t`another run writes the site ${store.place()}; try later`)
      : error
  })
  if (list.kind !== 'file') {
    await store.replace(`${OWN}/.gitignore`, GITIGNORE)
    await store.replace(LIST, HEAD)
  }
  const groups = new Map<string, Held>()
  for (const line of lines.slice(1)) {
    const group = groupIn(line.toString('utf8'))
    if (group !== null) groups.set(group.group, heldOf(group))
  }
  return { ...folderOf(store, groups), release: () => lock.release() }
}

/** A short hash of a value. */
export function hashOf(value: unknown): string {
  return sha256(JSON.stringify(value)).slice(0, 16)
}

const sumOf = ({ group, key, files, data }: Group): string => hashOf([group, key, files, data])

/** A group as a line of the list. `sum`: what tells that the line is as it was written. */
function lineOf({ group, key, files, data }: Group): string {
  const own = { group, key, files, data }
  return `${JSON.stringify({ sum: sumOf(own), ...own })}\n`
}

/** The group of a line, which is to be made anew where the line was changed; `null` for one that is torn, or tells of no files. */
function groupIn(line: string): Group | null {
  try {
    const { sum, ...group } = JSON.parse(line) as Group & { sum: string }
    const isOwn = Array.isArray(group.files) && group.files.every((name) => typeof name === 'string' && NAME.test(name))
    if (!isOwn || typeof group.group !== 'string') return null
    return sum === sumOf(group) ? group : { ...group, ...NOTHING }
  } catch {
    return null
  }
}

/** The lines of a file, as they stand there: text of it would take twice the room. */
function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = []
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf('\n', at)
    const line = bytes.subarray(at, end === -1 ? bytes.length : end)
    lines.push(line.at(-1) === 0x0d ? line.subarray(0, -1) : line)
    at += line.length + 1
  }
  return lines
}

/** A group in memory: as its line, since a site has as many files as stories, and more. */
interface Held {
  key: string | null
  /** How many files it has. */
  count: number
  line: Buffer
}

function heldOf(group: Group, line = lineOf(group)): Held {
  return { key: group.key, count: group.files.length, line: Buffer.from(line) }
}

const groupOf = ({ line }: Held): Group => JSON.parse(line.toString('utf8')) as Group

function folderOf(store: Store, groups: Map<string, Held>): Omit<SiteFolder, 'release'> {
  const seen = new Set<string>()
  const folders = latestOf<Promise<Set<string>>>(MAX_FOLDERS)
  const count = { written: 0, removed: 0 }
  let isListed = true

  async function isThere(name: string): Promise<boolean> {
    const at = name.lastIndexOf('/')
    const folder = name.slice(0, Math.max(0, at))
    const names = getOrMake(folders, folder, async () => new Set((await store.list(folder)).map((entry) => entry.name)))
    return (await names).has(name.slice(at + 1))
  }

  async function note(group: Group): Promise<void> {
    isListed = false
    const line = lineOf(group)
    groups.set(group.group, heldOf(group, line))
    await store.append(LIST, line)
  }

  const groupNamed = (group: string): Group | null => {
    const held = groups.get(group)
    return held === undefined ? null : groupOf(held)
  }

  /** Whether a group has a file. Names hold nothing that JSON writes otherwise. */
  const isOwn = (name: string): boolean =>
    [...groups.values()].some((held) => held.line.includes(`"${name}"`) && groupOf(held).files.includes(name))

  /** What is to be written of a file; `null` where it stands there already. */
  async function changed(
    { name, content }: SiteFile,
    former: ReadonlySet<string>,
  ): Promise<string | Uint8Array | null> {
    const is = await isThere(name)
    if (typeof content === 'function') return is ? null : content()
    const found = is ? await store.get(name) : null
    if (found?.kind === 'file' && found.bytes.equals(Buffer.from(content))) return null
    if (found !== null && !former.has(name) && !isOwn(name))
      throw new UsageError(
        `--site: ${t`${store.place(name)} is not of this site, and a page is to stand there; move it away`}`,
      )
    return content
  }

  return {
    noted: (group) => groupNamed(group)?.data ?? null,
    async keep(group, key, data) {
      const held = groups.get(group)
      if (held?.key !== key) return false
      const known = groupOf(held)
      for (const name of known.files) if (!(await isThere(name))) return false
      seen.add(group)
      if (data !== undefined && JSON.stringify(data) !== JSON.stringify(known.data)) await note({ ...known, data })
      return true
    },
    async put(group, key, given, data = null) {
      const files = [...new Map(given.map((file) => [file.name, file])).values()]
      seen.add(group)
      const former = new Set(groupNamed(group)?.files)
      const names = files.map(({ name }) => name)
      const wanted = new Set(names)
      const gone = [...former].filter((name) => !wanted.has(name))
      const waiting: [string, string | Uint8Array][] = []
      await inLanes(files, LANES, async (file) => {
        const content = await changed(file, former)
        if (content !== null) waiting.push([file.name, content])
      })
      // What is written is told before: a run that dies leaves nothing that the next does not know.
      const isNew = names.some((name) => !former.has(name))
      if (gone.length > 0) await note({ ...NOTHING, group: GONE, files: [...(groupNamed(GONE)?.files ?? []), ...gone] })
      if (isNew || waiting.length > 0) await note({ ...NOTHING, group, files: names })
      await inLanes(waiting, LANES, async ([name, content]) => {
        await store.replace(name, content)
        count.written += 1
      })
      if (groups.get(group)?.key !== key || gone.length > 0) await note({ group, key, files: names, data })
    },
    async end() {
      const others = [...groups].flatMap(([group, held]) => (seen.has(group) ? [] : [groupOf(held)]))
      for (const { group } of others) groups.delete(group)
      const unwanted = new Set(others.flatMap(({ files }) => files))
      if (unwanted.size > 0)
        for (const held of groups.values()) for (const name of groupOf(held).files) unwanted.delete(name)
      for (const name of unwanted) {
        if (await isThere(name)) count.removed += 1
        await store.remove(name)
      }
      const lines = [...groups.values()].map(({ line }) => line)
      if (!isListed || others.length > 0) await store.replace(LIST, Buffer.concat([Buffer.from(HEAD), ...lines]))
      return { files: [...groups.values()].reduce((sum, held) => sum + held.count, 0), ...count }
    },
  }
}
