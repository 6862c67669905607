import { decode } from '../core/text/charset.ts'
import { UsageError } from '../errors.ts'
import type { Io } from '../io.ts'
import { namesInLine, readName, type StoryName } from '../pipeline/story/story-name.ts'
import { isFile, MAX_LIST_BYTES, readInput } from './input.ts'
import { t } from '../words/words.ts'

/** Faults that are named; the others are counted. */
const MAX_NAMED = 100

/** The stories that were given. */
interface Names {
  addresses: Set<string>
  /** Numbers, each with the day that was said with it. */
  ids: Map<string, string | null>
  /** A line for each line of a list that names no story, the first of many. */
  faults: string[]
}

/**
 * The stories that were given: as arguments (`-` is standard input) and in a file, one a line, with empty lines and
 * comments (`#`) between them. Throws `UsageError` with a line for each argument that names none, and where a list names
 * nothing but faults.
 */
export async function readNames(given: readonly string[], file: string | null, io: Io): Promise<Names> {
  const names: Names = { addresses: new Set(), ids: new Map(), faults: [] }
  const mistyped = given
    .filter((text) => text !== '-')
    .flatMap((text) => {
      const fault = add(names, readName(text))
      if (fault === null) return []
      return isFile(text, io) ? t`${fault}; it is a file: --file ${text} reads a list` : fault
    })
  if (mistyped.length > 0) throw new UsageError(mistyped.join('\n'))
  let faults = 0
  for (const list of new Set([...(given.includes('-') ? ['-'] : []), ...(file === null ? [] : [file])])) {
    const name = list === '-' ? t`standard input` : list
    let number = 0
    for (const line of linesOf(decode(await readInput(list, io, MAX_LIST_BYTES), null))) {
      number += 1
      const texts = namesInLine(line)
      for (const text of texts) {
        const fault = add(names, readName(text, texts.length === 1 ? line.trim() : text))
        if (fault === null) continue
        faults += 1
        if (faults <= MAX_NAMED) names.faults.push(`${name}: ${t`line ${number}`}: ${fault}`)
      }
    }
  }
  if (faults > names.faults.length) names.faults.push(t`and ${faults - names.faults.length} more`)
  if (faults > 0 && names.addresses.size + names.ids.size === 0) throw new UsageError(names.faults.join('\n'))
  return names
}

/** Takes a story in; its fault where it is none. */
function add({ addresses, ids }: Names, name: StoryName): string | null {
  if (name.kind === 'fault') return name.fault
  if (name.kind === 'address') addresses.add(name.url)
  else ids.set(name.id, ids.get(name.id) ?? name.day)
  return null
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
