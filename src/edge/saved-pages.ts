import { access, constants, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { UsageError } from '../errors.ts'
import { makeFolderTree } from './store/files/durable.ts'
import { errorCode } from './file-errors.ts'
import { t } from '../words/words.ts'
import { packPage } from './archive/pages.ts'

/** Saves an answer as it came, in the form of kept pages. */
export type SavePage = (name: string, head: Readonly<Record<string, unknown>>, body: Uint8Array) => Promise<void>

/** Opens a folder to save pages in, named from the working folder, making it; throws `UsageError` when it cannot be used. */
export async function openSavedPages(shown: string, cwd: string): Promise<SavePage> {
  const folder = resolve(cwd, shown)
  const codeOf = (error: unknown) => errorCode(error instanceof Error ? (error.cause ?? error) : error) ?? String(error)
  const unusable = (error: unknown) => new UsageError(t`${shown}: pages cannot be saved here (${codeOf(error)})`)
  try {
    await makeFolderTree(folder)
    await access(folder, constants.W_OK)
  } catch (error) {
    throw unusable(error)
  }
  return async (name, head, body) => {
    const file = `${name.replace(/[^\w.-]+/g, '-').slice(0, 100)}.gz`
    try {
      await writeFile(join(folder, file), await packPage(head, body))
    } catch (error) {
      throw unusable(error)
    }
  }
}
