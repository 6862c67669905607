import { getOrMake } from '../../core/get-or-make.ts'
import { sha256 } from '../../core/hash.ts'
import type { Config, FeedEntry } from '../../config/keys.ts'
import { present } from '../../core/present.ts'
import { printableUrl, shownText } from '../../core/text/printable.ts'
import { UsageError } from '../../errors.ts'
import { refuseImitator } from './imitator.ts'
import { siteAt } from '../candidate.ts'
import { t } from '../../words/words.ts'
import {
  isAddress,
  isMistyped,
  isSection,
  noSection,
  sectionsIn,
  sourcesOfSection,
  unknownSection,
} from './sections.ts'

/** Where items come from. */
export interface Source {
  /** Short and stable: the key of what is remembered of it. */
  name: string
  url: string
  kind: 'feed' | 'list'
  /** The section that it covers; `null` for a feed whose section nobody named. */
  section: string | null
  /** A feed that the user named is read whatever robots.txt says. */
  userNamed: boolean
  /** What the configuration tells of a feed. */
  entry?: FeedEntry
}

/**
 * The sources that a configuration asks for: the feeds that it names, else those of its sections. Throws `UsageError`
 * for a section without any, and for no section.
 */
export function sourcesOf(config: Pick<Config, 'feed' | 'section' | 'sources'>): Source[] {
  const sources =
    config.feed.length > 0
      ? config.feed.map((url) => feed(url, config))
      : sectionsIn(config).flatMap((section) => (isAddress(section) ? [list(section)] : named(section, config)))
  if (sources.length === 0) throw noSection()
  // A feed of no section stands beside each of them.
  return [...new Map(sources.map((source) => [source.name, source])).values()]
}

function feed(url: string, config: Pick<Config, 'sources'>): Source {
  refuseImitator(url)
  const name = nameOf(url)
  return { name, url, kind: 'feed', section: null, userNamed: true, ...present({ entry: feedEntry(name, config) }) }
}

/** What the configuration tells of a feed, by the name of the source; `null` where it tells nothing. */
export function feedEntry(source: string | undefined, { sources }: Pick<Config, 'sources'>): FeedEntry | null {
  const entries = getOrMake(entriesOf, sources, () => {
    // Of two of one name the first.
    const all = feedsIn(sources).toReversed()
    return new Map(all.map((entry) => [nameOf(entry.feed), entry]))
  })
  return entries.get(source ?? '') ?? null
}

/** What the configuration tells alike of all feeds of an address's site. */
export function entryOfSite(url: string, { sources }: Pick<Config, 'sources'>): Partial<FeedEntry> {
  const [first, ...others] = feedsIn(sources).filter((one) => siteAt(one.feed) === siteAt(url))
  const isOfAll = ([key, value]: [string, unknown]): boolean =>
    others.every((one) => JSON.stringify(one[key as keyof FeedEntry]) === JSON.stringify(value))
  return Object.fromEntries(Object.entries(first ?? {}).filter(isOfAll))
}

/** The entries of feeds by the names of their sources. Each story asks, and each source: they are made once for a configuration. */
const entriesOf = new WeakMap<Config['sources'], ReadonlyMap<string, FeedEntry>>()

/** The feeds of a configuration, with what it tells of them. */
export const feedsIn = (sources: Config['sources']): FeedEntry[] =>
  sources.filter((one) => typeof one === 'object' && 'feed' in one)

/** The section that the configuration gives a feed, where it is none of a paper. */
export function ownSection(source: string | undefined, config: Pick<Config, 'sources'>): string | undefined {
  const section = feedEntry(source, config)?.section
  return section === undefined || isSection(section) ? undefined : section
}

/**
 * The feeds in use of which nothing tells that they are a paper's that is known, neither the configuration nor the stories that
 * they showed last, as `shown` has it; `alone`: nothing else is in use. Such feeds have no lists of days.
 */
export function feedsWithoutDays(
  config: Pick<Config, 'feed' | 'section' | 'sources'>,
  shown: Readonly<Record<string, { sections?: readonly string[] | undefined }>>,
): { names: string[]; alone: boolean } {
  const isGiven = config.feed.length > 0
  const feeds = isGiven ? config.feed : feedsIn(config.sources).map((entry) => entry.feed)
  const foreign = feeds.map(nameOf).filter((name) => {
    const section = feedEntry(name, config)?.section
    return (section === undefined || !isSection(section)) && (shown[name]?.sections ?? []).length === 0
  })
  const isAllFeeds = isGiven || (feeds.length === config.sources.length && !config.section.some(isAddress))
  return { names: foreign, alone: isAllFeeds && foreign.length > 0 && foreign.length === feeds.length }
}

/** Names are kept and printed: credentials in an address are not in them, a mark tells such addresses apart. */
function nameOf(url: string): string {
  const shown = printableUrl(url)
  return shown === url ? url : `${shown}#${sha256(url).slice(0, 6)}`
}

function list(url: string): Source {
  return { name: nameOf(url), url, kind: 'list', section: null, userNamed: false }
}

function named(section: string, config: Pick<Config, 'sources'>): Source[] {
  const sources = ofSection(section, config)
  if (sources.length > 0) return sources
  throw new UsageError(
    t`section "${shownText(section)}" has no source in the configuration; add "list" or a feed to its sources`,
  )
}

function ofSection(section: string, config: Pick<Config, 'sources'>): Source[] {
  return config.sources.flatMap((source): Source[] => {
    if (typeof source === 'object' && 'feed' in source) {
      const own = source.section ?? null
      if (own !== null && isMistyped(own)) throw unknownSection(own)
      // A section of none of the papers is the feed's own name for what it has: it stands beside each of theirs.
      const known = own !== null && isSection(own) ? own : null
      return known !== null && known !== section ? [] : [{ ...feed(source.feed, config), section: known }]
    }
    const kind = typeof source === 'object' ? 'rss' : source
    const known = sourcesOfSection(section, typeof source === 'object' ? { rsshub: source.rsshub } : {})
    return (
      known
        // A paper may have feeds in the place of lists.
        .filter((one) => one.kind === kind || (kind === 'list' && one.kind === 'feed'))
        .map((one): Source => {
          refuseImitator(one.url)
          const isList = one.kind === 'list' || one.kind === 'json'
          const name = `${one.kind}:${section}`
          return { name, url: one.url, kind: isList ? 'list' : 'feed', section, userNamed: kind === 'rss' }
        })
    )
  })
}
