const FEED =
  /^\ufeff?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^]{0,2000}?-->\s*)?<(?:rss|feed|rdf:rdf|urlset|sitemapindex)[\s>]/i

/** True for the text of a feed or a sitemap, behind its declaration and comments: it is no page, whatever prose stands in it. */
export function isFeedMarkup(text: string): boolean {
  return FEED.test(text)
}
