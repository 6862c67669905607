import { shortName } from '../../core/archive/path.ts'
import { ArchiveError } from '../../errors.ts'

/** Bytes of a name on eCryptfs, the shortest limit of a file system in wide use. */
const SHORT_NAME_BYTES = 143

/** Each further try of a name that is still too long is shorter by a fifth. */
const SHORTER = 0.8

/**
 * Lets `act` make a story's file under a name, or under one with less of the headline where the file system refuses it;
 * returns the name that was taken, `null` when `act` says false. What was learned of the limit holds for the next name.
 */
type TakeName = (name: string, act: (name: string) => Promise<boolean>) => Promise<string | null>

/** Makes the names of one archive fit its file system. */
export function createNamer(): TakeName {
  let limit = Number.POSITIVE_INFINITY
  return async (name, act) => {
    let short = shortName(name, limit)
    for (;;) {
      try {
        return (await act(short)) ? short : null
      } catch (error) {
        const refused = error instanceof ArchiveError ? error.refusedName : null
        const next = shortName(name, refused === 'length' ? shorterThan(Buffer.byteLength(short)) : 0)
        if (next === short || refused === null) throw error
        short = next
        if (refused === 'length') limit = Buffer.byteLength(short)
      }
    }
  }
}

function shorterThan(bytes: number): number {
  return bytes > SHORT_NAME_BYTES ? SHORT_NAME_BYTES : Math.floor(bytes * SHORTER)
}
