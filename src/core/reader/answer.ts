import { mediaTypeOf } from '../media/kind.ts'

/** What a browser asks for. */
export interface ReaderRequest {
  method: string
  /** The path with its query, as the request's first line has it. */
  target: string
  headers: Readonly<Partial<Record<'host' | 'cookie' | 'accept-language', string>>>
}

/** What it is answered. */
export interface ReaderResponse {
  status: number
  headers: Readonly<Record<string, string>>
  body: string | Uint8Array
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  'json-feed': 'application/feed+json; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}

/** The media type of what has an extension. */
export function typeOf(extension: string): string {
  return TYPES[extension] ?? mediaTypeOf(extension)
}
