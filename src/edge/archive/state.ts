import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { EMPTY_STATE, parseState, renderState, type State, vitalOf } from '../../core/archive/state.ts'
import { archiveError, errorCode, makeFolder, removeDurably, sweep, writeDurably } from './durable.ts'
import { setAside } from './layout.ts'
import { decodeUtf8, lookAt } from '../read.ts'
import { t } from '../../words/words.ts'

/** What older versions wrote held the text of all that waited: it is read, whatever it weighs, to be written smaller. */
const MAX_STATE_BYTES = 512 * 1024 * 1024

/** A longer text of a feed is not kept for a story that waits: its page is asked for all the same. */
const MAX_TEXT_UNITS = 1024 * 1024

/**
 * `.zaobao/state.json`: read once, written at most once a run. What of it cannot be had again stands in
 * `state.copy.json` too, so that damage to one file loses no story; the feeds' own text of what waits in `waiting/`.
 */
export interface StateFile {
  /** What the last run left; empty when there was none, or when it was damaged. */
  state: State
  /** Writes what differs from the files, durably; an equal state writes nothing. */
  save(state: State): Promise<void>
  /** The feed's own text of a story that waits; `null` when none is kept. */
  textOf(id: string): Promise<string | null>
}

type Read = { kind: 'state'; state: State; text: string } | { kind: 'absent' } | { kind: 'damaged' }

async function read(path: string): Promise<Read> {
  const found = await lookAt(path, MAX_STATE_BYTES)
  if (found.kind === 'absent') return { kind: 'absent' }
  const text = found.kind === 'file' ? decodeUtf8(found.bytes) : null
  const state = text === null ? null : parseState(text)
  return state === null || text === null ? { kind: 'damaged' } : { kind: 'state', state, text }
}

/** Reads the state without touching it: for commands that only look. A damaged one is what its copy says. */
export async function readState(root: string, report: (line: string) => void): Promise<State> {
  const path = join(root, '.zaobao', 'state.json')
  const own = await read(path)
  if (own.kind === 'state') return own.state
  if (own.kind === 'damaged') report(t`${path} is damaged; what it said is not known`)
  const copy = await read(copyOf(root))
  return copy.kind === 'state' ? copy.state : EMPTY_STATE
}

function copyOf(root: string): string {
  return join(root, '.zaobao', 'state.copy.json')
}

/** Opens the state to go on from it. Only for the holder of the lock: a damaged one is set aside and reported. */
export async function openState(
  root: string,
  report: (line: string) => void,
  checkLock: () => Promise<void> = () => Promise.resolve(),
): Promise<StateFile> {
  const path = join(root, '.zaobao', 'state.json')
  const [own, copy] = [await read(path), await read(copyOf(root))]
  if (own.kind === 'damaged') await setAside(path, t`not a state of this version`, report)
  const copied = copy.kind === 'state' ? copy.state : EMPTY_STATE
  const state = own.kind === 'state' ? own.state : copied
  let onDisk = own.kind === 'state' ? own.text : renderState(EMPTY_STATE)
  let copyOnDisk = copy.kind === 'state' ? copy.text : renderState(EMPTY_STATE)
  const texts = openTexts(root, state)
  return {
    state,
    textOf: (id) => texts.read(id),
    async save(next) {
      const [text, vital] = [renderState(next), renderState(vitalOf(next))]
      if (text === onDisk && vital === copyOnDisk) return
      await checkLock()
      await sweep(await makeFolder(root, ['.zaobao']))
      await texts.save(next)
      if (vital !== copyOnDisk) await writeDurably(copyOf(root), vital)
      copyOnDisk = vital
      if (text !== onDisk) await writeDurably(path, text)
      onDisk = text
    },
  }
}

/** The feeds' own text of the stories that wait, a file each: read for a story that is tried, written when it first fails. */
function openTexts(root: string, { queue }: State) {
  const folder = join(root, '.zaobao', 'waiting')
  const fileOf = (id: string): string => join(folder, `${id.replace(/[^0-9a-z.]/g, '')}.html`)
  const written = new Map<string, string>()
  let isEmpty = queue.length === 0
  return {
    async read(id: string): Promise<string | null> {
      const found = isEmpty ? null : await lookAt(fileOf(id))
      return found?.kind === 'file' ? found.bytes.toString('utf8') : null
    },
    async save({ queue: next }: State): Promise<void> {
      const waiting = next.filter(({ nextTry }) => nextTry !== null)
      if (isEmpty && waiting.length === 0) return
      isEmpty = waiting.length === 0
      for (const { id, html } of waiting) {
        if (html === null || html.length > MAX_TEXT_UNITS || written.get(id) === html) continue
        await makeFolder(root, ['.zaobao', 'waiting'])
        await writeDurably(fileOf(id), html)
        written.set(id, html)
      }
      const ids = new Set(waiting.map(({ id }) => `${id}.html`))
      for (const name of await namesIn(folder)) {
        if (ids.has(name)) continue
        await removeDurably(join(folder, name))
        written.delete(name.slice(0, -'.html'.length))
      }
    },
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw archiveError(error, 'read', folder)
  }
}
