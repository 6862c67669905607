import { fold } from './fold.ts'
import type { Query } from './query.ts'

/** Sections by their Chinese names, as pages show them. */
const CALLED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    中国: 'china',
    即时: 'realtime',
    国际: 'world',
    新加坡: 'singapore',
    东南亚: 'sea',
    财经: 'finance',
    体育: 'sports',
    新闻: 'news',
    简体: 'simp',
    繁体: 'trad',
  }),
)

/** The name of the section that is called so in Chinese, in either script; `null` where none is. */
export function sectionCalled(chinese: string): string | null {
  return CALLED.get(fold(chinese)) ?? null
}

/** Stories of a section, by its name or path, or by its Chinese name: sites that nobody knows may have that in their paths. */
export function ofSection(value: string): Query {
  const byName = (name: string): Query => ({ kind: 'mark', mark: 'section', value: name })
  const name = sectionCalled(value)
  return name === null ? byName(value) : { kind: 'or', parts: [byName(name), byName(value)] }
}
