/** What begins like this is a name that markup gives, not a number of a story or a word of its text. */
const NAME = /^(?!.*\d{4})[A-Za-z_][\w-]{0,39}$/
const CLASS = /^(?!.*\d{4})[!-~]{1,40}$/

const MOST_CLASSES = 4
const MOST_ELEMENTS = 10

/** An element, as far as its tag and what holds it tell of it. */
interface Placed {
  readonly localName: string
  readonly parentElement: Placed | null
  getAttribute(name: string): string | null
}

function nameOf(element: Placed): string {
  const id = element.getAttribute('id') ?? ''
  const classes = (element.getAttribute('class') ?? '').split(/\s+/).filter((name) => CLASS.test(name))
  const tag = NAME.test(element.localName) ? element.localName : '*'
  return [tag, ...(NAME.test(id) ? [`#${id}`] : []), ...classes.slice(0, MOST_CLASSES).map((name) => `.${name}`)].join(
    '',
  )
}

/**
 * The way down to an element by names and classes, such as `main > div.story > div.text`: what a selector is made of. It
 * holds no text of the page: names in ASCII alone, none with the number of a story.
 */
export function placeOf(element: Placed): string {
  const names: string[] = []
  for (let here: Placed | null = element; here !== null && names.length < MOST_ELEMENTS; here = here.parentElement) {
    if (here.localName !== 'html' && here.localName !== 'body') names.unshift(nameOf(here))
  }
  return names.length === 0 ? element.localName : names.join(' > ')
}

/** The place where most of the weight lies; `null` where there is none. */
export function placeOfMost<P extends Placed>(parts: readonly { place: P | null; weight: number }[]): P | null {
  const sums = new Map<P, number>()
  for (const { place, weight } of parts) if (place !== null) sums.set(place, (sums.get(place) ?? 0) + weight)
  const [most] = [...sums].toSorted(([, one], [, other]) => other - one)
  return most?.[0] ?? null
}
