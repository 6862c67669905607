import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** The folder of real material beside the checkout; tests on it run wherever it is there. */
const folder = process.env['ZAOBAO_SHARED'] ?? new URL('../../../shared', import.meta.url).pathname

export const sharedIsThere = existsSync(`${folder}/seed.md`)
if (!sharedIsThere) process.stderr.write('tests/conformance: no folder ../shared beside the checkout, nothing to run\n')

/** The text of a shared file. */
export function shared(path: string): string {
  return readFileSync(`${folder}/${path}`, 'utf8')
}

export interface Post {
  name: string
  text: string
}

/** The real posts in the seed's format, in the order of their names. */
export function sharedPosts(): Post[] {
  if (!sharedIsThere) return []
  return readdirSync(`${folder}/data/posts`)
    .toSorted()
    .map((name) => ({ name, text: shared(`data/posts/${name}`) }))
}
