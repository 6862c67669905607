import { getOrMake } from '../../core/get-or-make.ts'
import type { Candidate } from '../../core/archive/plan.ts'
import { DocumentError, valueOf } from '../../core/document/document.ts'
import { isCommandError, unlessLocal } from '../../errors.ts'
import { identify, publisherOfId } from '../../sites/publishers.ts'
import { candidateAt } from '../candidate.ts'
import type { Lookup } from './lookup.ts'
import type { Tools } from '../run.ts'
import { readStored } from '../records/look-up.ts'
import { said, t } from '../../words/words.ts'

/** The stories of numbers, and a line for each number of which there is none. */
interface Numbered {
  candidates: Candidate[]
  problems: string[]
  /** Sitemaps that could not be read, and those of them whose host asked for a pause. */
  unread: number
  waits: number
}

/**
 * The stories that numbers (with the day of their address, where it is known) name: at the address that their file in
 * the archive holds, else at the one that the sitemap of their month names.
 */
export async function storiesOfNumbers(
  ids: ReadonlyMap<string, string | null>,
  run: Tools,
  lookup: Lookup,
): Promise<Numbered> {
  const found: Numbered = { candidates: [], problems: [], unread: 0, waits: 0 }
  const maps = new Map<string, { month: string; origin: string; left: Map<string, string> }>()
  for (const [id, day] of ids) {
    const url = await addressInArchive({ id, day }, run)
    if (url !== null) found.candidates.push(candidateAt(url))
    else if (day === null) {
      found.problems.push(
        `${id}: ${t`no story of this number in the archive; with its day, as in 20211110-${id}, it is looked up`}`,
      )
    } else {
      const [month, { origin }] = [day.slice(0, 7), publisherOfId(id)]
      const key = `${origin} ${month}`
      getOrMake(maps, key, () => ({ month, origin, left: new Map() })).left.set(id, day)
    }
  }
  for (const { month, origin, left } of maps.values()) {
    let isRead = true
    for (const named of await lookup.month(month, origin)) {
      if (named.kind === 'unread') {
        isRead = false
        found.problems.push(said(named.problem))
        found.unread += 1
        found.waits += named.waits ? 1 : 0
      } else {
        const wanted = named.candidates.filter(({ id, day }) => left.get(id) === day)
        for (const { id } of wanted) left.delete(id)
        found.candidates.push(...wanted)
      }
    }
    for (const [id, day] of left) {
      const why = isRead
        ? t`neither in the archive nor in the sitemap of ${month}; give its address`
        : t`not in the archive, and not looked up, since the sitemap of ${month} could not be read; try again`
      found.problems.push(`${day.replaceAll('-', '')}-${id}: ${why}`)
    }
  }
  return found
}

/** The address that the story's file holds; `null` where there is no file, or none that can be read. */
async function addressInArchive(story: { id: string; day: string | null }, { archive }: Tools): Promise<string | null> {
  const path = await unlessLocal(archive.find(story), null)
  if (path === null) return null
  try {
    const from = valueOf(await readStored(path, archive), 'from')
    return typeof from === 'string' && identify(from, story.id).id === story.id ? from : null
  } catch (error) {
    if (error instanceof DocumentError || isCommandError(error)) return null
    throw error
  }
}
