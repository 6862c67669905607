import { digestOf } from '../../core/archive/journal.ts'
import { idOfName, ownNameOf, placeOfPath } from '../../core/archive/path.ts'
import { withoutMarks } from '../../core/archive/stored.ts'
import { dateOf, type Document, fromOf } from '../../core/document/document.ts'
import { renderDocument } from '../../core/document/render.ts'
import type { Archive } from '../../edge/archive/archive.ts'
import type { Journal } from '../../edge/archive/journal.ts'
import { identify } from '../../sites/publishers.ts'
import { publishedOf } from '../records/published.ts'

/** The id in the name of a file, by its path. */
export const idAt = (path: string): string => idOfName(placeOfPath(path).name) ?? ''

/** The ids by which a file's story is known: the one in its name, where that is its address's, and the one of today. */
export function idsOfStory(url: string, path: string): string[] {
  return [...new Set([identify(url, idAt(path)).id, identify(url).id])]
}

/**
 * Which of two files of a story stays: the one with the id of today, by which it is looked for; else the story's own by their names, as
 * `ownNameOf` tells it.
 */
export async function stayingOf(paths: readonly string[], url: string, journal: Journal): Promise<string> {
  const { id } = identify(url)
  const named = paths.filter((path) => idAt(path) === id)
  const left = named.length > 0 ? named : paths
  let noted: string | null = null
  for (const path of left) if ((await entryOf(path, journal))?.path === path) noted = path
  return ownNameOf(left, noted) ?? ''
}

/** What the journal says of the story of a file. */
export async function entryOf(path: string, journal: Journal) {
  return (await journal.latest(placeOfPath(path).day)).get(idAt(path))
}

/**
 * Whether the text of `other` is to stand at `path`, as an import would have it: the later one by its date, else the one that the
 * story's former texts do not have where they have the other, else the longer one, unless the text at `path` is what was archived last.
 */
export async function isLater(
  other: Document,
  own: { path: string; text: string; document: Document },
  { archive, journal }: { archive: Archive; journal: Journal },
): Promise<boolean> {
  const later = dateOf(other) - dateOf(own.document)
  // A day alone may be that of the reading.
  const isTimed = publishedOf(other, fromOf(other), null) !== null
  if (later < 0 || (later > 0 && isTimed)) return later > 0
  const former = await formerOf(own.path, archive)
  const [wasOwn, wasOther] = [own.text, renderDocument(other)].map((text) => former.has(digestOf(text)))
  if (wasOwn !== wasOther) return wasOwn === true
  if (other.body.length <= own.document.body.length) return false
  return (await entryOf(own.path, journal))?.digest !== digestOf(own.text)
}

/** Digests of the texts that a story had before, as they are kept. */
async function formerOf(path: string, archive: Archive): Promise<Set<string>> {
  const digests = new Set<string>()
  for (const revision of await archive.revisions(path)) {
    const text = await archive.formerText(revision)
    if (text !== null) digests.add(digestOf(withoutMarks(text)))
  }
  return digests
}
