import { firstOf } from '../../core/first.ts'
import { parseLoosely } from '../../core/text/json.ts'
import { at, isObject, textAt } from '../json.ts'
import type { Entries, ListEntry } from './entries.ts'
import type { TimeOf } from './list-times.ts'

/** Names under which a paper's lists as data keep the same things, the better first. */
interface FieldNames {
  readonly titles: readonly string[]
  readonly links: readonly string[]
  readonly times: readonly string[]
}

/** The lists that a paper serves as JSON. */
export interface JsonLists {
  readonly fields: FieldNames
  /** The rows of an answer; `null` when it is none of the kinds known. */
  readonly rowsOf: (data: unknown) => unknown[] | null
}

/** Entries of rows of objects. */
export function entriesOfRows(rows: readonly unknown[], fields: FieldNames, timeOf: TimeOf): ListEntry[] {
  return rows.filter(isObject).map((row) => {
    const href = firstOf(fields.links, (name) => textAt(row, name))
    return {
      title: firstOf(fields.titles, (name) => textAt(row, name)),
      href,
      published: firstOf(fields.times, (name) => timeOf(at(row, name), href)),
    }
  })
}

/** Entries of a JSON list; `null` when the text is no JSON list of a known kind. */
export function readJsonList(body: string, { fields, rowsOf }: JsonLists, timeOf: TimeOf): Entries | null {
  const { value, whole } = parseLoosely(body)
  const rows = rowsOf(value)
  if (rows === null) return null
  const entries = entriesOfRows(rows, fields, timeOf)
  return rows.length > 0 && entries.every((entry) => entry.href === null)
    ? null
    : { entries, end: whole ? 'whole' : 'cut' }
}
