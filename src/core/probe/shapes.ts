import { countsOf } from '../groups.ts'

/** Names that may be made of a story's words (a slug in an address, a class) become their shape: `ferry-12` is `a-0`. */

/** What markup is called everywhere. */
const MARKUP = new Set(
  `app area article articles aside block body box card cards center col column columns container content copy cover detail
  details div entry feature field fields full group head header html inner item items layer layout left lead list
  listing main media news node outer page panel paragraph paragraphs part parts post posts primary region rich right root
  row section shell single site story stories text tile tiles title view wrap wrapper`.split(/\s+/),
)

export function shapeOf(name: string): string {
  return name.replace(/[A-Za-z]+/g, 'a').replace(/\d+/g, '0')
}

function isOfMarkup(name: string): boolean {
  return name.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/).every((word) => word === '' || MARKUP.has(word.toLowerCase()))
}

/** Ids, classes, and names of custom elements. */
const NAMES = /[#.][^#.>\s]+|(?<=^|\s)[^#.>\s]*-[^#.>\s]*/g

/**
 * Places (`main > div#id.class`) of several pages, in which only names stay that markup has everywhere, or that two of them
 * have: one that a single page has may be a slug of its story.
 */
export function withoutOwnNames(places: readonly (string | null)[]): (string | null)[] {
  const times = countsOf(places.flatMap((place) => [...new Set(place?.match(NAMES) ?? [])]))
  const isOfMany = (name: string) => (times.get(name) ?? 0) > 1
  return places.map((place) =>
    place === null ? null : place.replace(NAMES, (name) => (isOfMany(name) || isOfMarkup(name) ? name : shapeOf(name))),
  )
}

/** A word before a number, which names a kind of page: `story20260312-9000001`, `v2`. */
const NUMBERED = /^[a-z]{0,8}\d[\d-]*$/

/** The address of a story in which only `known` parts of a path, and numbers, are spelt. */
export function shapedUrl(url: string, known: ReadonlySet<string>): string {
  const { origin, pathname, search } = new URL(url)
  const parts = pathname.split('/').map((part) => (known.has(part) || NUMBERED.test(part) ? part : shapeOf(part)))
  return `${origin}${parts.join('/')}${shapeOf(search)}`
}

/** A key of data that is no word or two is a slug. */
const SLUG = /\d|[-_ ][^-_ ]+[-_ ]|.{25}/

/** The keys down to a text (`response.article.body`), of which those that may be slugs become their shape. */
export function shapedKeys(at: string): string {
  return at
    .split('.')
    .map((key) => (SLUG.test(key) ? shapeOf(key) : key))
    .join('.')
}
