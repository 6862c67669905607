import { placeOfPath } from '../core/archive/path.ts'
import type { Config } from '../config/keys.ts'
import type { Hit } from '../core/search/hit.ts'
import { partsOf, type TextSpan } from '../core/search/places.ts'
import { parseQuery } from '../core/search/query.ts'
import { namesUnknown, nothingIn } from '../core/search/unknown.ts'
import { jsonLine, printable } from '../core/text/printable.ts'
import { dayIn, minuteIn } from '../core/time.ts'
import { keepCatalogue } from '../edge/catalogue/keep.ts'
import type { Store } from '../edge/store/store.ts'
import { tuneForPages } from '../edge/tuning.ts'
import { EXIT, type ExitCode, UsageError } from '../errors.ts'
import { type Io, sayingTo } from '../io.ts'
import { holdsNothing, MOST_COUNTED, search as searchIn, type Searched } from '../pipeline/search/search.ts'
import { DEFAULT_PUBLISHER, sectionPlaces } from '../sites/publishers.ts'
import { plural, said, t } from '../words/words.ts'
import { openPresent } from './present.ts'

interface SearchOptions extends Pick<Config, 'archive' | 'json' | 'quiet'> {
  best: boolean
  limit: number
  /** The number alone is printed. */
  count: boolean
  refresh: boolean
}

/** Prints the stories that a query finds; exit 1 where there are none. */
export async function search(text: string, options: SearchOptions, io: Io): Promise<ExitCode> {
  const say = sayingTo(io)
  const sections = sectionPlaces()
  const asked = parseQuery(text, { nowMs: io.now(), zone: DEFAULT_PUBLISHER.zone, sections })
  if (asked === null) throw new UsageError(nothingIn(text))
  tuneForPages('some', io.v8)
  const { store, archive, journal } = await openPresent(options.archive, say, io)
  const { query, fault } = asked
  if (fault !== null) say(t`the query is searched as plain text: ${said(fault)}`)
  const source = { archive, journal, say }
  const keeper = keepCatalogue(store, say)
  try {
    const { best, refresh } = options
    const limit = options.count ? 0 : options.limit
    const order = best ? 'best' : 'newest'
    const most = options.count ? null : Math.max(MOST_COUNTED, limit)
    const wanted = { order, limit, before: null, most, all: refresh, within: 0 } as const
    const { hits, count, isMore } = await searchIn(query, wanted, { keeper, source }, io)
    if (options.count) await io.stdout(options.json ? jsonLine({ count }) : `${count}\n`)
    const shown = hits.map((hit) => (options.json ? jsonLine(hit) : linesOf(hit, store, io)))
    if (shown.length > 0) await io.stdout(shown.join(''))
    if (count === 0 && (await holdsNothing(archive))) say(`search: ${t`${options.archive} holds no stories`}`)
    else if (!options.json && !options.quiet && !options.count) say(summary({ count, isMore }, hits.length, best))
    if (count === 0 && !options.quiet) for (const words of namesUnknown(query, sections)) say(said(words))
    return count > 0 ? EXIT.done : EXIT.storiesFailed
  } finally {
    await keeper.close()
  }
}

function summary({ count, isMore }: Pick<Searched, 'count' | 'isMore'>, shown: number, isBest: boolean): string {
  const stories = isMore ? t`more than ${count} stories` : plural(count, t`${count} story`, t`${count} stories`)
  if (count === shown && !isMore) return stories
  return isBest ? t`${stories}, the best ${shown} of them shown` : t`${stories}, the newest ${shown} of them shown`
}

/** A hit for a person: when and what, the place, the file. */
function linesOf(hit: Hit, store: Store, io: Io): string {
  const isBold = io.outputColumns() !== null && !io.env['NO_COLOR'] && io.env['TERM'] !== 'dumb'
  const { published, path, title, places, excerpt } = hit
  const when = published === null ? placeOfPath(path).day : shownTime(published)
  const lines = [`${when}  ${marked(title, places, isBold)}`]
  if (excerpt.text !== '') lines.push(`  ${marked(excerpt.text, excerpt.places, isBold)}`)
  lines.push(`  ${printable(store.shown(path))}`)
  return `${lines.join('\n')}\n`
}

/** A text that is safe on a terminal, bold at its places where the terminal has that. */
function marked(text: string, places: readonly TextSpan[], isBold: boolean): string {
  if (!isBold) return printable(text)
  const parts = partsOf(text, places).map((part) =>
    part.isMarked ? `\u001B[1m${printable(part.text)}\u001B[22m` : printable(part.text),
  )
  return parts.join('')
}

/** The minute on the clock of the first paper. */
function shownTime(published: string): string {
  const { zone } = DEFAULT_PUBLISHER
  const ms = Date.parse(published)
  return `${dayIn(zone, ms)} ${minuteIn(zone, ms)}`
}
