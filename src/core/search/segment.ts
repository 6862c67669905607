import { groupsOf } from '../groups.ts'
import type { Indexed } from './entry.ts'
import type { TextField } from './fields.ts'

/**
 * The index of a static site: stories in segments, each of files by the hash of what they are found by, so that a query loads few
 * and small ones. A segment never changes; of a search index these are all:
 *
 *     search/index.json           segments, the newest first
 *     search/NAME-3f.txt          a line a token: `浮桥 AAB`, the stories that have it. NAME: of what is in the segment
 *     search/NAME-docs-0.txt      where its stories stand, a line each: `2021-11-10/1212150`
 */

/** Stories of some days, one behind the other. */
export interface Segment {
  name: string
  /** How many stories it has. */
  stories: number
  /** The first and last of its days. */
  from: string
  to: string
  /** Over how many files its tokens are spread: a power of two. */
  shards: number
}

/** A story as it is indexed. `place`: where it stands in the site. */
interface Indexable extends Pick<Indexed, 'words'> {
  place: string
}

/** What tells tokens of one field from those of another; no token of a text begins so. */
export const FIELD_SIGNS: Readonly<Record<TextField | 'marks', string>> = {
  any: '',
  title: '=',
  author: '@',
  marks: '#',
}

/** Stories whose places are in one file. */
export const PLACES_A_FILE = 512

/** UTF-16 units of a file of tokens, about. */
const SHARD_UNITS = 4_000

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** Of a digit the bit that says that more follow. */
const MORE = 32

/** Ascending numbers, as the gaps between them: five bits a letter, the least first. */
export function packed(numbers: Iterable<number>): string {
  let text = ''
  let last = -1
  for (const number of numbers) {
    let gap = number - last - 1
    last = number
    for (; gap >= MORE; gap = Math.floor(gap / MORE)) text += DIGITS[(gap % MORE) + MORE]
    text += DIGITS[gap]
  }
  return text
}

/** The numbers that were packed. */
export function unpacked(text: string): number[] {
  const numbers: number[] = []
  let last = -1
  let [gap, weight] = [0, 1]
  for (const letter of text) {
    const digit = DIGITS.indexOf(letter)
    gap += (digit % MORE) * weight
    weight *= MORE
    if (digit >= MORE) continue
    last += gap + 1
    numbers.push(last)
    gap = 0
    weight = 1
  }
  return numbers
}

/** The end of the name of the file that has a token. */
export function shardOf(token: string, shards: number): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < token.length; at += 1) hash = Math.imul(hash ^ token.charCodeAt(at), 0x01000193)
  return `${((hash ^ (hash >>> 15)) & (shards - 1)).toString(16)}.txt`
}

/** The end of the name of the file that has the place of the `n`th story. */
export const placesFile = (n: number): string => `docs-${Math.floor(n / PLACES_A_FILE)}.txt`

/** A segment that is being made. */
interface SegmentMaker {
  /** Adds a story, the oldest first. */
  add(story: Indexable): void
  /** The segment, and its files by the ends of their names. */
  end(): { segment: Omit<Segment, 'name'>; files: ReadonlyMap<string, string> }
}

/** What makes a segment. Of thousands of stories it has millions of places: they stand in arrays of bare numbers. */
export function newSegment(about: Pick<Segment, 'from' | 'to'>): SegmentMaker {
  /** A number for each token, in the order in which they were met. */
  const known = new Map<string, number>()
  const stories: Uint32Array[] = []
  const places: string[] = []
  return {
    add({ place, words: { title, body, author, marks } }) {
      const own = new Set<number>()
      const tokens = { any: `${title} ${body}`, title, author, marks }
      for (const field of ['any', 'title', 'author', 'marks'] as const) {
        for (const token of tokens[field].split(' ')) {
          if (token === '' || token === '\u0085') continue
          const key = FIELD_SIGNS[field] + token
          const n = known.get(key) ?? known.size
          if (n === known.size) known.set(key, n)
          own.add(n)
        }
      }
      stories.push(Uint32Array.from(own))
      places.push(place)
    },
    end: () => filesOf(about, [...known.keys()], byToken(stories, known.size), places),
  }
}

/** The stories that have the `n`th token, in order. */
type StoriesWith = (n: number) => Uint32Array

/** Of what tokens stories have: which stories have a token. */
function byToken(stories: readonly Uint32Array[], tokens: number): StoriesWith {
  const ends = new Uint32Array(tokens + 1)
  for (const own of stories) for (const n of own) ends[n + 1] = (ends[n + 1] ?? 0) + 1
  for (let n = 0; n < tokens; n += 1) ends[n + 1] = (ends[n + 1] ?? 0) + (ends[n] ?? 0)
  const [starts, all] = [ends.slice(), new Uint32Array(ends[tokens] ?? 0)]
  for (const [story, own] of stories.entries()) {
    for (const n of own) {
      const at = starts[n] ?? 0
      all[at] = story
      starts[n] = at + 1
    }
  }
  return (n) => all.subarray(ends[n], ends[n + 1])
}

function filesOf(
  about: Pick<Segment, 'from' | 'to'>,
  tokens: readonly string[],
  storiesWith: StoriesWith,
  places: readonly string[],
): ReturnType<SegmentMaker['end']> {
  const lineOf = (n: number): string => `${tokens[n]} ${packed(storiesWith(n))}\n`
  const units = tokens.reduce((sum, _, n) => sum + lineOf(n).length, 0)
  const shards = 2 ** Math.max(0, Math.round(Math.log2(units / SHARD_UNITS)))
  const segment = { ...about, stories: places.length, shards }
  const fileWith = (n: number): string => shardOf(tokens[n] ?? '', shards)
  const groups = groupsOf([...tokens.keys()], fileWith)
  const files = new Map(groups.map((own) => [fileWith(own[0] ?? 0), `\n${own.map(lineOf).join('')}`]))
  for (let n = 0; n < places.length; n += PLACES_A_FILE)
    files.set(placesFile(n), `${places.slice(n, n + PLACES_A_FILE).join('\n')}\n`)
  return { segment, files }
}
