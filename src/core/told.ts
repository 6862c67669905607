import type { Extract } from './model.ts'
import type { Testimony } from './probe/testimony.ts'
import { clauses, commas, type Message, message, t } from '../words/words.ts'

/** Pages show the minute. */
const SAME_TIME_MS = 60_000

/**
 * What a page's reading rests on, a line each: which witnesses in the page say the headline, the time and the access that
 * were taken, in the order in which they are asked, and what the others say; then each rule by which something of the
 * body was dropped, with the letters that went.
 */
export function tellReading(
  { title, published, access }: Extract,
  testimony: Testimony,
  dropped: ReadonlyMap<string, number>,
): string[] {
  const isSameTime = (one: string): boolean =>
    published !== null && Math.abs(Date.parse(one) - Date.parse(published)) < SAME_TIME_MS
  return [
    tell(t`headline ${JSON.stringify(title)}`, testimony.headlines, (one) => one === title),
    tell(published === null ? t`no time` : t`time ${published}`, testimony.times, isSameTime),
    tell(t`access ${access}`, testimony.access, (one) => one === access),
    ...[...dropped].map(([rule, letters]) => t`dropped by ${rule}, letters: ${letters}`),
  ]
}

/** Witnesses by what a reader of the page's HTML looks for; all others are elements. */
const NAMES: Readonly<Record<string, Message | string>> = {
  data: message`the page's data`,
  shown: message`the text shown`,
  wall: message`the paywall`,
  'og:title': '<meta og:title>',
  settings: 'drupalSettings',
  head: '<meta>',
  'ld+json': 'ld+json',
}

function nameOf(witness: string): string {
  return t`${NAMES[witness] ?? `<${witness}>`}`
}

function tell(taken: string, says: Readonly<Record<string, string>>, isSame: (one: string) => boolean): string {
  const witnesses = Object.entries(says)
  const same = witnesses.filter(([, one]) => isSame(one)).map(([name]) => nameOf(name))
  const others = witnesses.filter(([, one]) => !isSame(one))
  const by = same.length === 0 ? t`no witness in the page says so` : t`so says ${commas(same)}`
  return clauses([`${taken}: ${by}`, ...others.map(([name, one]) => t`${nameOf(name)} says ${JSON.stringify(one)}`)])
}
