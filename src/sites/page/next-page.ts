import { decodeEntities, tagOf } from '../../core/html/tag.ts'
import { isTag, type TokenReader } from '../../core/html/tokenize.ts'
import { urlOf } from '../../core/url.ts'

const IS_NEXT = /^(?:2|\[2\]|第二[页頁]|.{0,8}(?:下一?[页頁]|余下全文|餘下全文|next(?: page)?).{0,4})$/iu
/** What stands between the tags of such a link has one of these, as it is or as a reference, and is no longer: few others have. */
const MAY_BE_NEXT = /[2二下余餘&]|next/i
const LONGEST = 300
const SECOND = /^(?:_2|_p2|\/2|\/page\/2)$/
const NUMBERS = ['p', 'page', 'pn', 'pageno', 'pagenum']

/** A path without its ending, and that. */
function parted(path: string): [stem: string, ending: string] {
  const [, stem = path, ending = ''] = /^(.*?)(\.[a-z]{3,5}|\/)?$/i.exec(path) ?? []
  return [stem, ending]
}

/** True where an address is that of another one's second page. */
function isSecondOf(second: URL, first: URL): boolean {
  if (second.host !== first.host) return false
  const [[stem, ending], [own, ownEnding]] = [parted(second.pathname), parted(first.pathname)]
  if (stem === own)
    return NUMBERS.some((name) => second.searchParams.get(name) === '2' && !first.searchParams.has(name))
  const isLike = ending === ownEnding || ending === '/' || ending === ''
  return isLike && own !== '' && stem.startsWith(own) && SECOND.test(stem.slice(own.length))
}

/** A link that may lead to another page of the story. */
export interface LinkOn {
  /** Where the name of its start tag ends. */
  attributesAt: number
  /** What stands between its tags. */
  inner: string
}

/** Reads those of the links of `html` that may lead on. */
export function linksOnReader(html: string): TokenReader<LinkOn[]> {
  const found: LinkOn[] = []
  let attributesAt = -1
  let from = 0
  return {
    meet(token) {
      if (!isTag(token) || token.name !== 'a') return
      if (token.kind === 'end' && attributesAt >= 0 && token.start - from <= LONGEST) {
        const inner = html.slice(from, token.start)
        if (MAY_BE_NEXT.test(inner)) found.push({ attributesAt, inner })
      }
      attributesAt = token.kind === 'start' ? token.attributesAt : -1
      from = token.end
    },
    end: () => found,
  }
}

/** A page as far as it tells where it goes on. */
interface PageWithLinks {
  readonly html: string
  readonly url: string
  readonly linksOn: () => readonly LinkOn[]
}

/**
 * The address at which the story of a page goes on: of what a link calls the next page, or the second, where that is the
 * page's own address with a number; `null` where the page is the only one.
 */
export function nextPageOf({ html, url, linksOn }: PageWithLinks): string | null {
  const own = urlOf(url)
  if (own === null) return null
  for (const { attributesAt, inner } of linksOn()) {
    // Looked at without a DOM: a page has hundreds of links with a number.
    if (!IS_NEXT.test(decodeEntities(inner.replace(/<[^<>]*>/g, '')).trim())) continue
    const href = tagOf(html, { name: 'a', attributesAt }).attribute('href')
    if (href === null || !href.includes('2')) continue
    const next = urlOf(href, url)
    if (next !== null && isSecondOf(next, own)) return next.href
  }
  return null
}
