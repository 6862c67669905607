import { decoded } from './escapes.ts'

/** The time of a copy, and in what form it is wanted: `20211110073700`, `2021id_`; all of a time: `2021*`, `*`. */
const TIME = String.raw`(?:\d{4,14}(?:[a-z]{2}_|\*)?|\*)`
const SITE = String.raw`^https?:\/\/[^/?#]{1,253}`
const ADDRESS = String.raw`(https?)(?::|%3a)\/{1,2}(?=[^/])(.{1,3000})$`

/** A copy's address as the Wayback Machine has it, and all whose software is akin to it (OpenWayback, pywb). */
const BEHIND_TIME = new RegExp(String.raw`${SITE}(?:\/[^/?#]{1,100}){0,3}\/${TIME}\/${ADDRESS}`, 'i')
/** The last copy, or any, at archives that have such addresses. */
const BEHIND_SITE = new RegExp(
  String.raw`^https?:\/\/(?:web\.archive\.org\/web|archive\.(?:today|ph|is|li|vn|fo|md)(?:\/(?:newest|oldest|\d{4}\.\d\d\.\d\d-\d{6}))?)\/${ADDRESS}`,
  'i',
)
const WITHOUT_SCHEME = new RegExp(
  String.raw`^https?:\/\/web\.archive\.org\/web\/(?:${TIME}\/)?((?:[a-z\d-]{1,63}\.){1,8}[a-z]{2,24}\/.{1,3000})$`,
  'i',
)

/** An address that is escaped as a whole. */
const ESCAPED = /(?<=\/)https?%3a%2f.*$/i

/** A copy of a copy. */
const MOST_STEPS = 3

/** The address of which a web archive's address has a copy; itself for every other one. */
export function originalOf(address: string, steps = MOST_STEPS): string {
  if (steps === 0) return address
  const plain = address.replace(ESCAPED, decoded)
  const [, scheme, rest] = BEHIND_TIME.exec(plain) ?? BEHIND_SITE.exec(plain) ?? []
  if (scheme !== undefined) return originalOf(`${scheme.toLowerCase()}://${rest}`, steps - 1)
  const bare = WITHOUT_SCHEME.exec(address)?.[1]
  return bare === undefined ? address : originalOf(`https://${bare}`, steps - 1)
}
