import { stayingOf } from '../../core/archive/former.ts'
import type { FileFound } from '../read.ts'
import type { Store } from '../store/store.ts'
import { OWN } from './own-files.ts'

/** A former text of a story. */
export interface Revision {
  /** From 1; the text in the archive has the number after the last of these. */
  number: number
  /** Relative to the archive. */
  path: string
  /** It holds what someone else may have written: it is never dropped. */
  isKept: boolean
}

const NAME = /^([1-9]\d{0,8})(-kept)?\.md$/

/** A story, by the day of its folder. */
export interface StoryPlace {
  day: string
  id: string
}

/** Where the former texts of a day's stories are, a folder each, by id. */
export const revisionsOfDay = (day: string): string => `${OWN}/revisions/${day}`

/** The folder of a story's former texts, relative to the archive. */
export function revisionsOf({ day, id }: StoryPlace): string {
  return `${revisionsOfDay(day)}/${id}`
}

/** The former texts of a story that are kept, oldest first. */
export async function listRevisions(store: Store, place: StoryPlace): Promise<Revision[]> {
  const folder = revisionsOf(place)
  return (await store.list(folder))
    .flatMap(({ name }) => {
      const match = NAME.exec(name)
      return match === null
        ? []
        : [{ number: Number(match[1]), path: `${folder}/${name}`, isKept: match[2] !== undefined }]
    })
    .toSorted((a, b) => a.number - b.number)
}

/** The number of the text that stands, after its story's former ones. */
export function numberAfter(former: readonly Revision[]): number {
  return (former.at(-1)?.number ?? 0) + 1
}

/** Ids of a day's stories of which former texts are kept. */
export async function idsWithRevisions(store: Store, day: string): Promise<Set<string>> {
  return new Set((await store.list(revisionsOfDay(day))).map(({ name }) => name))
}

/**
 * Keeps a story's text before it is replaced; returns its number. A run that died between keeping and replacing has
 * kept it already: then it is not kept twice. `mode`: the permission bits of the file that held it. `forGood`: it is
 * never dropped.
 */
export async function keepRevision(
  store: Store,
  place: StoryPlace,
  { bytes, mode }: Pick<FileFound, 'bytes' | 'mode'>,
  forGood: boolean,
): Promise<number> {
  const former = await listRevisions(store, place)
  const last = former.at(-1)
  const found = last && (await store.get(last.path))
  const isThere = found?.kind === 'file' && found.bytes.equals(bytes)
  if (last !== undefined && isThere && (last.isKept || !forGood)) return last.number
  const number = numberAfter(former)
  await store.replace(`${revisionsOf(place)}/${number}${forGood ? '-kept' : ''}.md`, bytes, { mode })
  return number
}

/** Drops former texts beyond `keep`: see `stayingOf`. */
export async function pruneRevisions(store: Store, place: StoryPlace, keep: number): Promise<void> {
  const revisions = await listRevisions(store, place)
  const staying = new Set(stayingOf(revisions, keep, ({ isKept }) => isKept))
  for (const revision of revisions) if (!staying.has(revision)) await store.remove(revision.path)
}
