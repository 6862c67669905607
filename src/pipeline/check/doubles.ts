import { digestOf } from '../../core/archive/journal.ts'
import { idOfName, ownNameOf } from '../../core/archive/path.ts'
import { dateOf, type Document } from '../../core/document/document.ts'
import type { Journal } from '../../edge/archive/journal.ts'
import { identify } from '../../sites/publishers.ts'

/** The id in the name of a file, by its path. */
export const idAt = (path: string): string => idOfName(path.slice(11)) ?? ''

/** The ids by which a file's story is known: the one in its name, where that is its address's, and the one of today. */
export function idsOfStory(url: string, path: string): string[] {
  return [...new Set([identify(url, idAt(path)).id, identify(url).id])]
}

/**
 * Which of two files of a story stays: the one with the id of today, by which it is looked for; else the one that the journal
 * names; else the one of the earlier day and the shorter name.
 */
export async function stayingOf(paths: readonly string[], url: string, journal: Journal): Promise<string> {
  const { id } = identify(url)
  const named = paths.filter((path) => idAt(path) === id)
  const left = named.length > 0 ? named : paths
  const noted: string[] = []
  for (const path of left) if ((await entryOf(path, journal))?.path === path) noted.push(path)
  return ownNameOf(noted.length > 0 ? noted : left, null) ?? ''
}

/** What the journal says of the story of a file. */
export async function entryOf(path: string, journal: Journal) {
  return (await journal.latest(path.slice(0, 10))).get(idAt(path))
}

/**
 * Whether the text of `other` is to stand at `path`, as an import would have it: the later one by its date, else the longer
 * one, unless the text at `path` is what was archived last.
 */
export async function isLater(
  other: Document,
  own: { path: string; text: string; document: Document },
  journal: Journal,
): Promise<boolean> {
  const later = dateOf(other) - dateOf(own.document)
  if (later !== 0) return later > 0
  if (other.body.length <= own.document.body.length) return false
  return (await entryOf(own.path, journal))?.digest !== digestOf(own.text)
}
