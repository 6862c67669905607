import { type Gap, gapOf, isInGap, monthsOf } from '../core/gap.ts'
import type { Candidate } from '../core/plan.ts'
import { isoTime, singaporeDay } from '../core/time.ts'
import { pageUrl, SECTIONS, type SectionSource, sitemapUrl, sourcesFor } from '../sites/zaobao/index.ts'
import { candidatesOf, hasPage, merge, type Poll, readItems } from './poll.ts'
import type { Run } from './run.ts'

/** Pages of one list that are read back at most. */
const MAX_PAGES = 100
/** A gap that could not be reached is tried again after this. */
const RETRY_MS = 3_600_000
/** A gap that could not be reached for so long is given up. */
const GIVE_UP_MS = 30 * 86_400_000

/** The paths under which the site shows a section that users name. */
export function pathsOf(section: string): string[] {
  const path = SECTIONS[section]?.path
  return path === undefined ? [] : [path, path.replace(/^realtime\//, 'news/')]
}

/** The gaps that polls show now. To be asked before anything of them is archived. */
export async function findGaps(polls: readonly Poll[], run: Run): Promise<Gap[]> {
  const newestArchived = (await run.archive.days()).at(-1) ?? null
  const queued = new Set(run.state.queue.map(({ id }) => id))
  const gaps: Gap[] = []
  for (const poll of polls) {
    if (poll.kind !== 'items') continue
    const candidates = merge([poll]).filter(({ url }) => hasPage(url))
    const known = new Set<string>()
    for (const candidate of candidates) if ((await run.archive.find(candidate)) !== null) known.add(candidate.id)
    const { name, section } = poll.source
    const before = run.state.sources[name]?.newest ?? null
    // A section that was never polled before has no ground of its own: it begins now.
    if (before === null && Object.keys(run.state.sources).length > 0) continue
    const shown = {
      source: name,
      candidates,
      newestBefore: before === null ? null : singaporeDay(Date.parse(before)),
      sections: section === null ? [] : pathsOf(section),
    }
    const isKnown = (id: string) => known.has(id) || queued.has(id)
    const gap = gapOf(shown, isKnown, newestArchived, run.config.maxGap, run.io.now())
    if (gap !== null) gaps.push(gap)
  }
  return gaps
}

/** Gaps that earlier runs left open and that are to be tried now. */
export function openGaps(run: Run): Gap[] {
  const now = run.io.now()
  return run.state.gaps.filter(({ lastTried }) => lastTried === null || now - Date.parse(lastTried) >= RETRY_MS)
}

/** What was found of a gap, and what of it could not be reached. */
export interface Filled {
  gap: Gap
  candidates: Candidate[]
  problem: string | null
}

/** Looks a gap's days up: in the lists, page by page, until they reach known ground; else in the monthly sitemaps. */
export async function fillGap(gap: Gap, run: Run): Promise<Filled> {
  const found: Candidate[] = []
  const problems: string[] = []
  let reached = true
  for (const section of gap.sections) {
    const [list, json] = sourcesFor(section, { origin: gap.origin })
    const back = await pageBack(gap, [json, list], run)
    found.push(...back.candidates)
    reached &&= back.reached
  }
  if (!reached) {
    for (const month of monthsOf(gap.from, gap.to)) {
      const answer = await readSource(sitemapUrl(month, gap.origin), run)
      if (typeof answer === 'string') problems.push(answer)
      else found.push(...answer)
    }
  }
  const candidates = [...new Map(found.map((candidate) => [candidate.id, candidate])).values()]
  const wanted = candidates.filter((candidate) => isInGap(gap, candidate))
  return { gap, candidates: wanted, problem: problems.length === 0 ? null : problems.join('; ') }
}

/** Reads lists back until one reaches the gap's first day or a story of it that is archived. */
async function pageBack(
  gap: Gap,
  sources: readonly (SectionSource | undefined)[],
  run: Run,
): Promise<{ candidates: Candidate[]; reached: boolean }> {
  const candidates: Candidate[] = []
  for (const source of sources) {
    if (source === undefined) continue
    const seen = new Set<string>()
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const url = pageUrl(source, page)
      const answer = url === null ? null : await readSource(url, run)
      if (answer === null || typeof answer === 'string') break
      const fresh = answer.filter(({ id }) => !seen.has(id))
      if (fresh.length === 0) break
      for (const candidate of fresh) seen.add(candidate.id)
      candidates.push(...fresh)
      if (await reaches(gap, fresh, run)) return { candidates, reached: true }
    }
  }
  return { candidates, reached: false }
}

/** Known ground: a story before the gap, or one of its first day that the archive holds. */
async function reaches(gap: Gap, candidates: readonly Candidate[], run: Run): Promise<boolean> {
  for (const candidate of candidates) {
    if (candidate.day === null || candidate.day > gap.from) continue
    if (candidate.day < gap.from || (await run.archive.find(candidate)) !== null) return true
  }
  return false
}

/** The stories that a list or sitemap names; one line where it cannot be read. */
async function readSource(url: string, run: Run): Promise<Candidate[] | string> {
  const response = await run.http.get(url)
  if (response.kind !== 'ok') return `${url}: ${response.kind === 'failed' ? response.detail : '304 unasked'}`
  try {
    return candidatesOf(await readItems(response, 'list', run.io.now()), null)
  } catch (error) {
    return `${url}: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** The open gaps after a run tried some of them; says what could not be reached, when it is new and when it is given up. */
export function settleGaps(filled: readonly Filled[], run: Run): void {
  const now = run.io.now()
  const tried = new Set(filled.map(({ gap }) => keyOf(gap)))
  const kept = run.state.gaps.filter((gap) => !tried.has(keyOf(gap)))
  for (const { gap, candidates, problem } of filled) {
    const days = gap.from === gap.to ? gap.from : `${gap.from} to ${gap.to}`
    const where = `${gap.sections.join(', ')} of ${days}`
    if (problem === null) {
      run.report.notice(`${gap.source}: its list ran over; looked up ${where}: ${candidates.length} stories named`)
      continue
    }
    const givenUp = now - Date.parse(gap.noticed) > GIVE_UP_MS
    if (gap.reason === null || givenUp) {
      const fate = givenUp ? 'given up' : 'tried again later'
      run.report.problem(`${gap.source}: stories may be missing, ${where}: ${problem}; ${fate}`)
    }
    if (!givenUp) kept.push({ ...gap, lastTried: isoTime(now), reason: problem })
  }
  run.state = { ...run.state, gaps: kept }
}

function keyOf({ source, from, to, origin }: Gap): string {
  return [source, origin, from, to].join(' ')
}
