import { readFile } from 'node:fs/promises'

/** The script that searches a static site; from `src/edge/` and from the bundle in `dist/` alike. */
export function browserScript(): Promise<Uint8Array> {
  const place = import.meta.url.includes('/dist/') ? './browser.js' : '../../dist/browser.js'
  return readFile(new URL(place, import.meta.url))
}
