/** Headlines of one story: lists and pages space them differently. */
export function isSameHeadline(one: string, other: string): boolean {
  return plain(one) === plain(other)
}

function plain(headline: string): string {
  return headline.normalize('NFKC').replace(/\s+/g, '')
}

/** Lists show how many hours ago it was. */
export const SAME_LISTED_TIME_MS = 3_660_000

/** A part (0 to 1) with two decimals: more say nothing. */
export function share(part: number): number {
  return Math.round(part * 100) / 100
}
