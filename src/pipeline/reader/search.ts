import { placeOfPath } from '../../core/archive/path.ts'
import type { ReaderPage } from '../../core/reader/frame.ts'
import type { Links, SearchRoute } from '../../core/reader/routes.ts'
import { type FoundStory, searchAsidePage, searchPage, whyNot } from '../../core/reader/search.ts'
import type { Hit } from '../../core/search/hit.ts'
import { parseQuery } from '../../core/search/query.ts'
import { namesUnknown, nothingIn } from '../../core/search/unknown.ts'
import { openJournal } from '../../edge/archive/journal.ts'
import type { Keeper } from '../../edge/catalogue/keep.ts'
import { isCommandError } from '../../errors.ts'
import type { Io, Step } from '../../io.ts'
import { DEFAULT_PUBLISHER, sectionPlaces } from '../../sites/publishers.ts'
import { plural, said, t } from '../../words/words.ts'
import type { Library } from './library.ts'
import { search } from '../search/search.ts'
import { sectionNamed } from '../configured/sections.ts'

const ON_A_PAGE = 30
/** Who types asks with every key: to count more takes longer than to find those that are shown. */
const COUNTED_AS_TYPED = 300
/** Who types asks with every key: a look at the folders serves so long (ms). */
const LOOK_SERVES_MS = 3000
/** A first search makes the catalogue, which takes minutes of a large archive: whoever waits longer is told how far it is. */
const PATIENCE_MS = 3_000

/** A page, and whether it is to be asked for again soon. */
interface SearchMade {
  page: (to: Links) => ReaderPage
  isWaiting: boolean
}

/** Searches of an archive, one after the other. */
export interface Search {
  page(asked: SearchRoute): Promise<SearchMade>
  /** The newest stories that a query finds, by their paths; none where it asks for nothing. */
  paths(query: string): Promise<string[]>
}

/** Opens what searches an archive. */
export function openSearch(
  library: Library,
  keeper: Keeper,
  say: (line: string) => void,
  io: Pick<Io, 'now' | 'signal' | 'sleep' | 'v8'>,
): Search {
  let last: Promise<unknown> = Promise.resolve()
  let step: Step | null = null
  const watched = { ...io, progress: (now: Step) => void (step = now) }

  /** What a query finds; `null` where it asks for nothing. */
  function find(query: string, wanted: Pick<SearchRoute, 'order' | 'before'>) {
    const own = last.then(async () => {
      const sections = sectionPlaces()
      const read = parseQuery(query, { nowMs: io.now(), zone: DEFAULT_PUBLISHER.zone, sections })
      if (read === null) return null
      const source = { archive: await library.open(), journal: openJournal(library.store, say), say }
      const { order, before } = wanted
      const asked = { order, before, limit: ON_A_PAGE, most: COUNTED_AS_TYPED, all: false, within: LOOK_SERVES_MS }
      const found = await search(read.query, asked, { keeper, source }, watched)
      const unknown = found.count === 0 ? namesUnknown(read.query, sections) : []
      return { ...found, fault: read.fault, unknown }
    })
    last = own.catch(() => undefined)
    return own
  }

  async function page(asked: SearchRoute): Promise<SearchMade> {
    const waiting = new AbortController()
    const late = io.sleep(PATIENCE_MS, waiting.signal).then(() => 'late' as const)
    late.catch(() => undefined)
    try {
      const result = await Promise.race([find(asked.query, asked), late])
      if (result === null) {
        const why = (): string | null => (asked.query === '' ? null : said(nothingIn(asked.query)))
        return { page: () => searchAsidePage(asked.query, why()), isWaiting: false }
      }
      if (result !== 'late') {
        const { hits, ...rest } = result
        return { page: (to) => searchPage({ asked, found: hits.map(foundOf), ...rest }, to), isWaiting: false }
      }
    } catch (error) {
      if (!isCommandError(error)) throw error
      const { words } = error
      return { page: () => searchAsidePage(asked.query, whyNot(words)), isWaiting: false }
    } finally {
      waiting.abort()
    }
    const { done = 0, total = null } = step ?? {}
    const words = (): string =>
      plural(
        total ?? 0,
        t`The catalogue is being made: ${done} of ${total ?? '…'} day. This page comes again by itself.`,
        t`The catalogue is being made: ${done} of ${total ?? '…'} days. This page comes again by itself.`,
      )
    return { page: () => searchAsidePage(asked.query, words()), isWaiting: true }
  }

  return {
    page,
    async paths(query) {
      return (await find(query, { order: 'newest', before: null }))?.hits.map(({ path }) => path) ?? []
    },
  }
}

function foundOf({ id, path, title, places, excerpt, section, url, lang, revision, access }: Hit): FoundStory {
  return {
    ...{ id, title, places, excerpt, lang, access, day: placeOfPath(path).day, changes: revision - 1 },
    section: section === null ? null : sectionNamed(section, url),
  }
}
