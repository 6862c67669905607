import { ArchiveError } from '../../errors.ts'
import { message, t } from '../../words/words.ts'
import type { Lock, LockOptions, Store } from '../store/store.ts'
import { clearPlaces, OWN } from './own-files.ts'

/** The layout that this program writes; it reads those before it too. */
const LAYOUT = 1

/** Former texts belong to the archive's history; the rest is this machine's. */
export const GITIGNORE = '/*\n!/revisions/\n'

const MARK = `${OWN}/layout`

/** Refuses an archive that is a file, or of a layout that a later version of this program made. True when it exists. */
export async function checkLayout(store: Store, report: (line: string) => void): Promise<boolean> {
  if (!(await store.exists())) return false
  // What is no file says nothing: it is named, or moved out of the way, with all others of its kind.
  const found = await store.get(MARK)
  if (found.kind !== 'file') return true
  const mark = found.bytes.toString('latin1')
  const layout = /^(\d+)\b/.exec(mark)?.[1]
  if (layout === undefined) {
    report(t`${store.place(MARK)} is damaged; the archive is taken for one of layout ${LAYOUT}`)
  }
  if (Number(layout) > LAYOUT) {
    throw new ArchiveError(
      message`cannot use ${store.place()}: its layout is ${layout ?? ''}, this version knows layouts up to ${LAYOUT}; update zaobao-archiver`,
    )
  }
  return true
}

/** Makes the own folder of an archive, which is there, with the layout mark, where they are missing. */
export async function makeLayout(store: Store): Promise<void> {
  const files = [
    [`${OWN}/.gitignore`, GITIGNORE],
    [MARK, `${LAYOUT}\n`],
  ] as const
  for (const [name, content] of files) {
    // What could not be moved out of the way was said.
    const { kind = null } = (await store.stat(name)) ?? {}
    const mark = kind === 'file' && name === MARK ? await store.get(name) : null
    const isOther = mark?.kind === 'file' && mark.bytes.toString('latin1') !== content
    if (kind === null || isOther) await store.replace(name, content)
  }
}

/** Takes the lock of an archive, which is made where it is missing. Throws as `Store.lock` and `checkLayout` do. */
export async function acquireLock(
  store: Store,
  options: LockOptions & { report: (line: string) => void },
): Promise<Lock> {
  await checkLayout(store, options.report)
  await store.make()
  const lock = await store.lock(OWN, options)
  try {
    await clearPlaces(store, options.report)
    await makeLayout(store)
  } catch (error) {
    await lock.release()
    throw error
  }
  return lock
}
