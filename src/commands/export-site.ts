import type { Config } from '../config/keys.ts'
import { figures } from '../core/counts.ts'
import { browserScript } from '../edge/browser-script.ts'
import { openStore } from '../edge/store/open.ts'
import { EXIT, type ExitCode, UsageError } from '../errors.ts'
import { type Io, sayingTo } from '../io.ts'
import { openLibrary } from '../pipeline/reader/library.ts'
import { onceEach } from '../pipeline/reader/once.ts'
import { openSiteFolder } from '../pipeline/site/folder.ts'
import { writeFront, writeLists, writePictures } from '../pipeline/site/lists.ts'
import { writeIndex } from '../pipeline/site/search.ts'
import { surveyOf, writeDays } from '../pipeline/site/site.ts'
import { t } from '../words/words.ts'
import { openPresent } from './present.ts'

/** Writes an archive as a static site into a folder: what is other there than it should be, and no more. `script`: what searches it. */
export async function exportSite(
  place: string,
  { archive: named, quiet }: Pick<Config, 'archive' | 'quiet'>,
  io: Io,
  script = browserScript,
): Promise<ExitCode> {
  const say = onceEach(sayingTo(io))
  const { store, archive } = await openPresent(named, say, io)
  const library = openLibrary(store, say, io)
  if (store.nameOf(place) === '') throw new UsageError(`--site: ${t`${place} is the archive itself`}`)
  const folder = await openSiteFolder(openStore(place, io.cwd), io)
  try {
    const site = await surveyOf({ library, archive, folder, io, say })
    await writeDays(site)
    await writeLists(site)
    await writeIndex(site)
    await writePictures(site)
    await writeFront(site, await script())
    const { files, written, removed } = await folder.end()
    if (!quiet) say(`export: ${t`${figures(files)} files, ${figures(written)} written, ${figures(removed)} removed`}`)
    return site.unread.size > 0 ? EXIT.storiesFailed : EXIT.done
  } finally {
    await folder.release()
  }
}
