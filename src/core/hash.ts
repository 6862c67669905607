import type { BinaryToTextEncoding } from 'node:crypto'
import { createRequire } from 'node:module'

let require: NodeJS.Require | null = null

/** The SHA-256 of `content`, text as UTF-8, in one of Node's encodings, `hex` without another. */
export function sha256(content: string | Uint8Array, encoding: BinaryToTextEncoding = 'hex'): string {
  // Loaded when something is hashed: many commands hash nothing.
  require ??= createRequire(import.meta.url)
  const { createHash } = require('node:crypto') as typeof import('node:crypto')
  return createHash('sha256').update(content).digest(encoding)
}
