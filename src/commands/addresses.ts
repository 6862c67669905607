import { decode } from '../core/text/charset.ts'
import { UsageError } from '../errors.ts'
import type { Io } from '../io.ts'
import { imitatorOf } from '../pipeline/imitator.ts'
import { hasPage } from '../pipeline/poll.ts'
import { MAX_LIST_BYTES, readInput } from './input.ts'

/** Faults that are named; the others are counted. */
const MAX_NAMED = 100
/** No address of a story is longer. */
const MAX_SHOWN_CHARACTERS = 300

/**
 * The addresses of stories that were given: as arguments (`-` is standard input) and in a file, one a line, with empty
 * lines and comments (`#`) between them. Throws `UsageError` with a line for each that is none.
 */
export async function readAddresses(given: readonly string[], file: string | null, io: Io): Promise<Set<string>> {
  const addresses = new Set<string>()
  const named: string[] = []
  let faults = 0
  const add = (text: string, where: () => string): void => {
    const read = readAddress(text)
    if ('url' in read) addresses.add(read.url)
    else {
      faults += 1
      if (faults <= MAX_NAMED) named.push(where() + read.fault)
    }
  }
  for (const text of given) if (text !== '-') add(text, () => '')
  for (const list of new Set([...(given.includes('-') ? ['-'] : []), ...(file === null ? [] : [file])])) {
    const name = list === '-' ? 'standard input' : list
    let number = 0
    for (const line of linesOf(decode(await readInput(list, io, MAX_LIST_BYTES), null))) {
      number += 1
      // No address has a blank in it: what follows one is a word of whoever wrote the list.
      const [text = ''] = line.trim().split(/\s/, 1)
      if (text !== '' && !text.startsWith('#')) add(text, () => `${name}: line ${number}: `)
    }
  }
  if (faults > named.length) named.push(`and ${faults - named.length} more`)
  if (faults > 0) throw new UsageError(named.join('\n'))
  return addresses
}

/** The lines of a text, one after the other: an array of all of them may be larger than the text. */
function* linesOf(text: string): Generator<string> {
  for (let at = 0; at <= text.length;) {
    const end = text.indexOf('\n', at)
    const next = end === -1 ? text.length : end
    yield text.slice(at, next)
    at = next + 1
  }
}

function readAddress(text: string): { url: string } | { fault: string } {
  const url = /^[\w-]+(\.[\w-]+)+\//.test(text) ? `https://${text}` : text
  if (/^https?:/i.test(url) && URL.canParse(url)) {
    const imitator = imitatorOf(url)
    if (imitator !== null) return { fault: `${url}: ${imitator}` }
    if (hasPage(url) && new URL(url).pathname !== '/') return { url }
  }
  const shown = text.length > MAX_SHOWN_CHARACTERS ? `${text.slice(0, MAX_SHOWN_CHARACTERS)}…` : text
  return { fault: `"${shown}" is no address of a Zaobao story` }
}
