/** Where a page that was kept came from. */
export interface KeptHead {
  /** The address, as the story's source or the configuration named it. */
  url: string
  /** Where the page was found. */
  foundAt: string
  contentType: string | null
  /** ISO 8601 UTC. */
  fetched: string
}

/** The first line of a file of another kind may be of any length. */
const MAX_HEAD_BYTES = 64 * 1024

function isHead(value: unknown): value is KeptHead {
  const { url, foundAt, contentType, fetched } = (value ?? {}) as Partial<Record<keyof KeptHead, unknown>>
  const isTyped = contentType === null || typeof contentType === 'string'
  return typeof url === 'string' && typeof foundAt === 'string' && typeof fetched === 'string' && isTyped
}

/**
 * A page in the form in which pages are kept, inflated: a line of JSON, which says where it is from, and the page's bytes
 * behind it. `null` for bytes of any other form.
 */
export function parseKept(bytes: Uint8Array): { head: KeptHead; body: Uint8Array } | null {
  const end = bytes[0] === 0x7b ? bytes.indexOf(0x0a) : -1
  if (end === -1 || end > MAX_HEAD_BYTES) return null
  try {
    const head: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)))
    return isHead(head) ? { head, body: bytes.subarray(end + 1) } : null
  } catch {
    return null
  }
}
