import { type Config, ROWS } from '../config/keys.ts'
import type { Given } from '../config/read.ts'
import { type ListedFeed, opmlOf } from '../core/setup/opml.ts'
import { underOneAnother } from '../core/text/columns.ts'
import { printable, printableName, printableUrl } from '../core/text/printable.ts'
import { EXIT, type ExitCode } from '../errors.ts'
import type { Io } from '../io.ts'
import { feedsIn } from '../pipeline/configured/sources.ts'
import { t } from '../words/words.ts'

/** Prints the configuration in force, a key a line, and where each value comes from; or one object of the same. */
export async function printConfig(
  given: Readonly<Record<string, Given>>,
  { json }: { json: boolean },
  io: Io,
): Promise<ExitCode> {
  const held = ROWS.map(([key, row]): [string, Given] => {
    const { value: written, from, name } = given[key] ?? { value: undefined, from: 'default', name: null }
    return [key, { value: withoutSecrets(written ?? row.default ?? null), from, name }]
  })
  if (json) await io.stdout(`${JSON.stringify(Object.fromEntries(held))}\n`)
  else {
    const rows = held.map(([key, { value, name }]) => [key, shownValue(value), name ?? t`default`])
    await io.stdout(`${underOneAnother(rows).map(printable).join('\n')}\n`)
  }
  return EXIT.done
}

/** Prints the feeds that a configuration names as OPML, without the names and passwords in their addresses. */
export async function printOpml({ feed, sources }: Pick<Config, 'feed' | 'sources'>, io: Io): Promise<ExitCode> {
  const entries = feedsIn(sources)
  const others = feed.filter((url) => !entries.some((entry) => entry.feed === url)).map((url) => ({ feed: url }))
  const feeds: ListedFeed[] = [...entries, ...others]
  await io.stdout(
    opmlOf(
      'zaobao-archiver',
      feeds.map((each) => ({ ...each, feed: printableUrl(each.feed) })),
    ),
  )
  return EXIT.done
}

function shownValue(value: unknown): string {
  if (value === null) return '-'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The value, addresses without the names and passwords in them. */
function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return printableName(value)
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutSecrets(part)]))
}
