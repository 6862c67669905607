import { placesOf } from './places.ts'
import { markToken, phraseTokens } from './tokens.ts'
import type { PhraseQuery, Query } from './query.ts'
import { FIELD_SIGNS, PLACES_A_FILE, placesFile, type Segment, shardOf, unpacked } from './segment.ts'

/** A story that may have what is asked for. */
export interface PossibleHit {
  place: string
  /** Whether it has, once its headline and its text are known. */
  holds: (title: string, text: string) => boolean
}

/** Of each story of a segment whether it has what is asked for. */
type Truth = Uint8Array
const MAYBE = 1
const YES = 2

/** A segment, and what gives its files, by the ends of their names. */
interface OpenSegment extends Segment {
  load: (end: string) => Promise<string>
}

/** Segments that are looked into at once. */
const AT_ONCE = 3
/** Pairs of a phrase that are looked up: its text tells the rest. */
const MOST_TOKENS = 4

/** The stories that may have what a query asks for, the newest first. `load` gives a file of the index. */
export async function* candidatesOf(
  query: Query,
  segments: readonly Segment[],
  load: (file: string) => Promise<string>,
): AsyncGenerator<PossibleHit> {
  for (let at = 0; at < segments.length; at += AT_ONCE) {
    const looks = segments.slice(at, at + AT_ONCE).map(async (each) => {
      const segment = { ...each, load: (end: string) => load(`${each.name}-${end}`) }
      const truths = new Map<Query, Truth>()
      return { segment, truths, truth: await truthOf(query, segment, truths) }
    })
    for (const { segment, truths, truth } of await Promise.all(looks)) {
      for (let n = segment.stories - 1; n >= 0; n -= 1) {
        if (truth[n] === 0) continue
        const places = await segment.load(placesFile(n))
        const place = places.split('\n')[n % PLACES_A_FILE] ?? ''
        yield { place, holds: (title, text) => isIn(query, { truths, n, title, text }) }
      }
    }
  }
}

async function truthOf(query: Query, segment: OpenSegment, truths: Map<Query, Truth>): Promise<Truth> {
  const look = (part: Query): Promise<Truth> => truthOf(part, segment, truths)
  const made = async (): Promise<Truth> => {
    switch (query.kind) {
      case 'and':
        return together(await Promise.all(query.parts.map(look)), Math.min)
      case 'or':
        return together(await Promise.all(query.parts.map(look)), Math.max)
      case 'not':
        return (await look(query.part)).map((value) => YES - value)
      case 'days':
        return daysIn(query, segment)
      case 'mark':
        return withToken(FIELD_SIGNS.marks + markToken(query.mark, query.value), segment)
      case 'words':
        return withWords(query, segment)
    }
  }
  const truth = await made()
  truths.set(query, truth)
  return truth
}

function together(parts: readonly Truth[], join: (one: number, other: number) => number): Truth {
  return parts.reduce((all, part) => all.map((value, n) => join(value, part[n] ?? 0)))
}

async function withToken(token: string, segment: OpenSegment): Promise<Truth> {
  const truth = new Uint8Array(segment.stories)
  const text = await segment.load(shardOf(token, segment.shards))
  const start = text.indexOf(`\n${token} `) + token.length + 2
  if (start > token.length + 1) for (const n of unpacked(text.slice(start, text.indexOf('\n', start)))) truth[n] = YES
  return truth
}

/** A phrase of two pieces is a token; of one of more it is known where all its pairs are. */
async function withWords({ field, pieces, isOpen }: PhraseQuery, segment: OpenSegment): Promise<Truth> {
  // A last word that may go on is in no token; one that stands alone is looked for as it is.
  const isCut = isOpen && pieces.count > 1
  const whole = phraseTokens(isCut ? { ...pieces, count: pieces.count - 1 } : pieces)
  const step = Math.max(1, (whole.length - 1) / (MOST_TOKENS - 1))
  const wanted = new Set(
    Array.from({ length: MOST_TOKENS }, (_, n) => whole[Math.floor(n * step)] ?? whole.at(-1) ?? ''),
  )
  const looks = [...wanted].map((token) => withToken(FIELD_SIGNS[field] + token, segment))
  const truth = together(await Promise.all(looks), Math.min)
  return whole.length === 1 && !isCut ? truth : truth.map((value) => Math.min(value, MAYBE))
}

/** The days of stories are asked for where a span begins or ends within a segment. */
async function daysIn({ from, to }: Query & { kind: 'days' }, segment: OpenSegment): Promise<Truth> {
  const isDayIn = (day: string): boolean => (from === null || day >= from) && (to === null || day <= to)
  const truth = new Uint8Array(segment.stories)
  if ((from !== null && segment.to < from) || (to !== null && segment.from > to)) return truth
  if (isDayIn(segment.from) && isDayIn(segment.to)) return truth.fill(YES)
  const firsts = Array.from({ length: Math.ceil(segment.stories / PLACES_A_FILE) }, (_, n) => n * PLACES_A_FILE)
  const files = firsts.map((n) => segment.load(placesFile(n)))
  const places = (await Promise.all(files)).join('').split('\n')
  return truth.map((_, n) => (isDayIn((places[n] ?? '').slice(0, 10)) ? YES : 0))
}

interface Story {
  truths: ReadonlyMap<Query, Truth>
  n: number
  title: string
  text: string
}

function isIn(query: Query, story: Story): boolean {
  const known = story.truths.get(query)?.[story.n] ?? 0
  if (known !== MAYBE) return known === YES
  switch (query.kind) {
    case 'and':
      return query.parts.every((part) => isIn(part, story))
    case 'or':
      return query.parts.some((part) => isIn(part, story))
    case 'not':
      return !isIn(query.part, story)
    case 'words': {
      const { field, pieces, isOpen } = query
      const has = (text: string): boolean => placesOf(text, [{ pieces, isOpen }]).length > 0
      // Who wrote it stands in no text that is loaded.
      return field === 'author' || has(story.title) || (field === 'any' && has(story.text))
    }
    default:
      return true
  }
}
