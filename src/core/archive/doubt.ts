import type { Ending } from '../model.ts'
import { type Message, english, message } from '../../words/words.ts'

/** Tries after which an article that never ends is taken as it is: more than a day after the first. */
const TRIES_OF_OPEN = 5

/**
 * Why a page that ends before its end is not archived yet; `null` when it may be. A transfer that breaks off ends anywhere:
 * what comes again, the same, at a later try is how the page is. `mark` names its text; `before` is what came of the last
 * try, `null` at the first: its reason holds the mark of what came then.
 */
export function doubtOfEnding(
  ending: Ending,
  mark: string,
  before: { tries: number; reason: Message } | null,
): Message | null {
  if (ending === 'whole') return null
  const isSame = before !== null && english(before.reason).includes(mark)
  if (isSame && (ending === 'closed' || before.tries + 1 >= TRIES_OF_OPEN)) return null
  return message`the page ends before its end, and may be cut off (${mark})`
}
