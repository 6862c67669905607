import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode, makeFolder, removeDurably, sweep, writeDurably } from './durable.ts'

const MAX_PAGES = 50
const MAX_PAGE_BYTES = 2 * 1024 * 1024

/** Drops the oldest pages beyond the limit. */
async function prune(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.html'))
  if (names.length <= MAX_PAGES) return
  const aged: { name: string; mtimeMs: number }[] = []
  for (const name of names) {
    const found = await stat(join(folder, name)).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return null
      throw error
    })
    if (found !== null) aged.push({ name, mtimeMs: found.mtimeMs })
  }
  aged.sort((a, b) => a.mtimeMs - b.mtimeMs)
  for (const { name } of aged.slice(0, aged.length - MAX_PAGES)) await removeDurably(join(folder, name))
}

/**
 * Keeps the bytes of a page that no generation claims, cut at a limit, under `.zaobao/pages/`; the last one of each
 * story, and the newest pages only. Returns its path relative to the archive.
 */
export async function keepPage(root: string, id: string, page: Uint8Array): Promise<string> {
  if (!/^[0-9a-f]{1,20}$/.test(id)) throw new RangeError(`no id of a story: ${JSON.stringify(id)}`)
  const folder = await makeFolder(root, ['.zaobao', 'pages'])
  await sweep(folder)
  await writeDurably(join(folder, `${id}.html`), page.subarray(0, MAX_PAGE_BYTES))
  await prune(folder)
  return `.zaobao/pages/${id}.html`
}
