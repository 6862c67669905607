import type { Config } from '../config.ts'
import { sisterSections } from '../core/archive/gap.ts'
import { UsageError } from '../errors.ts'
import { refuseImitator } from './imitator.ts'
import { DEFAULT_ORIGIN, SECTIONS } from '../sites/zaobao/index.ts'
import { t } from '../words/words.ts'

/** Paths of which a section has stories, beside that of its list. */
const MORE_PATHS: Readonly<Record<string, readonly string[]>> = { finance: ['finance/realtime'] }

/** The paths under which the site shows a section that users name, by its name or a path. */
export function pathsOf(section: string): string[] {
  const path = SECTIONS[section]?.path ?? section.replace(/^\/+|\/+$/g, '')
  return [...sisterSections(path), ...(MORE_PATHS[section] ?? [])]
}

/** The name of the section that has stories under a path; the path itself where none has. */
export function sectionNamed(path: string): string {
  return Object.keys(SECTIONS).find((name) => pathsOf(name).includes(path)) ?? path
}

export function isAddress(section: string): boolean {
  return /^https?:\/\//i.test(section)
}

/** The sections that a configuration names, `all` spelt out; throws `UsageError` for one that is not known. */
export function sectionsIn({ section }: Pick<Config, 'section'>): string[] {
  const named = section.flatMap((name) => (name === 'all' ? Object.keys(SECTIONS) : [name]))
  const unknown = named.find((name) => !isAddress(name) && !Object.hasOwn(SECTIONS, name))
  for (const name of named.filter(isAddress)) refuseImitator(name)
  if (unknown === undefined) return [...new Set(named)]
  throw unknownSection(unknown)
}

/** That a section is none, and which there are. */
export function unknownSection(name: string): UsageError {
  return new UsageError(t`section "${name}" is not known; write ${Object.keys(SECTIONS).join(', ')}, all or an address`)
}

/** An edition, and the paths of the sections in use there; `null` is every section. */
export interface InUse {
  origin: string
  paths: string[] | null
}

/** The sections in use by edition; the address of a list names its own. Throws `UsageError` for an unknown one. */
export function sectionsInUse(config: Pick<Config, 'section'>): InUse[] {
  if (config.section.includes('all')) return [{ origin: DEFAULT_ORIGIN, paths: null }]
  const editions = new Map<string, string[]>()
  for (const section of sectionsIn(config)) {
    const { origin, pathname } = new URL(isAddress(section) ? section : DEFAULT_ORIGIN)
    const paths = pathsOf(isAddress(section) ? pathname : section)
    editions.set(origin, [...(editions.get(origin) ?? []), ...paths])
  }
  return [...editions].map(([origin, paths]) => ({ origin, paths }))
}
