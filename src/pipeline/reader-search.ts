import type { Page } from '../core/reader/frame.ts'
import type { SearchRoute } from '../core/reader/routes.ts'
import { type Found, searchAsidePage, searchPage, whyNot } from '../core/reader/search.ts'
import type { Hit } from '../core/search/hit.ts'
import { parseQuery } from '../core/search/query.ts'
import { openJournal } from '../edge/archive/journal.ts'
import type { Keeper } from '../edge/catalogue/keep.ts'
import { isCommandError } from '../errors.ts'
import type { Io, Step } from '../io.ts'
import { DEFAULT_PUBLISHER } from '../sites/publishers.ts'
import { t } from '../words/words.ts'
import type { Library } from './library.ts'
import { search, type Searched } from './search.ts'
import { sectionNamed } from './sections.ts'

const ON_A_PAGE = 30
/** A first search makes the catalogue, which takes minutes of a large archive: whoever waits longer is told how far it is. */
const PATIENCE_MS = 3_000

/** A page, and whether it is to be asked for again soon. */
export interface SearchMade {
  page: () => Page
  isWaiting: boolean
}

/** What answers searches of an archive, one after the other. */
export function openSearch(
  library: Library,
  keeper: Keeper,
  say: (line: string) => void,
  io: Pick<Io, 'now' | 'signal' | 'sleep'>,
): (asked: SearchRoute) => Promise<SearchMade> {
  let last: Promise<unknown> = Promise.resolve()
  let step: Step | null = null
  const watched = { ...io, progress: (now: Step) => void (step = now) }

  async function searched(asked: SearchRoute): Promise<{ page: () => Page }> {
    const read = parseQuery(asked.query, { nowMs: io.now(), zone: DEFAULT_PUBLISHER.zone })
    if (read === null) return { page: () => searchAsidePage(asked.query) }
    const source = { archive: await library.open(), journal: openJournal(library.store, say), say }
    const { order, before } = asked
    const wanted = { order, before, limit: ON_A_PAGE, refresh: false }
    const result: Searched = await search(read.query, wanted, { keeper, source }, watched)
    const { hits, count, next } = result
    return { page: () => searchPage({ asked, found: hits.map(foundOf), count, next, fault: read.fault }) }
  }

  return async (asked) => {
    const own = last.then(() => searched(asked))
    last = own.catch(() => undefined)
    const late = io.sleep(PATIENCE_MS, io.signal).then(() => null)
    try {
      const made = await Promise.race([own, late])
      if (made !== null) return { ...made, isWaiting: false }
    } catch (error) {
      if (!isCommandError(error)) throw error
      const { words } = error
      return { page: () => searchAsidePage(asked.query, whyNot(words)), isWaiting: false }
    } finally {
      late.catch(() => undefined)
    }
    const { done = 0, total = null } = step ?? {}
    const page = (): Page =>
      searchAsidePage(
        asked.query,
        t`The catalogue is being made: ${done} of ${total ?? '…'} days. This page comes again by itself.`,
      )
    return { page, isWaiting: true }
  }
}

function foundOf({ id, path, title, places, excerpt, section, url, lang, revision }: Hit): Found {
  return {
    ...{ id, title, places, excerpt, lang, day: path.slice(0, 10), changes: revision - 1 },
    section: section === null ? null : sectionNamed(section, url),
  }
}
