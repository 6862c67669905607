import { t } from '../../words/words.ts'
import { type Check, isCount, isText, isTime, type Of, orNull, shaped } from '../shape.ts'
import { DAY_MS, isoTime, minuteOf } from '../time.ts'

/** A trouble that is over is remembered so long that one which comes and goes is not said each time. */
const REMEMBER_MS = DAY_MS

/** One that no run looks into any more, since another configuration is in use, is forgotten. */
const FORGET_MS = 7 * DAY_MS

/** `begin`: said in the run that meets it first, and not said when it is over, since nothing is missed for it. */
type Manner = 'going-on' | 'begin'

export const isTrouble = shaped({
  /** What it is about, stable from run to run: `source list:china`. */
  key: isText,
  manner: isText as Check<Manner>,
  since: isTime,
  /** Runs in a row that met it; 0 once it is over. */
  runs: isCount,
  /** When a run last met it. */
  metAt: isTime,
  /** When it was last said that it is there; `null` when it never was. */
  saidAt: orNull(isTime),
})

/** Something that is not as it should be, and may go on for many runs. */
export type Trouble = Of<typeof isTrouble>

/** A trouble that a run met. */
export interface Met {
  key: string
  /** For a person, one line. */
  line: string
  manner: Manner
}

/** What a run found out about troubles. */
export interface TroubleFindings {
  met: readonly Met[]
  /** Keys of what was looked into and is well. */
  well: ReadonlySet<string>
  nowMs: number
  /** Everything that was met is said each time: a person reads along. */
  loud: boolean
}

/** What is to be remembered, and the lines to be said. */
interface TroubleReport {
  troubles: Trouble[]
  lines: string[]
}

function isAfter(time: string | null, spanMs: number, nowMs: number): boolean {
  if (time === null) return true
  const ageMs = nowMs - Date.parse(time)
  // A time that is yet to come was written by a clock that was wrong.
  return ageMs >= spanMs || ageMs < 0
}

/**
 * The troubles after a run, and what is to be said of them: where nobody reads along, one that goes on is said at its
 * second run in a row, once a day, and when it is over; no more than twice a day.
 */
export function tellTroubles(before: readonly Trouble[], { met, well, nowMs, loud }: TroubleFindings): TroubleReport {
  const now = isoTime(nowMs)
  const known = new Map(before.map((trouble) => [trouble.key, trouble]))
  const lines: string[] = []
  const after = met.map(({ key, line, manner }): Trouble => {
    const old = known.get(key)
    const runs = (old?.runs ?? 0) + 1
    const since = runs === 1 || old === undefined || old.since > now ? now : old.since
    const isDue = runs >= (manner === 'begin' ? 1 : 2) && isAfter(old?.saidAt ?? null, DAY_MS, nowMs)
    const isSaid = isDue || (loud && manner === 'going-on')
    if (isSaid) lines.push(runs === 1 || loud ? line : t`${line} (since ${minuteOf(since)})`)
    return { key, manner, since, runs, metAt: now, saidAt: isSaid ? now : (old?.saidAt ?? null) }
  })
  const metKeys = new Set(met.map(({ key }) => key))
  /** Since when there was trouble, by what is well again: a source may have waited and failed. */
  const over = new Map<string, string>()
  for (const old of before) {
    if (metKeys.has(old.key)) continue
    const isOver = well.has(old.key)
    const wasSaid = old.manner === 'going-on' && old.runs > 1 && old.saidAt !== null && old.saidAt >= old.since
    const name = nameOf(old.key)
    const since = over.get(name) ?? old.since
    if (isOver && wasSaid && !loud) over.set(name, since < old.since ? since : old.since)
    const runs = isOver ? 0 : old.runs
    const isOfUse = runs === 0 ? !isAfter(old.saidAt, REMEMBER_MS, nowMs) : !isAfter(old.metAt, FORGET_MS, nowMs)
    if (isOfUse) after.push({ ...old, runs })
  }
  for (const [name, since] of over) lines.push(`${name}: ${t`well again, after trouble since ${minuteOf(since)}`}`)
  return { troubles: after, lines }
}

/**
 * By site, how many new stories in a row were asked for in vain, after a run in which so many of each site were `denied`.
 * `isWell`: a story of the site was had in it.
 */
export function inVainAfter(
  before: Readonly<Record<string, number>> = {},
  denied: ReadonlyMap<string, number>,
  isWell: (site: string) => boolean,
): Record<string, number> {
  const sites = new Set([...Object.keys(before), ...denied.keys()])
  const counts = [...sites]
    .filter((site) => !isWell(site))
    .map((site): [string, number] => [site, (before[site] ?? 0) + (denied.get(site) ?? 0)])
  return Object.fromEntries(counts)
}

/** What a trouble is about, for a person. */
function nameOf(key: string): string {
  return key === NEW_PAGES ? t`pages` : key.replace(/^\S+ /, '')
}

/** The key of the trouble that the pages of the paper have a layout that this version does not know. */
export const NEW_PAGES = 'new pages'

/** Since when the pages look new, ISO 8601 UTC; `null` where they do not. */
export function pagesNewSince(troubles: readonly Trouble[] | undefined): string | null {
  return troubles?.find(({ key, runs }) => key === NEW_PAGES && runs > 0)?.since ?? null
}
