import { fileURLToPath } from 'node:url'
import { newBook } from '../../../src/core/book/book.ts'
import type { StoryRecord } from '../../../src/core/model.ts'
import { zoneOf } from '../../../src/sites/publishers.ts'
import { python } from './python.ts'

const READER = fileURLToPath(new URL('read_zip.py', import.meta.url))

export interface Held {
  name: string
  stored: boolean
  time: number[]
  extra: number
  /** Of a picture its bytes as Latin-1. */
  content: string
}

/** What Python's zipfile finds in a ZIP file, in its order. */
export function filesIn(zip: Uint8Array): Held[] {
  return python([READER], zip) as Held[]
}

/** A book of stories. `kept`: the pictures of the archive by their paths. */
export function bookOf(
  records: readonly StoryRecord[],
  kept: ReadonlyMap<string, Uint8Array> = new Map(),
  sections: readonly string[] = [],
): Buffer {
  const identifier = 'urn:uuid:0f0f0f0f-0000-8000-8000-000000000000'
  const book = newBook({ identifier, sections, zoneOf, nowMs: Date.UTC(2026, 2, 12) })
  const parts = records.flatMap((record) => {
    const wanted = book.wants(record).flatMap((path) => (kept.has(path) ? [[path, kept.get(path)!] as const] : []))
    return book.add(record, new Map(wanted))
  })
  return Buffer.concat([...parts, ...book.end()])
}
