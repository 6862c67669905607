import { sha256 } from '../hash.ts'

/** A name of its own for what a text says, the same each time: `urn:uuid:…` of the text's hash (RFC 9562, version 8). */
export function urnOf(text: string): string {
  const hex = sha256(text)
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
