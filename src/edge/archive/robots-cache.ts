import { sha256 } from '../../core/hash.ts'
import { isNumber, isText, parsedAs, shaped } from '../../core/shape.ts'
import { unlessLocal } from '../../errors.ts'
import type { Message } from '../../words/words.ts'
import type { RobotsCopy } from '../http/model.ts'
import { decodeUtf8 } from '../read.ts'
import type { Store } from '../store/store.ts'
import { OWN, readOwn } from './own-files.ts'

const isKept = shaped({ origin: isText, fetched: isNumber, status: isNumber, body: isText })

function parse(text: string | null, origin: string): RobotsCopy | null {
  const value = parsedAs(isKept, text ?? '')
  if (value === null || value.origin !== origin) return null
  const { fetched, status, body } = value
  return { fetched, status, body }
}

function nameOf(origin: string): string {
  return `${OWN}/robots/${sha256(origin).slice(0, 16)}.json`
}

/**
 * Opens where robots.txt files are kept across runs, `.zaobao/robots/`, a file an origin (scheme, host and port); makes nothing yet.
 * Writing is for the holder of the lock. A run can do without it: `tell` is told where something else stands in its place.
 */
export function openRobotsCache(store: Store, tell: (why: Message) => void = () => undefined) {
  return {
    /** `null` when there is none, or it is damaged or no file: then it is asked for again. */
    async read(origin: string): Promise<RobotsCopy | null> {
      const bytes = await unlessLocal(readOwn(store, nameOf(origin)), null)
      return bytes === null ? null : parse(decodeUtf8(bytes), origin)
    },
    async write(origin: string, copy: RobotsCopy): Promise<void> {
      await unlessLocal(store.replace(nameOf(origin), JSON.stringify({ origin, ...copy })), undefined, tell)
    },
  }
}
