import { fromOf } from '../../core/document/document.ts'
import {
  daysInWords,
  type Gap,
  isInDays,
  isInGap,
  joinGaps,
  monthsOf,
  type ToldMap,
  withoutOpen,
} from '../../core/archive/gap.ts'
import { gapOf, type ShownList } from '../../core/archive/gap-noticed.ts'
import { type Candidate, isExcluded } from '../../core/archive/plan.ts'
import type { Pageable, Publisher } from '../../core/publisher.ts'
import { CHINESE_ZONE, DAY_MS, dayIn, HOUR_MS, isoTime } from '../../core/time.ts'
import { addressOf, DEFAULT_PUBLISHER, publisherOf, sectionOf } from '../../sites/publishers.ts'
import { printableUrl } from '../../core/text/printable.ts'
import type { RunLookup, Lookup } from './lookup.ts'
import { isListed } from '../candidate.ts'
import { merge, type Poll } from './poll.ts'
import type { Run } from '../run.ts'
import type { Left } from '../found.ts'
import { lookUp, readStored, storiesOf } from '../records/look-up.ts'
import { pathsOf, sectionNamed, sourcesOfSection } from '../configured/sections.ts'
import { type Message, message, plural, t } from '../../words/words.ts'

/** Pages of one list that are read back at most. */
const MAX_PAGES = 100
/** A gap that could not be reached is tried again after this. */
const RETRY_MS = HOUR_MS
/** A gap that could not be reached for so long is given up. */
const GIVE_UP_MS = 30 * DAY_MS
/** Stories that are looked at, newest first, for the last one of a section. */
const MAX_LOOKED_AT = 2000
/** Before everything that an archive holds. */
const FIRST_DAY = '0000-00-00'

/** The gaps that polls show now, said where they reach further back than may be looked. To be asked before archiving. */
export async function findGaps(polls: readonly Poll[], run: Run): Promise<Gap[]> {
  const { maxGap } = run.config
  const now = run.io.now()
  const gaps: Gap[] = []
  for (const poll of polls) {
    if (poll.kind !== 'items') continue
    const shown = await shownBy(poll, polls, run)
    // Reading back through the archive is for the few polls that show a gap whatever it holds.
    if (gapOf({ ...shown, newestArchived: FIRST_DAY }, maxGap, now, addressOf) === null) continue
    const newestArchived = await newestArchivedOf(sectionsOf(shown), run)
    const noticed = gapOf({ ...shown, newestArchived }, maxGap, now, addressOf)
    if (noticed === null) continue
    const beyond = noticed.beyond && withoutOpen(noticed.beyond, run.state.gaps)
    gaps.push(...[beyond, noticed.gap].filter((one) => one !== null))
  }
  sayBeyond(gaps, run)
  return gaps
}

/** Says which days lie too far back to be looked up: once, though several sources or runs notice them. */
function sayBeyond(noticed: readonly Gap[], run: Run): void {
  const known = run.state.gaps
  for (const { source, from, to, beyond } of joinGaps([...known, ...noticed])) {
    const isKnown = known.some((gap) => gap.source === source && gap.from === from && gap.to === to)
    if (beyond !== true || isKnown) continue
    const missing = t`stories may be missing, from ${from} to ${to}, further back than --max-gap; backfill --from ${from} --to ${to} looks them up`
    run.report.problem(`${source}: ${missing}`)
  }
}

async function shownBy(poll: Poll, polls: readonly Poll[], run: Run): Promise<ShownList> {
  const { name, section, kind, url: address } = poll.source
  const { sources, lastRun } = run.state
  const candidates = merge([poll]).filter(
    (candidate) => isListed(candidate) && !isExcluded(candidate, run.config.exclude),
  )
  const known = new Map<string, 'polled' | 'given'>()
  const queued = new Set(run.state.queue.map(({ id }) => id))
  for (const candidate of candidates) {
    const { path, entry } = await lookUp(candidate, run)
    const wasPolled = entry === null || Object.keys(entry.seen).length > 0
    if (path !== null) known.set(candidate.id, wasPolled ? 'polled' : 'given')
    else if (queued.has(candidate.id)) known.set(candidate.id, 'polled')
  }
  const { newest = null, lastOk = null } = sources[name] ?? {}
  const zone = candidates[0]?.publisher?.zone ?? CHINESE_ZONE
  const isForgotten = lastRun === null && Object.keys(sources).length === 0
  return {
    source: name,
    candidates,
    known,
    before: polls
      .filter(({ source }) => source.name === name || (section !== null && source.section === section))
      .flatMap(({ source }) => [sources[source.name]?.shown ?? []].filter(({ length }) => length > 0)),
    newestBefore: newest === null ? null : dayIn(zone, Date.parse(newest)),
    lastRead: lastOk === null ? null : dayIn(zone, Date.parse(lastOk)),
    newestArchived: null,
    forgottenSince: isForgotten ? ((await run.archive.days())[0] ?? null) : null,
    sections: section === null ? [] : pathsOf(section),
    // What is remembered holds no credentials.
    list: kind === 'list' && section === null && printableUrl(address) === address ? address : null,
  }
}

function sectionsOf({ sections, candidates }: ShownList): ReadonlySet<string> {
  if (sections.length > 0) return new Set(sections)
  return new Set(
    candidates.flatMap(({ publisher, section }) =>
      section === null ? [] : (publisher?.sections.sisters?.(section) ?? [section]),
    ),
  )
}

/** The last day of which the archive holds a story of the sections; `null` when it holds none, as far as is looked. */
async function newestArchivedOf(sections: ReadonlySet<string>, run: Run): Promise<string | null> {
  let left = MAX_LOOKED_AT
  for (const day of (await run.archive.days()).toReversed()) {
    for (const path of await storiesOf(day, run)) {
      if (left === 0) return null
      left -= 1
      const section = await sectionOfFile(path, run)
      if (section !== null && sections.has(section)) return day
    }
  }
  return null
}

/** `null` also where the file cannot be read: `verify` names what is damaged. */
async function sectionOfFile(path: string, run: Run): Promise<string | null> {
  const document = await readStored(path, run.archive).catch(() => null)
  return document && sectionOf(fromOf(document))
}

/** True for a gap that is to be tried now. */
export function isDue({ lastTried, beyond, lost, from, origin }: Gap, run: Run): boolean {
  if (lost === true) return false
  const { zone } = publisherOf(origin) ?? DEFAULT_PUBLISHER
  if (beyond === true && from < dayIn(zone, run.io.now() - run.config.maxGap)) return false
  return lastTried === null || run.io.now() - Date.parse(lastTried) >= RETRY_MS
}

/** What was found of a gap, and what of it could not be reached. */
export interface Filled {
  gap: Gap
  candidates: Candidate[]
  /** How many were found, tries that this one goes on with counted, that neither the archive held nor the sources named. */
  missing: number
  /** The pages of the source's own list told all. */
  byOwnPages: boolean
  problem: Message | null
  /** Why it goes on with the next run; `null` where all was looked at. */
  left: Left | null
  /** By address, what was told so far. */
  told: Map<string, ToldMap>
}

/**
 * Looks a gap's days up: in the lists, page by page, until they pass its first day; else in the monthly sitemaps.
 * `shown`: what the sources name now.
 */
export async function fillGap(gap: Gap, shown: readonly Candidate[], all: RunLookup, run: Run): Promise<Filled> {
  const told = new Map(Object.entries(gap.told ?? {}))
  const lookup = all.resumed(told)
  let left = null as Left | null
  const found: Candidate[] = []
  const problems: Message[] = []
  let passed = true
  const publisher = publisherOf(gap.origin) ?? DEFAULT_PUBLISHER
  const back = async (sources: readonly (Pageable | undefined)[]): Promise<boolean> => {
    const read = await pageBack(gap, publisher, sources, lookup)
    // What stands in a section's list is of the section, wherever its address lies.
    found.push(...read.candidates.filter((candidate) => isInDays(gap, candidate)))
    left ??= read.left
    return read.passed
  }
  const byOwnPages = gap.list !== undefined && (await back([publisher.sourceAt(gap.list)]))
  for (const section of byOwnPages ? [] : new Set(gap.sections.map((path) => sectionNamed(path, gap.origin)))) {
    const [list, json] = sourcesOfSection(section, { origin: gap.origin })
    if (left === null && !(await back([json, list]))) passed = false
  }
  for (const month of passed ? [] : monthsOf(gap.from, gap.to)) {
    for (const map of left === null ? await lookup.month(month, gap.origin) : [])
      if (map.kind === 'unread') {
        left ??= map.left
        problems.push(map.problem)
      } else found.push(...map.candidates.filter((candidate) => isInGap(gap, candidate)))
  }
  const candidates = eachOnce(found)
  // What waits was counted by the try that found it.
  const own = new Set([...shown, ...run.state.queue].map(({ id }) => id))
  let { missing = 0 } = gap
  for (const candidate of candidates)
    if (!own.has(candidate.id) && (await lookUp(candidate, run)).path === null) missing += 1
  const problem = problems.length === 0 ? null : message`${problems}`
  return { gap, candidates, missing, byOwnPages, problem, left, told }
}

/** Lists tell headlines and times that sitemaps leave out. */
function eachOnce(candidates: readonly Candidate[]): Candidate[] {
  const byId = new Map<string, Candidate>()
  for (const candidate of candidates) {
    const known = byId.get(candidate.id)
    const { title, published } = candidate
    const both = known && { ...known, title: known.title ?? title, published: known.published ?? published }
    byId.set(candidate.id, both ?? candidate)
  }
  return [...byId.values()]
}

/** Reads lists back until one passes the gap's first day. */
async function pageBack(
  gap: Gap,
  publisher: Publisher,
  sources: readonly (Pageable | undefined)[],
  lookup: Lookup,
): Promise<{ candidates: Candidate[]; passed: boolean; left: Left | null }> {
  const candidates: Candidate[] = []
  for (const source of sources) {
    if (source === undefined || source.kind === 'feed') continue
    const seen = new Set<string>()
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const url = page === 0 ? source.url : (publisher.pageOf?.(source, page) ?? null)
      const named = url === null ? null : await lookup.list(url)
      if (named?.kind === 'unread' && named.left !== null) return { candidates, passed: false, left: named.left }
      if (named === null || named.kind === 'unread') break
      const fresh = named.places.filter(({ id }) => !seen.has(id))
      if (fresh.length === 0) break
      candidates.push(...named.candidates.filter(({ id }) => !seen.has(id)))
      for (const { id } of fresh) seen.add(id)
      if (passes(gap, fresh)) return { candidates, passed: true, left: null }
    }
  }
  return { candidates, passed: false, left: null }
}

/** Half of a page and more lies before the gap: an old story or two among new ones tell nothing. */
function passes(gap: Gap, candidates: readonly Pick<Candidate, 'day'>[]): boolean {
  const days = candidates.flatMap(({ day }) => day ?? [])
  const before = days.filter((day) => day < gap.from)
  return before.length > 0 && before.length * 2 >= days.length
}

/** The open gaps after a run tried some of them; says what could not be reached, when it is new and when it is given up. */
export function settleGaps(filled: readonly Filled[], run: Run): void {
  const now = run.io.now()
  const tried = new Set(filled.map(({ gap }) => gap))
  const isOld = ({ noticed }: Gap): boolean => now - Date.parse(noticed) > GIVE_UP_MS
  const untried = run.state.gaps.filter((gap) => !tried.has(gap))
  const isOver = (gap: Gap): boolean => gap.beyond === true && isOld(gap)
  const tell = ({ source }: Gap, where: string, problem: Message, fate: string): void =>
    run.report.problem(`${source}: ${t`stories may be missing, ${where}: ${problem}; ${fate}`}`)
  for (const gap of untried.filter(isOver)) {
    tell(gap, t`${gap.sections} of ${daysInWords(gap)}`, message`further back than --max-gap`, t`given up`)
  }
  const isPast = ({ lost, to }: Gap): boolean => lost === true && now - Date.parse(to) > GIVE_UP_MS
  const kept = untried.filter((gap) => !isOver(gap) && !isPast(gap))
  for (const { gap, missing, byOwnPages, problem, left, told } of filled) {
    if (left !== null) {
      kept.push({ ...gap, told: Object.fromEntries(told), missing })
      continue
    }
    const days = daysInWords(gap)
    const where = byOwnPages ? t`its pages of ${days}` : t`${gap.sections} of ${days}`
    if (problem === null) {
      const looked = plural(
        missing,
        t`its list ran over; looked up ${where}: ${missing} story was missing`,
        t`its list ran over; looked up ${where}: ${missing} stories were missing`,
      )
      const line = `${gap.source}: ${looked}`
      if (missing > 0) run.report.notice(line)
      else run.report.detail(line)
      continue
    }
    const givenUp = isOld(gap)
    if (gap.reason === null || givenUp) tell(gap, where, problem, givenUp ? t`given up` : t`tried again later`)
    const { told: _told, ...open } = gap
    if (!givenUp) kept.push({ ...open, missing, lastTried: isoTime(now), reason: problem })
  }
  run.remember({ gaps: kept })
}
