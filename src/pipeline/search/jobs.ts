import { placeOfPath } from '../../core/archive/path.ts'
import { type Indexed, indexed } from '../../core/search/entry.ts'
import { startOfDay } from '../../core/time.ts'
import { zoneOf } from '../../sites/publishers.ts'
import type { Message } from '../../words/words.ts'
import type { Notes } from '../records/record.ts'
import { recordOfText } from '../records/records.ts'

/** What the catalogue does with the text of a file, on whichever core is free. */
export const catalogueJobs = {
  /** The story as the catalogue takes it, or why the file is none. */
  index({ text, notes }: { text: string; notes: Notes & { path: string } }): { story: Indexed } | { why: Message } {
    const found = recordOfText(text, notes, false)
    if (!('record' in found)) return { why: found.why }
    const dayMs = startOfDay(zoneOf(found.record.url), placeOfPath(notes.path).day) ?? 0
    return { story: indexed(found.record, notes.path, dayMs) }
  },
}
