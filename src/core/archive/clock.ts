import { groupsOf } from '../groups.ts'
import { CHINESE_ZONE, DAY_MS, dayIn, HOUR_MS, MINUTE_MS, UTC } from '../time.ts'

/** The clock of Singapore and China stamped as UTC, as producers of the seed's format did, is ahead of the time by this. */
export const CLOCK_ERROR_MS = 8 * HOUR_MS

/** A time that a paper shows runs ahead of the moment of reading it by up to 22 minutes, as the public files show. */
const AHEAD_MS = 30 * MINUTE_MS

/** Evidence speaks for files of the same site within this time: producers were mended now and then. */
const PERIOD_MS = 92 * DAY_MS

/** So many days in addresses, the nearest in time, decide together: one story's day may be odd. */
const MOST_VOTES = 5

/** Where there are `ENOUGH_FILES`, fewer days in addresses than this speak for their own files alone. */
const FEWEST_VOTES = 3

/**
 * Where a source's clock is wrong, most stamps lie ahead of `date` (72 of 100 of one paper's of 2020). Where, of this many
 * files or more, fewer than one in ten does, the clock of the program that read them was wrong for a run, as that of one
 * run of July 2020 was, and the stamps are right.
 */
const ENOUGH_FILES = 20

/** What a file with an HTML body tells of the clock of its producer. */
export interface Dated {
  /** Files of one producer: of one site. */
  site: string
  /** Day in the story's address; `null` when it names none. */
  day: string | null
  /** `date` of the front matter, ms: the stamp, or the time of the crawl where the stamp lay ahead of that. */
  dateMs: number
  /** The comment under the front matter, ms. */
  stampMs: number
  /** Milliseconds by which the paper's own clock is ahead of UTC; Singapore's where it is left out. */
  zoneMs?: number
}

/** Why a stamp is taken for Singapore's clock: the day in the address, its lying ahead of `date`, its neighbours in time. */
export type Evidence = 'address' | 'date' | 'neighbours'

/** The day in the address, where it is one of Singapore's clock: another paper's says nothing of that. */
function ownDay({ day, zoneMs = CLOCK_ERROR_MS }: Dated): string | null {
  return zoneMs === CLOCK_ERROR_MS ? day : null
}

/** Which of two readings the day in the address confirms; `null` where both have it, or none, or there is no day. */
function verdictOfDay(file: Dated): 'wrong' | 'right' | null {
  const day = ownDay(file)
  const { stampMs } = file
  const asStamped = dayIn(UTC, stampMs)
  const asUtc = dayIn(CHINESE_ZONE, stampMs)
  if (day === null || asStamped === asUtc) return null
  if (day === asStamped) return 'wrong'
  return day === asUtc ? 'right' : null
}

/** How far the stamp lies ahead of the crawl that `date` was clipped to; `null` where it does not. */
function aheadOf({ dateMs, stampMs }: Dated): 'hours' | 'minutes' | null {
  const aheadMs = stampMs - dateMs
  if (aheadMs <= 0 || aheadMs > CLOCK_ERROR_MS + AHEAD_MS) return null
  return aheadMs > AHEAD_MS ? 'hours' : 'minutes'
}

/** What the files of one site tell of one of them. */
interface Site {
  /** What `fewest` or more days in addresses nearest in time say together, the nearest where they are even; else `null`. */
  verdictNear(file: Dated, fewest: number): 'wrong' | 'right' | null
  /**
   * True where half or more of the files nearest in time have a stamp hours ahead of their date: a clock may have been mended.
   * They are `ENOUGH_FILES` at most, half of them earlier, the file among them.
   */
  isAmongAhead(file: Dated): boolean
  /** How many files the site has near in time, and how many of them have a stamp hours ahead of their date. */
  countNear(file: Dated): { all: number; ahead: number }
}

function siteOf(all: readonly Dated[]): Site {
  const files = all.toSorted((a, b) => a.stampMs - b.stampMs)
  const votes = files.filter((file) => verdictOfDay(file) !== null)
  const ahead = files.filter((file) => aheadOf(file) === 'hours')
  return {
    verdictNear({ stampMs }, fewest) {
      const at = placeIn(votes, stampMs)
      const near = votes
        .slice(Math.max(at - MOST_VOTES, 0), at + MOST_VOTES)
        .map((file) => ({ awayMs: Math.abs(file.stampMs - stampMs), verdict: verdictOfDay(file) }))
        .filter(({ awayMs }) => awayMs <= PERIOD_MS)
        .toSorted((a, b) => a.awayMs - b.awayMs)
        .slice(0, MOST_VOTES)
      if (near.length < fewest) return null
      const wrong = near.filter(({ verdict }) => verdict === 'wrong').length
      if (wrong * 2 === near.length) return near[0]?.verdict ?? null
      return wrong * 2 > near.length ? 'wrong' : 'right'
    },
    isAmongAhead({ stampMs }) {
      const [from, to] = [placeIn(files, stampMs), placeIn(files, stampMs + 1)]
      const half = Math.ceil(Math.max(ENOUGH_FILES - (to - from), 0) / 2)
      const near = files
        .slice(Math.max(from - half, 0), to + half)
        .filter((file) => Math.abs(file.stampMs - stampMs) <= PERIOD_MS)
      return near.filter((file) => aheadOf(file) === 'hours').length * 2 >= near.length
    },
    countNear({ stampMs }) {
      const near = (own: readonly Dated[]): number =>
        placeIn(own, stampMs + PERIOD_MS + 1) - placeIn(own, stampMs - PERIOD_MS)
      return { all: near(files), ahead: near(ahead) }
    },
  }
}

/** How many files have an earlier stamp. */
function placeIn(files: readonly Dated[], stampMs: number): number {
  let low = 0
  let high = files.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((files[middle]?.stampMs ?? 0) < stampMs) low = middle + 1
    else high = middle
  }
  return low
}

function evidenceAgainst(file: Dated, site: Site): Evidence | null {
  const own = verdictOfDay(file)
  if (own !== null) return own === 'wrong' ? 'address' : null
  const ahead = aheadOf(file)
  const count = site.countNear(file)
  const many = count.all >= ENOUGH_FILES
  const rare = many && count.ahead * 10 < count.all
  if (ahead === 'hours') return rare ? null : 'date'
  // Minutes are what clocks differ by, and equal times tell nothing: only days in addresses tell a source's wrong clock
  // from its reader's.
  if (ownDay(file) === null) return null
  const near = site.verdictNear(file, many ? FEWEST_VOTES : 1)
  if (near !== null) return near === 'wrong' ? 'neighbours' : null
  if (ahead === 'minutes') return rare ? null : 'date'
  return site.isAmongAhead(file) ? 'neighbours' : null
}

/** The files whose stamp is Singapore's clock taken for UTC, and what says so of each. One site's say nothing of another's. */
export function judgeClocks<T extends Dated>(files: readonly T[]): Map<T, Evidence> {
  const wrong = new Map<T, Evidence>()
  for (const group of groupsOf(files, ({ site }) => site)) {
    const site = siteOf(group)
    for (const file of group) {
      const evidence = evidenceAgainst(file, site)
      if (evidence !== null) wrong.set(file, evidence)
    }
  }
  return wrong
}
