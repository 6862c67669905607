import type { StoryList } from '../../core/reader/routes.ts'
import { PUBLISHERS } from '../../sites/publishers.ts'
import type { Library } from './library.ts'

/** Stories that are enough; days that are looked at for them. */
const ENOUGH = 40
const MOST_DAYS = 60

/** The newest stories of a list, by day. */
export interface Newest {
  /** The paths of stories by their day, the newest day first. */
  days: Map<string, string[]>
  /** Days before this one were not looked at; `null` where none is left. */
  next: string | null
}

/** The stories of a day that are in a list, by their paths; all where it is `null`. */
export async function pathsOn(day: string, list: StoryList | null, library: Library): Promise<string[]> {
  const heads = [...(await library.heads(day))]
  return heads.flatMap(([path, head]) => (list === null || head[list.kind] === list.name ? [path] : []))
}

/** A list as its stories name it: a paper may be given by its name in the program. */
function asStoriesHave({ kind, name }: StoryList): StoryList {
  const paper = kind === 'paper' ? PUBLISHERS.find((one) => one.name === name)?.paper : undefined
  return { kind, name: paper ?? name }
}

/** The newest stories of a section, or of a paper, before a day; of all where `list` is `null`. */
export async function newestOf(library: Library, list: StoryList | null, before: string | null): Promise<Newest> {
  const days = (await library.days()).filter((day) => before === null || day < before).toReversed()
  const wanted = list && asStoriesHave(list)
  const found = new Map<string, string[]>()
  let [looked, count] = [0, 0]
  for (const day of days) {
    if (count >= ENOUGH || looked >= MOST_DAYS) break
    looked += 1
    const paths = await pathsOn(day, wanted, library)
    if (paths.length > 0) found.set(day, paths)
    count += paths.length
  }
  return { days: found, next: looked < days.length ? (days[looked - 1] ?? null) : null }
}
