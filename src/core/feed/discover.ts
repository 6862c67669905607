import type { StartTag } from '../html/selector.ts'
import { tagOf } from '../html/tag.ts'
import { tokenizer } from '../html/tokenize.ts'
import { urlOf } from '../url.ts'
import { absoluteUrl } from './item.ts'

const FEED = /^application\/(?:(?:rss|atom|rdf)\+xml|feed\+json)\b/i

/** Feeds of what readers say below stories are no news. */
const COMMENTS = /\bcomments?\b|评论|評論|留言/i

/** The addresses of the feeds that a page names, each once, in its order. `url`: that of the page. */
export function feedsNamed(html: string, url: string | null): string[] {
  const links: StartTag[] = []
  const bases: StartTag[] = []
  const next = tokenizer(html)
  for (let token = next(); token !== null; token = next()) {
    if (token.kind !== 'start') continue
    if (token.name === 'link') links.push(tagOf(html, token))
    if (token.name === 'base') bases.push(tagOf(html, token))
  }
  const [told] = bases.flatMap((tag) => tag.attribute('href') ?? [])
  const base = absoluteUrl(told ?? '', url) ?? url
  const feeds = links.flatMap((link) => {
    const said = (name: string): string => link.attribute(name)?.trim() ?? ''
    if (!/(?:^|\s)alternate(?:\s|$)/i.test(said('rel')) || !FEED.test(said('type'))) return []
    const address = absoluteUrl(said('href'), base)
    const isOfComments = COMMENTS.test(`${said('title')} ${urlOf(address ?? '')?.pathname}`)
    return address === null || isOfComments ? [] : [address]
  })
  return [...new Set(feeds)]
}
