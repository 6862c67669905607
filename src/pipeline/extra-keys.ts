import type { ExtraKey } from '../config.ts'
import type { Content } from '../core/document/render.ts'
import type { Story } from '../core/model.ts'

/** The keys that the configuration adds to the seven, in its order; one that the story has no value for is left out. */
export function extraKeys(keys: readonly ExtraKey[], story: Pick<Story, ExtraKey>): Content['extra'] {
  return keys.flatMap((key): Content['extra'][number][] => {
    const value = story[key]
    return value === null || value.length === 0 ? [] : [[key, value]]
  })
}
