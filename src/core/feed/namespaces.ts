/** Namespaces that carry items, their fields, or HTML, with the prefix by which the readers know each. */
const MODULES: [RegExp, string][] = [
  [/^https?:\/\/(?:www\.)?w3\.org\/2005\/atom\/?$/, 'atom:'],
  [/^https?:\/\/purl\.org\/(?:atom\/ns#.*|net\/echo\/.*|atom\/.*)$/, 'atom:'],
  [/^https?:\/\/purl\.org\/rss\/1\.0\/modules\/content\/?$/, 'content:'],
  [/^https?:\/\/purl\.org\/dc\/elements\/1\.\d\/?$/, 'dc:'],
  [/^https?:\/\/purl\.org\/dc\/terms\/?$/, 'dcterms:'],
  [/^https?:\/\/(?:www\.)?w3\.org\/1999\/02\/22-rdf-syntax-ns#$/, 'rdf:'],
  [/^https?:\/\/(?:www\.)?w3\.org\/1999\/xhtml$/, 'xhtml:'],
  [/^https?:\/\/search\.yahoo\.com\/mrss\/?$/, 'media:'],
  [/^https?:\/\/purl\.org\/rss\/1\.0\/?$/, ''],
  [/^https?:\/\/my\.netscape\.com\/(?:publish\/formats\/|rdf\/simple\/).*$/, ''],
  [/^https?:\/\/channel\.netscape\.com\/rdf\/.*$/, ''],
  [/^https?:\/\/backend\.userland\.com\/.*$/, ''],
  [/^https?:\/\/blogs\.law\.harvard\.edu\/.*$/, ''],
]

/** The prefixes that a document declares, in lower case with their colon, and the reader's prefix for each. */
export type Prefixes = Map<string, string>

export function declaredPrefixes(text: string): Prefixes {
  const prefixes: Prefixes = new Map()
  for (const [, prefix, uri] of text.matchAll(/\sxmlns:([\w.-]{1,40})\s{0,9}=\s{0,9}["']([^"'<>]{1,200})["']/g)) {
    const module = MODULES.find(([pattern]) => pattern.test(uri!.trim().toLowerCase()))
    if (module !== undefined) prefixes.set(`${prefix!.toLowerCase()}:`, module[1])
  }
  return prefixes
}

/** A tag's name with the reader's prefix; the prefix of the document's own vocabulary (`atom:feed`) is dropped. */
export function canonicalName(name: string, prefixes: Prefixes, own: string): string {
  const colon = name.indexOf(':')
  if (colon === -1) return name
  const written = name.slice(0, colon + 1)
  const prefix = prefixes.get(written) ?? written
  return (prefix === own || prefix === 'rss:' ? '' : prefix) + name.slice(colon + 1)
}
