import { isPictureOf, isPointerTo, MEDIA, MEDIA_PATH } from '../../core/media/kept.ts'
import { unlessLocal } from '../../errors.ts'
import { IN_CLOUD } from '../read.ts'
import type { Store } from '../store/store.ts'
import { OWN } from './own-files.ts'

/** A picture that an archive keeps. `whole`: its content is that of its name, or kept elsewhere; `odd`: a link or a folder in its place. */
export interface KeptPicture {
  /** Relative to the archive. */
  path: string
  state: 'whole' | 'changed' | 'odd'
}

/** The pictures that an archive keeps; what others put beside them is passed over. */
export async function* keptPictures(store: Store): AsyncGenerator<KeptPicture> {
  for (const { name: folder, kind } of await unlessLocal(store.list(MEDIA), [])) {
    if (kind !== 'folder') continue
    for (const { name } of await unlessLocal(store.list(`${MEDIA}/${folder}`), [])) {
      const path = `${MEDIA}/${folder}/${name}`
      if (!MEDIA_PATH.test(path)) continue
      const found = await unlessLocal(store.get(path), null)
      if (found === null || found.kind === 'absent') continue
      // What iCloud took off the machine is not looked into, nor what Git LFS keeps elsewhere: it is there for who asks them for it.
      if (found.kind === 'odd') yield { path, state: found.why === IN_CLOUD ? 'whole' : 'odd' }
      else yield { path, state: isKept(path, found.bytes) ? 'whole' : 'changed' }
    }
  }
}

/** The bytes of a picture that is kept; `null` where it cannot be read, or is damaged, which is for `verify` to name. */
export async function pictureBytes(path: string, store: Store): Promise<Uint8Array | null> {
  const found = await unlessLocal(store.get(path), null)
  return found?.kind === 'file' && isPictureOf(path, found.bytes) ? found.bytes : null
}

function isKept(path: string, bytes: Uint8Array): boolean {
  return isPictureOf(path, bytes) || isPointerTo(path, bytes)
}

/**
 * All Markdown that stands in an archive, whoever wrote it, and the former texts that it keeps. Throws where something cannot be
 * read: it may name a picture.
 */
export async function* textsIn(store: Store): AsyncGenerator<string> {
  yield* textsBelow(store, '')
  yield* textsBelow(store, `${OWN}/revisions`)
}

async function* textsBelow(store: Store, folder: string): AsyncGenerator<string> {
  for (const { name, kind } of await store.list(folder)) {
    const path = folder === '' ? name : `${folder}/${name}`
    if (name.startsWith('.') || path === MEDIA) continue
    if (kind === 'folder') yield* textsBelow(store, path)
    const found = kind === 'file' && /\.md$/i.test(name) ? await store.get(path) : null
    if (found?.kind === 'file') yield found.bytes.toString('utf8')
  }
}
