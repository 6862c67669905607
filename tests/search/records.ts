import { groupsOf } from '../../src/core/groups.ts'
import type { StoryRecord } from '../../src/core/model.ts'
import { indexed } from '../../src/core/search/entry.ts'
import { type Catalogue, openCatalogue } from '../../src/edge/catalogue/catalogue.ts'
import { recordOf } from '../publish/support/records.ts'

/** The record of an invented story whose day alone is known. */
export function recordWith(over: Partial<StoryRecord>): StoryRecord {
  const path = over.path ?? '2021-11-10/2021-11-10-1212150.md'
  const id = path.slice(22).replace(/[-.].*/, '')
  const text = over.text ?? '海湾大桥昨天合龙。'
  return { ...recordOf(0, { path }), id, title: '海湾大桥合龙', published: null, markdown: text, text, ...over }
}

/** A catalogue of invented stories, each of a day; the id of each is its place among them. */
export function catalogueOf(path: string, stories: readonly (Partial<StoryRecord> & { day: string })[]): Catalogue {
  const files = stories.map(({ day, ...over }, n) => {
    const file = `${day}/${day}-${n}.md`
    const story = indexed(recordWith({ ...over, path: file }), file, Date.parse(`${day}T00:00:00Z`))
    return { path: file, mark: { changed: 1, size: 1 }, story }
  })
  const days = groupsOf(files, (file) => file.path.slice(0, 10))
  const catalogue = openCatalogue(path)
  catalogue.apply(
    days.map((own) => ({ day: own[0]!.path.slice(0, 10), before: undefined, modified: 1, files: own, gone: [] })),
  )
  return catalogue
}
