/**
 * Whether a text is a URL, or one relative to `base`: `URL.canParse` as the standard has it. Node's own (20 and 22) says no to
 * hosts such as `bücher.example` once it is compiled: it takes Latin-1 for UTF-8 (nodejs/node, fast calls of `canParse`).
 */
export function isUrl(text: string, base?: string): boolean {
  try {
    return new URL(text, base) instanceof URL
  } catch {
    return false
  }
}
