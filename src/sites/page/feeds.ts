import { htmlTooLarge } from '../../core/html/bounds.ts'
import { parseHtml } from '../../core/html/html.ts'
import { urlOf } from '../../core/web/url.ts'
import { all, one } from '../dom.ts'

const FEED = /^application\/(?:(?:rss|atom|rdf)\+xml|feed\+json)\b/i

/** Feeds of what readers say below stories are no news. */
const COMMENTS = /\bcomments?\b|评论|評論|留言/i

/** The addresses of the feeds that a page names in its head, in its order. */
export function feedsNamed(html: string, url: string): string[] {
  if (htmlTooLarge(html) !== null) return []
  const page = parseHtml(html)
  const base = urlOf(one(page, 'base[href]')?.getAttribute('href') ?? '', url)?.href ?? url
  const feeds = all(page, 'link[href]').flatMap((link) => {
    const said = (name: string): string => link.getAttribute(name)?.trim() ?? ''
    const address = urlOf(said('href'), base)
    const isFeed = /\balternate\b/i.test(said('rel')) && FEED.test(said('type'))
    if (!isFeed || address === null || !/^https?:$/.test(address.protocol)) return []
    return COMMENTS.test(`${said('title')} ${address.pathname}`) ? [] : [address.href]
  })
  return [...new Set(feeds)]
}
