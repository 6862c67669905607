import { readFile } from 'node:fs/promises'
import { fileOfProject } from '../project.ts'

/** The script that searches a static site, as it was built. */
export function browserScript(): Promise<Uint8Array> {
  return readFile(fileOfProject('dist/browser.js'))
}
