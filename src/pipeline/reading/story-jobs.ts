import type { ScannedPart } from '../../edge/warc/parts.ts'
import type { SourcePart } from '../../edge/warc/scan.ts'
import type { Selection } from './selection.ts'
import { readPage } from './read-story.ts'

interface PartInHand {
  file: string
  part: SourcePart
  selection: Selection
  pictures: boolean
}

/** What archiving stories takes of work, on whichever core is free. */
export const storyJobs = {
  readPage,
  /** Looks through a part of a file of captures. */
  async scanPart({ file, part, selection, pictures }: PartInHand): Promise<ScannedPart> {
    const [{ wantsOf }, { scanPart }] = await Promise.all([
      import('./selection.ts'),
      import('../../edge/warc/parts.ts'),
    ])
    return scanPart(file, part, { wants: wantsOf(selection), pictures })
  },
}
