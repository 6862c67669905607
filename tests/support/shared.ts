import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of real material beside the repository; `null` where it is not. */
export function sharedFolder(): string | null {
  const folder = process.env['ZAOBAO_SHARED'] ?? fileURLToPath(new URL('../../../shared/', import.meta.url))
  return existsSync(join(folder, 'data')) ? folder : null
}

export interface Post {
  file: string
  title: string
  url: string
  /** Milliseconds of the comment: Singapore's clock stamped as UTC. */
  stampMs: number
  bodyHtml: string
}

/** The real posts in the seed's format. */
export function postsIn(folder: string): Post[] {
  const posts = join(folder, 'data', 'posts')
  return readdirSync(posts)
    .filter((file) => file.endsWith('.md'))
    .map((file) => {
      const text = readFileSync(join(posts, file), 'utf8')
      const match = /<!--(\d+)-->\n\[([^\n]*)\]\(([^\n)]*)\)\n-+\n\n<div>\n([\s\S]*)\n<\/div>\s*$/.exec(text)
      if (match === null) throw new Error(`no post: ${file}`)
      const [, stamp = '', title = '', url = '', bodyHtml = ''] = match
      return { file, title, url, stampMs: Number(stamp), bodyHtml }
    })
}

const folder = sharedFolder()
export const sharedIsThere = folder !== null
if (!sharedIsThere) process.stderr.write('tests/conformance: no folder ../shared beside the checkout, nothing to run\n')

/** The text of a shared file. */
export function shared(path: string): string {
  return readFileSync(join(folder ?? '', path), 'utf8')
}

/** The real posts in the seed's format, as they stand; none where they are not. */
export function sharedPosts(): { name: string; text: string }[] {
  if (folder === null) return []
  return readdirSync(join(folder, 'data', 'posts'))
    .toSorted()
    .map((name) => ({ name, text: shared(`data/posts/${name}`) }))
}
