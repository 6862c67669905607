import { isText, type Of, orNull, parsedAs, shaped } from '../shape.ts'

const isHead = shaped({
  /** The address, as the story's source or the configuration named it. */
  url: isText,
  /** Where the page was found. */
  foundAt: isText,
  contentType: orNull(isText),
  /** ISO 8601 UTC. */
  fetched: isText,
})

/** Where a page that was kept came from. */
export type KeptHead = Of<typeof isHead>

/** The first line of a file of another kind may be of any length. */
const MAX_HEAD_BYTES = 64 * 1024

/**
 * A page in the form in which pages are kept, inflated: a line of JSON, which says where it is from, and the page's bytes
 * behind it. `null` for bytes of any other form.
 */
export function parseKept(bytes: Uint8Array): { head: KeptHead; body: Uint8Array } | null {
  const end = bytes[0] === 0x7b ? bytes.indexOf(0x0a) : -1
  if (end === -1 || end > MAX_HEAD_BYTES) return null
  const head = parsedAs(isHead, new TextDecoder().decode(bytes.subarray(0, end)))
  return head === null ? null : { head, body: bytes.subarray(end + 1) }
}
