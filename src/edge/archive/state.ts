import { EMPTY_STATE, parseState, renderState, type State, vitalOf } from '../../core/archive/state.ts'
import { decodeUtf8 } from '../read.ts'
import type { Store } from '../store/store.ts'
import { OWN, setAside } from './own-files.ts'
import { type Message, said, t } from '../../words/words.ts'
import { ArchiveError, unlessLocal } from '../../errors.ts'

/** What older versions wrote held the text of all that waited: it is read, whatever it weighs, to be written smaller. */
const MAX_STATE_BYTES = 512 * 1024 * 1024

const STATE = `${OWN}/state.json`
const COPY = `${OWN}/state.copy.json`
const WAITING = `${OWN}/waiting`

/** A longer text of a feed is not kept for a story that waits: its page is asked for all the same. */
const MAX_TEXT_UNITS = 1024 * 1024

type Read =
  | { kind: 'state'; state: State; text: string }
  | { kind: 'absent' }
  | { kind: 'damaged' }
  /** It may be whole: the system does not give it. */
  | { kind: 'refused'; why: ArchiveError }

async function read(store: Store, name: string): Promise<Read> {
  const found = await store.get(name, MAX_STATE_BYTES).catch((error: unknown) => {
    if (error instanceof ArchiveError && error.isLocal) return error
    throw error
  })
  if (found instanceof ArchiveError) return { kind: 'refused', why: found }
  if (found.kind === 'absent') return { kind: 'absent' }
  const text = found.kind === 'file' ? decodeUtf8(found.bytes) : null
  const state = text === null ? null : parseState(text)
  return state === null || text === null ? { kind: 'damaged' } : { kind: 'state', state, text }
}

/** Reads the state without touching it: for commands that only look. A damaged one is what its copy says. */
export async function readState(store: Store, report: (line: string) => void): Promise<State> {
  const own = await read(store, STATE)
  if (own.kind === 'state') return own.state
  if (own.kind === 'damaged') report(t`${store.place(STATE)} is damaged; what it said is not known`)
  const copy = await read(store, COPY)
  if (own.kind === 'refused' && copy.kind !== 'state') throw own.why
  return copy.kind === 'state' ? copy.state : EMPTY_STATE
}

/**
 * Opens `.zaobao/state.json` to go on from it: read once, written at most once a run. What of it cannot be had again stands in
 * `state.copy.json` too, so that damage to one file loses no story; the feeds' own text of what waits in `waiting/`. Only for the holder
 * of the lock: a damaged one is set aside and reported.
 */
export async function openState(store: Store, report: (line: string) => void) {
  const [own, copy] = [await read(store, STATE), await read(store, COPY)]
  // What both say is not known to be lost: someone has to give the right to read one of them.
  if (own.kind === 'refused' && copy.kind !== 'state') throw own.why
  if (copy.kind === 'refused' && own.kind !== 'state') throw copy.why
  if (own.kind === 'damaged') await setAside(store, STATE, t`not a state of this version`, report)
  if (own.kind === 'refused') await setAside(store, STATE, said(own.why.words), report)
  // Earlier versions waited for the lock with a file of that name.
  if ((await store.stat(WAITING))?.kind === 'file') await store.remove(WAITING)
  const copied = copy.kind === 'state' ? copy.state : EMPTY_STATE
  const state = own.kind === 'state' ? own.state : copied
  let onDisk = own.kind === 'state' ? own.text : renderState(EMPTY_STATE)
  let copyOnDisk = copy.kind === 'state' ? copy.text : renderState(EMPTY_STATE)
  const texts = openTexts(store, state)
  // What is to be written beside the state itself, it can do without: where the storage refuses that, it is said.
  const tell = (why: Message): void => report(said(why))
  return {
    /** What the last run left; empty when there was none, or when it was damaged. */
    state,
    /** The feed's own text of a story that waits; `null` when none is kept. */
    textOf: texts.textOf,
    /** Writes what differs from the files, durably; an equal state writes nothing. */
    async save(next: State): Promise<void> {
      const [text, vital] = [renderState(next), renderState(vitalOf(next))]
      if (text === onDisk && vital === copyOnDisk) return
      await unlessLocal(texts.save(next), undefined, tell)
      if (vital !== copyOnDisk) await unlessLocal(store.replace(COPY, vital), undefined, tell)
      copyOnDisk = vital
      if (text !== onDisk) await store.replace(STATE, text)
      onDisk = text
    },
  }
}

/** The feeds' own text of the stories that wait, a file each: read for a story that is tried, written when its feed shows another. */
function openTexts(store: Store, { queue }: State) {
  const fileOf = (id: string): string => `${WAITING}/${id.replace(/[^0-9a-z.]/g, '')}.html`
  let isEmpty = queue.length === 0
  async function textOf(id: string): Promise<string | null> {
    const found = isEmpty ? null : await unlessLocal(store.get(fileOf(id)), null)
    return found?.kind === 'file' ? found.bytes.toString('utf8') : null
  }
  return {
    textOf,
    async save({ queue: next }: State): Promise<void> {
      const waiting = next.filter(({ nextTry }) => nextTry !== null)
      if (isEmpty && waiting.length === 0) return
      isEmpty = waiting.length === 0
      for (const { id, html } of waiting) {
        if (html === null || html.length > MAX_TEXT_UNITS || (await textOf(id)) === html) continue
        await store.replace(fileOf(id), html)
      }
      const ids = new Set(waiting.map(({ id }) => `${id}.html`))
      for (const { name } of await store.list(WAITING)) {
        if (!ids.has(name)) await store.remove(`${WAITING}/${name}`)
      }
    },
  }
}
