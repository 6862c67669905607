import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseState, renderState } from '../../src/core/archive/state.ts'
import { openArchive } from '../../src/edge/archive/archive.ts'
import type { KeptPage } from '../../src/edge/archive/pages.ts'
import { storeAt } from './store.ts'

/** The names of the files of kept pages and lists, in order. */
export function keptIn(archive: string): string[] {
  const pages = join(archive, '.zaobao/pages')
  return existsSync(pages) ? readdirSync(pages).toSorted() : []
}

/** The next run is one of another version of the program. */
export function update(archive: string): void {
  const file = join(archive, '.zaobao/state.json')
  const state = parseState(readFileSync(file, 'utf8'))
  if (state === null) throw new Error(`${file} is no state`)
  writeFileSync(file, renderState({ ...state, rules: 'another' }))
}

/**
 * The next run is one of another version, to which what is kept is of a layout that it knows: `htmlOf` has pages and lists
 * as such, by their address. Returns how many are kept.
 */
export async function makeKnown(archive: string, htmlOf: Readonly<Record<string, string>>): Promise<number> {
  update(archive)
  const files = await openArchive(storeAt(archive), {
    write: true,
    keepRevisions: 50,
    report: () => undefined,
  })
  const pages: KeptPage[] = []
  for (const what of ['stories', 'lists'] as const) {
    for await (const page of files.keptPages(what)) pages.push(page)
  }
  for (const page of pages) {
    const html = htmlOf[page.url]
    if (html === undefined) throw new Error(`no page of ${page.url}`)
    await files.keepPage({ ...page, body: Buffer.from(html) }, 1e9)
  }
  return pages.length
}
