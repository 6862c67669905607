import { singaporeDay } from '../time.ts'

/** Singapore's clock stamped as UTC is ahead of the time by this. */
export const CLOCK_ERROR_MS = 8 * 3_600_000

/** A time that Zaobao shows runs ahead of the moment of reading it by up to 22 minutes, as the public files show. */
const AHEAD_MS = 30 * 60_000

/** Evidence speaks for files of the same producer within this time: producers were mended now and then. */
const PERIOD_MS = 92 * 86_400_000

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
}

type Verdict = 'wrong' | 'right' | 'perhaps-wrong'

/** What one file proves of its own stamp; `null` when it proves nothing. */
function evidenceOf({ day, dateMs, stampMs }: Dated): Verdict | null {
  if (day !== null) {
    const asStamped = new Date(stampMs).toISOString().slice(0, 10)
    const asUtc = singaporeDay(stampMs)
    if (asStamped !== asUtc && day === asStamped) return 'wrong'
    if (asStamped !== asUtc && day === asUtc) return 'right'
  }
  const aheadMs = stampMs - dateMs
  if (aheadMs <= 0 || aheadMs > CLOCK_ERROR_MS + AHEAD_MS) return null
  return aheadMs > AHEAD_MS ? 'wrong' : 'perhaps-wrong'
}

interface Evidence {
  stampMs: number
  verdict: Verdict
}

function nearest(evidence: readonly Evidence[], stampMs: number): Evidence | null {
  let low = 0
  let high = evidence.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((evidence[middle]?.stampMs ?? 0) < stampMs) low = middle + 1
    else high = middle
  }
  const sides = [evidence[low - 1], evidence[low]].flatMap((side) => side ?? [])
  const near = sides.toSorted((a, b) => Math.abs(a.stampMs - stampMs) - Math.abs(b.stampMs - stampMs))[0]
  return near !== undefined && Math.abs(near.stampMs - stampMs) <= PERIOD_MS ? near : null
}

/**
 * Which of the files carry Singapore's clock stamped as UTC. A stamp that lies ahead of the file's `date` convicts the
 * producer's clock, a day in the address that only one reading meets decides; a file that cannot tell by itself is judged
 * by the nearest in time that can.
 */
export function judgeClocks<T extends Dated>(files: readonly T[]): Set<T> {
  const strong = new Map<string, Evidence[]>()
  const weak = new Map<string, Evidence[]>()
  const own = new Map<T, Verdict>()
  for (const file of files.toSorted((a, b) => a.stampMs - b.stampMs)) {
    const verdict = evidenceOf(file)
    if (verdict === null) continue
    own.set(file, verdict)
    const shelf = verdict === 'perhaps-wrong' ? weak : strong
    const list = shelf.get(file.site) ?? []
    list.push({ stampMs: file.stampMs, verdict })
    shelf.set(file.site, list)
  }
  return new Set(
    files.filter((file) => {
      const proven = own.get(file)
      if (proven === 'wrong' || proven === 'right') return proven === 'wrong'
      const near = nearest(strong.get(file.site) ?? [], file.stampMs)
      if (near !== null) return near.verdict === 'wrong'
      return nearest(weak.get(file.site) ?? [], file.stampMs) !== null
    }),
  )
}
