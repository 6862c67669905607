import type { ExtraKey } from '../../config/keys.ts'
import type { Content } from '../../core/document/render.ts'
import type { Story } from '../../core/model.ts'

/** Front matter has its bounds: real stories have some ten names and keywords of a few letters. */
const MAX_VALUES = 100
const MAX_LETTERS = 500

function bounded(value: string | readonly string[]): string | string[] {
  return typeof value === 'string'
    ? value.slice(0, MAX_LETTERS)
    : value.slice(0, MAX_VALUES).map((each) => each.slice(0, MAX_LETTERS))
}

/** The keys that the configuration adds to the seven, in its order; one that the story has no value for is left out. */
export function extraKeys(keys: readonly ExtraKey[], story: Pick<Story, ExtraKey>): Content['extra'] {
  return keys.flatMap((key): Content['extra'][number][] => {
    const value = story[key]
    return value === null || value.length === 0 ? [] : [[key, bounded(value)]]
  })
}
