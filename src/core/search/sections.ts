import { fold } from './fold.ts'

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

/** The names of the section that is meant: its own, and its Chinese one, which sites that nobody knows may have in their paths. */
export function sectionsMeant(value: string): string[] {
  return [sectionCalled(value), value].filter((name) => name !== null)
}
