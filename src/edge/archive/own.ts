import { ArchiveError } from '../../errors.ts'
import { message, t } from '../../words/words.ts'
import type { Store } from '../store/store.ts'

/** The program's own folder in an archive. */
export const OWN = '.zaobao'

/** The bytes of one of the program's own files; `null` when there is none. Throws `ArchiveError` when it is no file. */
export async function readOwn(store: Store, name: string): Promise<Buffer | null> {
  const found = await store.get(name)
  if (found.kind === 'odd')
    throw new ArchiveError(message`cannot read ${store.place(name)}: it ${found.why}`, { isLocal: true })
  return found.kind === 'file' ? found.bytes : null
}

const MAX_SET_ASIDE = 5

/** Moves a damaged file of the program's own out of the way, keeping a few of them, and says so. */
export async function setAside(store: Store, name: string, why: string, report: (line: string) => void): Promise<void> {
  let number = 1
  while (number < MAX_SET_ASIDE && (await store.stat(`${name}.damaged-${number}`)) !== null) number += 1
  await store.move(name, `${name}.damaged-${number}`)
  const path = store.place(name)
  report(t`${path} is damaged (${why}); set aside as ${path}.damaged-${number}, the run goes on without it`)
}
