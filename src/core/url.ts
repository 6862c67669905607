/**
 * The URL that a text is, or is relative to `base`; `null` for none. Node's own `URL.canParse` (20 and 22) says no to hosts such
 * as `bücher.example` once it is compiled: it takes Latin-1 for UTF-8.
 */
export function urlOf(text: string, base?: string): URL | null {
  try {
    return new URL(text, base)
  } catch {
    return null
  }
}

/** The same; `null` for an address that is none of the web, too: `mailto:`, `javascript:`. */
export function webUrlOf(text: string, base?: string): URL | null {
  const url = urlOf(text, base)
  return url !== null && /^https?:$/.test(url.protocol) ? url : null
}

/** An address without name and password, which are for whoever asks alone: they are taken out of `url` itself. */
export function withoutCredentials(url: URL): URL {
  url.username = ''
  url.password = ''
  return url
}

/** A field of a head that names an address: bytes, each a character; UTF-8 where they are not encoded. */
export function addressInHead(field: string): string {
  const text = Buffer.from(field, 'latin1').toString('utf8')
  return text.includes('\ufffd') ? field : text
}

/** What names a page without a headline: the last part of its path, else its address. */
export function nameOfAddress(url: string): string {
  const path = urlOf(url)?.pathname ?? url
  return path.split('/').findLast((segment) => segment !== '') ?? url
}

/** Whether a text is a URL, or one relative to `base`. */
export function isUrl(text: string, base?: string): boolean {
  return urlOf(text, base) !== null
}

/** True for two spellings of one address, as sites have them side by side: with `www.`, with a slash at the end, by http. */
export function isTwin(one: URL, other: URL): boolean {
  const [left, right] = [one, other].map(({ host, pathname, search }) =>
    [host.replace(/^www\./, ''), pathname.replace(/\/$/, ''), search].join('\n'),
  )
  return left === right
}
