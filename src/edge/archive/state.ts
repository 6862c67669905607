import { join } from 'node:path'
import { EMPTY_STATE, parseState, renderState, type State } from '../../core/archive/state.ts'
import { makeFolder, sweep, writeDurably } from './durable.ts'
import { setAside } from './layout.ts'
import { decodeUtf8, readOwnFile } from '../read.ts'

/** `.zaobao/state.json`: read once, written at most once a run. */
export interface StateFile {
  /** What the last run left; empty when there was none, or when it was damaged. */
  state: State
  /** Writes what differs from the file, durably; an equal state writes nothing. */
  save(state: State): Promise<void>
}

/** Reads the state without touching it: for commands that only look. A damaged one reads as empty. */
export async function readState(root: string, report: (line: string) => void): Promise<State> {
  const path = join(root, '.zaobao', 'state.json')
  const bytes = await readOwnFile(path)
  const state = bytes === null ? EMPTY_STATE : parseState(decodeUtf8(bytes) ?? '')
  if (state === null) report(`${path} is damaged; what it said is not known`)
  return state ?? EMPTY_STATE
}

/** Opens the state to go on from it. Only for the holder of the lock: a damaged one is set aside and reported. */
export async function openState(
  root: string,
  report: (line: string) => void,
  checkLock: () => Promise<void> = () => Promise.resolve(),
): Promise<StateFile> {
  const path = join(root, '.zaobao', 'state.json')
  const bytes = await readOwnFile(path)
  const text = bytes === null ? null : decodeUtf8(bytes)
  const found = text === null ? null : parseState(text)
  if (bytes !== null && found === null) await setAside(path, 'not a state of this version', report)
  let onDisk = found === null ? renderState(EMPTY_STATE) : text
  return {
    state: found ?? EMPTY_STATE,
    async save(state) {
      const next = renderState(state)
      if (next === onDisk) return
      await checkLock()
      await sweep(await makeFolder(root, ['.zaobao']))
      await writeDurably(path, next)
      onDisk = next
    },
  }
}
