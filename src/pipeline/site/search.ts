import { chunksOf } from '../../core/chunks.ts'
import { fileOf } from '../../core/reader/files.ts'
import { storyRoute } from '../../core/reader/routes.ts'
import { indexed } from '../../core/search/entry.ts'
import { newSegment, type Segment } from '../../core/search/segment.ts'
import { newestFirst } from '../reader/library.ts'
import { hashOf } from './folder.ts'
import { keyOf, type SiteRun, storiesOf } from './site.ts'

/** Stories of a segment of long ago, and of one of late, at least: what is left over is written anew with each story. */
const MANY = 4_096
const FEW = 512

/** Writes the index by which the site is searched. */
export async function writeIndex(site: SiteRun): Promise<void> {
  const { folder, days } = site
  const all = [...days].map(([day, { version, count }]) => ({ day, version, count }))
  const many = chunksOf(all, MANY, ({ count }) => count)
  const few = chunksOf(many.rest, FEW, ({ count }) => count)
  const chunks = [...many.full, ...few.full, few.rest].filter((chunk) => chunk.length > 0)
  const segments: Segment[] = []
  for (const chunk of chunks.toReversed()) {
    const key = keyOf(chunk.map(({ version }) => version))
    const group = `search ${chunk[0]?.day}`
    if (!(await folder.keep(group, key)))
      await writeSegment(
        chunk.map(({ day }) => day),
        { group, key },
        site,
      )
    segments.push(folder.noted(group) as Segment)
  }
  const file = { name: 'search/index.json', content: `${JSON.stringify(segments)}\n` }
  await folder.put('search', keyOf(segments.map(({ name }) => name)), [file])
}

async function writeSegment(
  days: readonly string[],
  { group, key }: { group: string; key: string },
  site: SiteRun,
): Promise<void> {
  const making = newSegment({ from: days[0] ?? '', to: days.at(-1) ?? '' })
  for (const day of days) {
    const stories = await storiesOf(day, site, false)
    for (const { record, entry } of stories.toSorted((a, b) => newestFirst(b.entry, a.entry))) {
      const { words } = indexed(record, record.path ?? '', 0)
      const place = (fileOf(storyRoute(entry)) ?? '').replace(/\.html$/, '')
      making.add({ place, words })
    }
  }
  const { segment, files } = making.end()
  const name = hashOf([segment, ...[...files].map(([end, content]) => [end, hashOf(content)])])
  const written = [...files].map(([end, content]) => ({ name: `search/${name}-${end}`, content }))
  await site.folder.put(group, key, written, { name, ...segment } satisfies Segment)
}
