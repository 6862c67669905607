import type { ExtraKey } from '../../config/keys.ts'
import type { Document } from '../../core/document/document.ts'
import { makeDocument } from '../../core/document/render.ts'
import type { StoryRecord } from '../../core/model.ts'
import { extractionMark } from '../../core/extraction.ts'
import { recordSchema } from '../../core/record/schema.ts'
import { printable } from '../../core/text/printable.ts'
import { dayIn } from '../../core/time.ts'
import { UsageError } from '../../errors.ts'
import { identify, zoneOf } from '../../sites/publishers.ts'
import { extraKeys } from './extra-keys.ts'
import { borrowed, clauses, message, said, t } from '../../words/words.ts'

/** The document of a record, with the configured keys: the way back from `--json`. Throws `UsageError` naming the field. */
export function readRecord(json: string, keys: readonly ExtraKey[]): Document {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    const fault = printable(error instanceof Error ? error.message : String(error))
    const isSeveral = json.trim().split('\n').length > 1
    const several = isSeveral ? [t`one record at a time (the input has several lines)`] : []
    throw new UsageError(t`not a record: ${clauses([said(borrowed(fault, message`not valid JSON`)), ...several])}`)
  }
  const read = recordSchema.safeParse(value)
  if (read.success) return documentOf(read.data, keys)
  if (Array.isArray(value)) throw new UsageError(t`not a record: ${t`one record at a time (the input is a list)`}`)
  if (typeof value !== 'object' || value === null) throw new UsageError(t`not a record: ${t`it is no object`}`)
  const { path = [] } = read.error.issues[0] ?? {}
  const isMissing = path.length === 1 && !(String(path[0]) in value)
  const why = isMissing ? message`it is missing` : message`it is not what belongs there, as schema prints it`
  throw new UsageError(t`not a record: ${path.join('.')}: ${why}`)
}

function documentOf(record: StoryRecord, keys: readonly ExtraKey[]): Document {
  const { title, url, published, author, tags, categories, access, markdown, html } = record
  const zone = zoneOf(url)
  const day =
    identify(url).day ?? record.path?.slice(0, 10) ?? dayIn(zone, published === null ? 0 : Date.parse(published))
  return makeDocument({
    ...{ title, url, published, day, zone, tags, categories, access },
    author: author ?? new URL(url).hostname,
    extraction: extractionMark(record.extraction),
    extra: extraKeys(keys, record),
    body: html === null ? { markdown } : { html },
  })
}
