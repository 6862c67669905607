import { tagOf } from '../../core/html/tag.ts'
import { urlOf } from '../../core/url.ts'
import { textOfHtml } from '../text.ts'

const LINK = /<a\b[^<>]{0,1000}>((?:[^<]|<(?!\/?a\b)){0,300}?)<\/a/gi
const IS_NEXT = /^(?:2|\[2\]|第二[页頁]|.{0,8}(?:下一?[页頁]|余下全文|餘下全文|next(?: page)?).{0,4})$/iu
/** What stands in every page that has such a link: most have none, and are done with. */
const MAY_GO_ON = /第二[页頁]|下一?[页頁]|[余餘]下全文|>\s{0,20}\[?2\]?\s{0,20}<|next(?: page)?[^<]{0,10}</i
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

/**
 * The address at which the story of a page goes on: of what a link calls the next page, or the second, where that is the
 * page's own address with a number; `null` where the page is the only one.
 */
export function nextPageOf({ html, url }: { html: string; url: string }): string | null {
  const own = urlOf(url)
  if (own === null || !MAY_GO_ON.test(html)) return null
  for (const { index, 1: inner = '' } of html.matchAll(LINK)) {
    const href = tagOf(html, { name: 'a', attributesAt: index + '<a'.length }).attribute('href')
    if (href === null || !href.includes('2')) continue
    const next = urlOf(href, url)
    if (next !== null && isSecondOf(next, own) && IS_NEXT.test(textOfHtml(inner).trim())) return next.href
  }
  return null
}
