import type { StoryRecord } from '../../src/core/model.ts'
import { recordOf } from '../publish/support/records.ts'

/** The record of an invented story whose day alone is known. */
export function recordWith(over: Partial<StoryRecord>): StoryRecord {
  const path = over.path ?? '2021-11-10/2021-11-10-1212150.md'
  const id = path.slice(22).replace(/[-.].*/, '')
  const text = over.text ?? '海湾大桥昨天合龙。'
  return { ...recordOf(0, { path }), id, title: '海湾大桥合龙', published: null, markdown: text, text, ...over }
}
