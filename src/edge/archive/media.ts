import { isPictureOf, MEDIA, MEDIA_PATH } from '../../core/media/kept.ts'
import { unlessLocal } from '../../errors.ts'
import { IN_CLOUD } from '../read.ts'
import type { Store } from '../store/store.ts'
import { OWN } from './own.ts'

/** A picture that an archive keeps. `whole`: its content is that of its name; `odd`: a link or a folder in its place. */
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
      // What iCloud took off the machine is not looked into.
      if (found.kind === 'odd') yield { path, state: found.why === IN_CLOUD ? 'whole' : 'odd' }
      else yield { path, state: isPictureOf(path, found.bytes) ? 'whole' : 'changed' }
    }
  }
}

/** The former texts that an archive keeps. Throws where one cannot be read: it may name a picture. */
export async function* formerTexts(store: Store, folder = `${OWN}/revisions`): AsyncGenerator<string> {
  for (const { name, kind } of await store.list(folder)) {
    const path = `${folder}/${name}`
    if (kind === 'folder') yield* formerTexts(store, path)
    const found = kind === 'file' ? await store.get(path) : null
    if (found?.kind === 'file') yield found.bytes.toString('utf8')
  }
}
