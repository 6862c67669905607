import { addressesOf } from '../../core/identity.ts'
import { textOfHtml } from '../text.ts'
import { type Mention, type Paper, withoutSiteName } from './paper.ts'
import { urlOf } from '../../core/url.ts'

/** A page as it names its story. */
export interface NamedPage {
  readonly paper: Paper
  readonly url: string
  /** Headlines that it shows or has in its head: HTML of the element, or text. */
  readonly headlines: readonly string[]
}

/** A headline that was cut or added to is the same while it has this share of the longer one. */
const SAME_SHARE = 0.6

/** Whose addresses these are: `null` where they name neither the story of `url` nor any other. */
export function whose(
  addresses: readonly string[],
  { url, paper }: Pick<NamedPage, 'url' | 'paper'>,
): 'own' | 'another' | null {
  const { canonicalUrl, storyId } = addressesOf([paper.publisher])
  const own = storyId(url)
  const named = addresses.flatMap((each) => urlOf(each, url)?.href ?? [])
  if (own === null) return named.some((each) => canonicalUrl(each) === canonicalUrl(url)) ? 'own' : null
  const ids = named.map((each) => storyId(each)).filter((id) => id !== null)
  if (ids.includes(own)) return 'own'
  return ids.length > 0 ? 'another' : null
}

/**
 * The data about the page's own story: those whose address is its, else those whose headline is the page's; where the
 * page or the data have no headline, the only ones. `null` where none are: those of another story tell nothing of this one.
 */
export function ownOf<T extends Mention>(data: readonly T[], page: NamedPage): T | null {
  const nameless: T[] = []
  for (const each of data) {
    const found = whose(each.addresses, page)
    if (found === 'own') return each
    if (found === null) nameless.push(each)
  }
  const shown = page.headlines.map((each) => plain(each, page.paper)).filter((headline) => headline !== '')
  const [only = null, ...others] = nameless
  if (others.length === 0 && (shown.length === 0 || only?.headline === null)) return only
  return nameless.find(({ headline }) => shown.some((each) => isSame(each, plain(headline ?? '', page.paper)))) ?? null
}

function plain(headline: string, paper: Paper): string {
  return withoutSiteName(textOfHtml(headline), paper).normalize('NFKC').replace(/\s+/g, '')
}

function isSame(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return long.includes(short) && short.length >= long.length * SAME_SHARE
}
