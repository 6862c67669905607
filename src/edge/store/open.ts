import { openFiles } from './files/files.ts'
import type { Store } from './store.ts'

/** The storage that a user's name of an archive means, seen from the working folder: a folder. Makes nothing yet. */
export function openStore(archive: string, cwd: string): Store {
  return openFiles(archive, cwd)
}
