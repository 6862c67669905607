import type { StoryRecord } from '../../../src/core/model.ts'
import { HOSTILE, HOSTILE_TITLES } from './hostile.ts'
import { recordOf } from './records.ts'

/** Stories whose every text is hostile. */
export const HOSTILE_RECORDS: readonly StoryRecord[] = HOSTILE.map((markdown, n) => {
  const title = HOSTILE_TITLES[n % HOSTILE_TITLES.length]!
  const names = { author: title, bylines: [title, '王小河'], keywords: [title, '桥'] }
  return recordOf(n, { markdown, title, ...names, doubt: title, section: title })
})
