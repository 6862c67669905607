import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { makeFolder, sweep, writeDurably } from './durable.ts'
import { decodeUtf8, readOwnFile } from './read.ts'

/** A robots.txt as it was last had. */
export interface CachedRobots {
  /** Scheme, host and port that it speaks for. */
  origin: string
  /** ISO 8601 UTC. */
  fetched: string
  /** HTTP status; 0 when the host could not be reached. */
  status: number
  /** The file's text; empty unless the status is 2xx. */
  text: string
}

function parse(text: string | null, origin: string): CachedRobots | null {
  try {
    const value = JSON.parse(text ?? '') as Partial<CachedRobots> | null
    const whole =
      typeof value?.fetched === 'string' && typeof value.status === 'number' && typeof value.text === 'string'
    return whole && value.origin === origin ? (value as CachedRobots) : null
  } catch {
    return null
  }
}

function nameOf(origin: string): string {
  return `${createHash('sha256').update(origin).digest('hex').slice(0, 16)}.json`
}

/** Where robots.txt files are kept across runs, `.zaobao/robots/`, a file an origin. */
export interface RobotsCache {
  /** `null` when there is none, or it is damaged: then it is asked for again. */
  read(origin: string): Promise<CachedRobots | null>
  write(robots: CachedRobots): Promise<void>
}

/** Opens the cache; makes nothing yet. Writing is for the holder of the lock. */
export function openRobotsCache(root: string): RobotsCache {
  return {
    async read(origin) {
      const bytes = await readOwnFile(join(root, '.zaobao', 'robots', nameOf(origin)))
      return bytes === null ? null : parse(decodeUtf8(bytes), origin)
    },
    async write(robots) {
      const folder = await makeFolder(root, ['.zaobao', 'robots'])
      await sweep(folder)
      await writeDurably(join(folder, nameOf(robots.origin)), JSON.stringify(robots))
    },
  }
}
