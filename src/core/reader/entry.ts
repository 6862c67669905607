import { GENERIC } from '../extraction.ts'
import type { Access, StoryRecord } from '../model.ts'
import { minuteIn, type Zone } from '../time.ts'

/** A story as lists show it. */
export interface StoryEntry {
  id: string
  /** The day of its folder, `YYYY-MM-DD`. */
  day: string
  title: string
  /** ISO 8601 UTC; `null` where the day alone is known. */
  published: string | null
  /** Hours and minutes of that by its paper's clock. */
  clock: string | null
  /** As users name it; `null` where it has none. */
  section: string | null
  /** The name that its paper prints; `null` where it is not known. */
  paper: string | null
  /** The beginning of its text, on one line. */
  excerpt: string
  /** The first picture that is kept, by its path. */
  picture: string | null
  pictures: number
  /** How often its text has changed. */
  changes: number
  access: Access
  isGeneric: boolean
  isDoubted: boolean
  lang: string | null
}

/** What two lines hold. */
const EXCERPT_UNITS = 72

/** A record as lists show it. `section`: as users name it. */
export function entryOf(record: StoryRecord, day: string, section: string | null, zone: Zone): StoryEntry {
  const { id, title, published, author, images, revision, access, extraction, doubt, lang } = record
  return {
    ...{ id, day, title, published, section, access, lang },
    clock: published === null ? null : minuteIn(zone, Date.parse(published)),
    paper: author,
    excerpt: excerptOf(record),
    picture: images.find(({ path }) => path !== null)?.path ?? null,
    pictures: images.length,
    changes: revision - 1,
    isGeneric: extraction === GENERIC,
    isDoubted: doubt !== null,
  }
}

/** The beginning of a text, captions apart. */
function excerptOf({ text, images }: StoryRecord): string {
  const captions = new Set(images.map(({ caption }) => caption))
  const first = text.split('\n\n').find((paragraph) => paragraph.trim() !== '' && !captions.has(paragraph)) ?? ''
  const line = first.slice(0, 2 * EXCERPT_UNITS).replace(/\s+/g, ' ')
  return line.length <= EXCERPT_UNITS ? line : `${line.slice(0, EXCERPT_UNITS).replace(/[\ud800-\udbff]$/, '')}…`
}
