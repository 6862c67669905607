import { ID } from '../identity.ts'

/** A day's folder, and the first part of a story's file name. */
export const dayPattern = /^\d{4}-\d{2}-\d{2}$/

/** ext4 and APFS count 255 bytes, NTFS 255 UTF-16 units, which are never more. The rest is left to tools that add a suffix. */
const MAX_NAME_BYTES = 255 - 8
const EXTENSION = '.md'

/** More of a headline than ever fits a name: what lies beyond is not worth normalising. */
const MAX_HEADLINE_UNITS = 2_000

/** Refused by NTFS, or the separator of a path somewhere; their full-width forms read the same and are refused nowhere. */
const REFUSED = /[<>:"/\\|?*]/g

/** How far behind a sign of ASCII its full-width form stands in Unicode. */
const TO_FULL_WIDTH = 0xfee0

const DAY_AND_ID = String.raw`^\d{4}-\d{2}-\d{2}-(\d+|[0-9a-f]{10}|[a-z]{2,12}\.[0-9a-z]{1,20})`

const NAME = new RegExp(String.raw`${DAY_AND_ID}(?:-(.*))?\.[mM][dD]$`, 'su')

const STEM = new RegExp(`${DAY_AND_ID}(?=[-.])`)

const encoder = new TextEncoder()

function cutToBytes(text: string, maxBytes: number): string {
  // Few headlines are cut, and making a segmenter takes longer than a poll's own work.
  if (encoder.encode(text).length <= maxBytes) return text
  const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })
  let used = 0
  let end = 0
  for (const { segment, index } of graphemes.segment(text.slice(0, maxBytes + 1))) {
    used += encoder.encode(segment).length
    if (used > maxBytes) break
    end = index + segment.length
  }
  return text.slice(0, end)
}

/**
 * A headline as part of a file name: controls, bidirectional marks, lone surrogates and unassigned code points (which
 * APFS refuses) are gone, forbidden characters are full-width, white space is single, NFC.
 */
function safeHeadline(title: string): string {
  return title
    .slice(0, MAX_HEADLINE_UNITS)
    .replace(/\s+/gu, ' ')
    .replace(/\p{C}/gu, '')
    .replace(REFUSED, (char) => String.fromCharCode(char.charCodeAt(0) + TO_FULL_WIDTH))
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+/, '')
}

/** A file name of a day and an id (`stem`), and of so much of a headline as fits; of none where nothing does. */
function nameOf(stem: string, headline: string, maxBytes: number): string {
  const room = Math.max(0, maxBytes - stem.length - 1 - EXTENSION.length)
  const cut = cutToBytes(headline, room).replace(/[. ]+$/, '')
  return `${stem}${cut === '' ? '' : `-${cut}`}${EXTENSION}`
}

/**
 * Where a story is kept, relative to the archive: `2021-11-10/2021-11-10-1212150-headline.md`. Two ids never share a
 * path, whatever their headlines. The name begins with a date: it is never hidden, nor a name that Windows reserves.
 * Throws a `RangeError` when the id or the day is none.
 */
export function storyPath(identity: { id: string; day: string }, title: string): string {
  const { id, day } = identity
  if (!dayPattern.test(day)) throw new RangeError(`no day of an archive: ${JSON.stringify(day)}`)
  if (!ID.test(id)) throw new RangeError(`no id of a story: ${JSON.stringify(id)}`)
  return `${day}/${nameOf(`${day}-${id}`, safeHeadline(title), MAX_NAME_BYTES)}`
}

/** A story's file name with so much of its headline that it has `maxBytes` at most; without any where none fits. */
export function shortName(name: string, maxBytes: number): string {
  if (encoder.encode(name).length <= maxBytes) return name
  const stem = STEM.exec(name)?.[0]
  return stem === undefined ? name : nameOf(stem, name.slice(stem.length + 1, -EXTENSION.length), maxBytes)
}

/** The day's folder and the name of a story's file, by its path: `2021-11-10/2021-11-10-1212150-headline.md`. */
export function placeOfPath(path: string): { day: string; name: string } {
  return { day: path.slice(0, 10), name: path.slice(11) }
}

/** The id in a story's file name, which some tools write in capitals; `null` when the name is not of that form. */
export function idOfName(name: string): string | null {
  return NAME.exec(name)?.[1] ?? null
}

/** The headline in a story's file name, which is that under which it was first archived; `null` when the name has none. */
export function headlineOfName(name: string): string | null {
  return NAME.exec(name)?.[2] ?? null
}

/** The id in the name of a file, by its path, which is a day's folder and the name and no more; `null` for any other path. */
export function idOfPath(path: string): string | null {
  const name = /^\d{4}-\d{2}-\d{2}\/([^/\\\0]+)$/.exec(path)?.[1]
  return name === undefined ? null : idOfName(name)
}

/** What programs that synchronise or copy put behind a name: `NAME (1)`, `NAME-DESKTOP-1`, `NAME 副本`. A longer headline has other words. */
const COPY_MARK =
  /^(?:[-_.~][!-~]*|\s?\(\d+\)|\s\d+|(?:\s-\s|[\s的]?)(?:副本|copy|kopie|copie|copia)(?:\s\(?\d+\)?)?|\s?[(（_].*(?:副本|冲突|copy|conflict).*)$/iu

/**
 * Which of the names (or paths) of one story is its own: the shortest, since a copy has the name of its file and more; the one that
 * the journal names where it is that of such a copy. Between two headlines the journal does not decide: each of two machines that
 * archived the story under its own, and brought both files together, has noted its own.
 */
export function ownNameOf(names: readonly string[], noted: string | null): string | null {
  const shortest = names.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))[0] ?? null
  if (shortest === null || noted === null || !names.includes(noted)) return shortest
  const stem = shortest.slice(0, -EXTENSION.length)
  return noted.startsWith(stem) && COPY_MARK.test(noted.slice(stem.length, -EXTENSION.length)) ? noted : shortest
}

/** True for what editors and systems leave beside files for themselves: hidden files (`._NAME`, swap files), `~$NAME`. */
export function isByproduct(name: string): boolean {
  return /^(?:\.|~\$|~syncthing~)/.test(name)
}
