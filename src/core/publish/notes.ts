import { GENERIC } from '../extraction.ts'
import type { StoryRecord } from '../model.ts'
import { partsSaid, t } from '../../words/words.ts'

/** What a reader is to be told before a story's text, a line each: that a part of it alone is public, or how it was read. */
export function notesOf({ access, extraction, doubt }: Pick<StoryRecord, 'access' | 'extraction' | 'doubt'>): string[] {
  return partsSaid([
    access === 'subscriber' && t`For subscribers: the beginning alone is public.`,
    extraction === GENERIC && t`Read without a layout of the paper: something may be missing, or too much.`,
    doubt !== null && t`in doubt: ${doubt}`,
  ])
}
