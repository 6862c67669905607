import { fold } from './fold.ts'

/** A paper, and the paths of a section of it; none where all of the paper is meant. */
export interface SectionPlace {
  publisher: string
  paths: readonly string[]
}

/** Sections by what pages call them, in Chinese, and in English where that is not their name. */
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
    'southeast asia': 'sea',
    'simplified chinese': 'simp',
    'traditional chinese': 'trad',
  }),
)

/** The name of the section that pages call so, in either script of Chinese; `null` where they call none so. */
export function sectionCalled(title: string): string | null {
  return CALLED.get(fold(title)) ?? null
}

/** The names of the section that is meant: its own, and what pages call it, which sites that nobody knows may have in their paths. */
export function sectionsMeant(value: string): string[] {
  return [sectionCalled(value), value].filter((name) => name !== null)
}

/** The names of a section with its paper that are meant, as users write it (`paper:news`) or as pages show it (`News (paper)`). */
export function sectionsOfPaper(value: string): string[] {
  const [, title = '', paper = ''] = /^(.+) \(([a-z]+)\)$/.exec(value) ?? []
  return title === '' ? [value] : sectionsMeant(title).map((name) => `${paper}:${name}`)
}
