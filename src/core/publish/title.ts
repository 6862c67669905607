import { commonestFirst } from '../groups.ts'
import { t } from '../../words/words.ts'

/** So many papers stand in a title. */
const MAX_NAMED = 3

/** The title of a collection of stories: its papers, those first that have most of them (`papers` counts), then its sections. */
export function titleOfStories(papers: ReadonlyMap<string, number>, sections: readonly string[]): string {
  const names = commonestFirst(papers).map(([name]) => name)
  const named = names.length > MAX_NAMED ? [...names.slice(0, MAX_NAMED), '…'] : names
  return [...named, ...sections].join(' ') || t`No stories`
}
