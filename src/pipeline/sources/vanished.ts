import type { JournalEntry } from '../../core/archive/journal.ts'
import { type Candidate, isExcluded } from '../../core/archive/plan.ts'
import type { SourceState } from '../../core/archive/state.ts'
import { identityOfWord, wordOf } from '../../core/archive/list-places.ts'
import { HASH_ID } from '../../core/identity.ts'
import { present } from '../../core/present.ts'
import { DAY_MS, isoTime } from '../../core/time.ts'
import { unlessLocal } from '../../errors.ts'
import { DEFAULT_PUBLISHER, identify } from '../../sites/publishers.ts'
import { candidateAt } from '../candidate.ts'
import type { Lookup } from './lookup.ts'
import { merge, type Poll } from './poll.ts'
import type { Run } from '../run.ts'
import { sectionsInUse } from '../configured/sections.ts'
import { plural, t } from '../../words/words.ts'

/** So many stories of a source are remembered: lists show a few dozen, feeds seldom more. */
const MAX_SHOWN = 500

/** How often all days are looked at; those whose folder is gone are noticed by each run. */
const SURVEY_MS = DAY_MS
/** By so much the clock of a disk elsewhere may be behind. */
const BEHIND_MS = DAY_MS

/** What a source showed, as it is remembered, once all of it is archived or queued. */
export function shownIn(poll: Poll, { config }: Run): string[] {
  const candidates = merge([poll]).filter((candidate) => !isExcluded(candidate, config.exclude))
  return candidates.slice(0, MAX_SHOWN).map(wordOf)
}

/**
 * What is remembered of a source, without its validators where a story that it showed is neither archived nor queued: an
 * answer that nothing changed would hide it.
 */
export async function trusted(source: SourceState | undefined, run: Run): Promise<SourceState | undefined> {
  if (source === undefined || source.validators === null) return source
  const queued = new Set(run.state.queue.map(({ id }) => id))
  for (const identity of (source.shown ?? []).map(identityOfWord)) {
    if (!queued.has(identity.id) && (await unlessLocal(run.archive.find(identity), '')) === null)
      return { ...source, validators: null }
  }
  return source.shown === undefined ? { ...source, validators: null } : source
}

/** Stories that the journal names and that are gone from the archive. */
interface Vanished {
  candidates: Candidate[]
  /** When all days were looked at; `null` when only those without a folder were. */
  surveyed: string | null
}

/**
 * The stories of which the journal says that they were archived and that are no more: a backup was restored, a day
 * deleted. `named`: what sources name now. Those that are excluded or queued are left out.
 */
export async function findVanished(named: readonly Candidate[], lookup: Lookup, run: Run): Promise<Vanished> {
  const known = new Set([...named, ...run.state.queue].map(({ id }) => id))
  const { surveyed = null } = run.state
  const now = run.io.now()
  const isDue = surveyed === null || now - Date.parse(surveyed) >= SURVEY_MS
  const held = new Set(await run.archive.days())
  const noted = await run.journal.days()
  const changed = isDue
    ? await run.archive.changedSince(surveyed === null ? 0 : Date.parse(surveyed) - BEHIND_MS)
    : new Set()
  const candidates: Candidate[] = []
  for (const day of noted.filter((one) => !held.has(one) || changed.has(one))) {
    for (const entry of (await unlessLocal(run.journal.latest(day), new Map<string, JournalEntry>())).values()) {
      if (known.has(entry.id)) continue
      const candidate = await candidateOf(entry, day, lookup, run)
      if (candidate !== null && !isExcluded(candidate, run.config.exclude)) candidates.push(candidate)
    }
  }
  if (candidates.length > 0) {
    const { length } = candidates
    const first = candidates[0]?.day ?? ''
    run.report.problem(
      plural(
        length,
        t`${length} story that was archived is gone, the first of ${first}: asked for again; what is not to come back belongs into exclude`,
        t`${length} stories that were archived are gone, the first of ${first}: asked for again; what is not to come back belongs into exclude`,
      ),
    )
  }
  return { candidates, surveyed: isDue ? isoTime(now) : null }
}

async function candidateOf(entry: JournalEntry, day: string, lookup: Lookup, run: Run): Promise<Candidate | null> {
  const { id, seen } = entry
  // What cannot be looked at is there all the same.
  if ((await unlessLocal(run.archive.find({ id, day }), '')) !== null) return null
  // An address of another story is damaged, or forged; a hash has none but the one that is noted.
  const noted = entry.url !== undefined && identify(entry.url, id).id === id ? entry.url : null
  if (noted === null && HASH_ID.test(id)) return null
  const url = noted ?? (await addressOfId(id, day, lookup, run))
  // It may have been moved to the day of its address, be found again under another day, or have become one with the file of
  // its address in today's spelling.
  const own = identify(url)
  const isElsewhere = own.id === id ? own.day !== day : HASH_ID.test(id)
  if (isElsewhere && (await unlessLocal(run.archive.find(own), '')) !== null) return null
  const [source] = Object.keys(seen)
  return candidateAt(url, { id, day, seen, ...present({ source }) })
}

/** Where older versions wrote down no address: the sitemap's; else one that the site may lead on from. */
async function addressOfId(id: string, day: string, lookup: Lookup, run: Run): Promise<string> {
  const editions = sectionsInUse(run.config)
  for (const { origin } of editions) {
    for (const map of await lookup.month(day.slice(0, 7), origin)) {
      const found = map.kind === 'named' ? map.candidates.find((candidate) => candidate.id === id) : undefined
      if (found !== undefined) return found.url
    }
  }
  const { publisher, origin, paths } = editions[0] ?? {
    publisher: DEFAULT_PUBLISHER,
    origin: DEFAULT_PUBLISHER.origin,
    paths: null,
  }
  const { names, pathsOf } = publisher.sections
  return publisher.urlOf({ number: id, day, section: (paths ?? pathsOf(names[0] ?? ''))[0] ?? null }, origin)
}
