import { type Check, isNumber, type Of, shaped } from '../shape.ts'
import { DAY_MS } from '../time.ts'

const isAmount = ((value) => isNumber(value) && value >= 0) as Check<number>

export const isTurns = shaped({ sources: isAmount, gaps: isAmount, pages: isAmount })

/** The requests that each had since runs began to end before all had theirs; what all had is taken off. */
export type Turns = Of<typeof isTurns>

/** Who asks a site in a run: for its lists, for days that are to be looked up, for pages of stories. */
export type Asker = keyof Turns

const ASKERS: readonly Asker[] = ['sources', 'gaps', 'pages']

/** Of turns that are too few: a page brings a story each time, a list mostly what is known. */
const SHARES: Turns = { sources: 1, gaps: 1, pages: 3 }

/**
 * Those who ask in a run, the first one first: by what they had, measured by their shares. `turns` is `undefined` where no run
 * of late left anyone out: then lists go before what they bring.
 */
export function inTurn(turns: Turns | undefined): Asker[] {
  const had = turns ?? { sources: 0, gaps: 0, pages: 0 }
  return ASKERS.toSorted((a, b) => had[a] / SHARES[a] - had[b] / SHARES[b])
}

/**
 * What is to be remembered after a run in which each `had` so many requests and those who are `left` lacked one;
 * `undefined` where none did.
 */
export function turnsAfter(before: Turns | undefined, had: Turns, left: ReadonlySet<Asker>): Turns | undefined {
  if (left.size === 0) return undefined
  const all = (asker: Asker): number => (before?.[asker] ?? 0) + had[asker]
  const least = Math.min(...Array.from(left, (asker) => all(asker) / SHARES[asker]))
  const rest = (asker: Asker): number => Math.max(0, all(asker) - least * SHARES[asker])
  return { sources: rest('sources'), gaps: rest('gaps'), pages: rest('pages') }
}

/** Sources in the order in which they are to be asked: that which was asked longest ago is the first. */
export function longestUnasked<T extends { name: string }>(
  sources: readonly T[],
  known: Readonly<Record<string, { polled?: string }>>,
): T[] {
  const asked = ({ name }: T): string => known[name]?.polled ?? ''
  return sources.toSorted((a, b) => (asked(a) < asked(b) ? -1 : asked(a) > asked(b) ? 1 : 0))
}

/**
 * Whether a source that said at `ended` that it is gone is to be asked again, a run having met it at `polled` last: once in each
 * of the first seven days, then once a week.
 */
export function isAskedAgain(ended: string, polled: string | undefined, nowMs: number): boolean {
  const ageMs = nowMs - Date.parse(ended)
  const spanMs = ageMs < 7 * DAY_MS ? DAY_MS : 7 * DAY_MS
  const spans = (ms: number): number => Math.floor((ms - Date.parse(ended)) / spanMs)
  return polled === undefined || spans(nowMs) !== spans(Date.parse(polled))
}
