import { plural, t } from '../words/words.ts'

/** A number as a reader reads it: `214,380`. */
export function figures(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** So many stories, in words. */
export function storiesIn(number: number): string {
  return plural(number, t`1 story`, t`${figures(number)} stories`)
}
