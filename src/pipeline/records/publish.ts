import { newBook } from '../../core/book/book.ts'
import { ZipFullError } from '../../core/book/zip.ts'
import { countsOf } from '../../core/groups.ts'
import type { StoryRecord } from '../../core/model.ts'
import { atom } from '../../core/publish/atom.ts'
import { type WrittenEntry, entryOf, type FeedFormat, newestFirst } from '../../core/publish/entry.ts'
import { jsonFeed } from '../../core/publish/json-feed.ts'
import { titleOfStories } from '../../core/publish/title.ts'
import { urnOf } from '../../core/publish/urn.ts'
import { pictureBytes } from '../../edge/archive/media.ts'
import type { Store } from '../../edge/store/store.ts'
import { UsageError } from '../../errors.ts'
import { canonicalUrl, zoneOf } from '../../sites/publishers.ts'
import { t } from '../../words/words.ts'

type Records = AsyncIterable<StoryRecord>

const FEEDS: Readonly<Record<'atom' | 'json-feed', FeedFormat>> = { atom, 'json-feed': jsonFeed }

/** Which stories are published: what tells the choice from others, and the sections that its title names; when. */
interface Publication {
  of: object
  sections: readonly string[]
  nowMs: number
}

/** Stories as a feed, the newest first. All entries are held until the last is read. */
export async function* feedOf(
  records: Records | readonly StoryRecord[],
  kind: keyof typeof FEEDS,
  self: string | null,
  { of, sections, nowMs }: Publication,
): AsyncGenerator<string> {
  const format = FEEDS[kind]
  const entries: WrittenEntry[] = []
  const authors: string[] = []
  for await (const record of records) {
    entries.push(entryOf(record, format, canonicalUrl))
    if (record.author !== null) authors.push(record.author)
  }
  const title = titleOfStories(countsOf(authors), sections)
  const id = self ?? urnOf(JSON.stringify([kind, of, sections]))
  yield* format.document({ title, id, self, nowMs }, newestFirst(entries))
}

/** Stories as a book, with the pictures that an archive keeps. */
export async function* bookOf(
  records: Records,
  store: Store,
  { of, sections, nowMs }: Publication,
): AsyncGenerator<Uint8Array> {
  const book = newBook({ identifier: urnOf(JSON.stringify(['book', of, sections])), sections, zoneOf, nowMs })
  try {
    for await (const record of records) {
      const pictures = new Map<string, Uint8Array>()
      for (const path of book.wants(record)) {
        const bytes = await pictureBytes(path, store)
        if (bytes !== null) pictures.set(path, bytes)
      }
      yield* book.add(record, pictures)
    }
    yield* book.end()
  } catch (error) {
    if (!(error instanceof ZipFullError)) throw error
    throw new UsageError(t`a book holds 65,535 files and 4 GB at most; choose fewer days`)
  }
}
