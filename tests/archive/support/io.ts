import type { Io } from '../../../src/io.ts'
import { bareIo } from '../../support/io.ts'

export interface Watched extends Io {
  out: string
  words: string
}

/** The process as a command sees it, with what it said. */
export function watchedIo(): Watched {
  const io: Watched = {
    ...bareIo('/'),
    out: '',
    words: '',
    stdout: async (text) => void (io.out += text),
    stderr: (text) => void (io.words += text),
    now: Date.now,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: () => 0.5,
  }
  return io
}

/** The objects of an NDJSON text. */
export function objects<T>(ndjson: string): T[] {
  return ndjson
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
}
