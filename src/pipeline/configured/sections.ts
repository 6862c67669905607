import type { Config } from '../../config/keys.ts'
import { getOrMake } from '../../core/get-or-make.ts'
import { decoded } from '../../core/web/escapes.ts'
import type { Story } from '../../core/model.ts'
import type { Publisher } from '../../core/publisher.ts'
import { nearest } from '../../core/text/nearest.ts'
import { shownText } from '../../core/text/printable.ts'
import { isUrl } from '../../core/url.ts'
import { UsageError } from '../../errors.ts'
import {
  DEFAULT_PUBLISHER,
  publisherOf,
  PUBLISHERS,
  type Section,
  sectionNames,
  shownSection,
  storyId,
} from '../../sites/publishers.ts'
import { refuseImitator } from './imitator.ts'
import { t } from '../../words/words.ts'

function sectionAt(text: string): Section {
  const at = text.indexOf(':')
  const publisher = at === -1 ? undefined : PUBLISHERS.find(({ name }) => name === text.slice(0, at))
  return publisher === undefined
    ? { publisher: DEFAULT_PUBLISHER, name: text }
    : { publisher, name: text.slice(at + 1) }
}

/** The paths under which a site shows a section that users name, by its name or a path. */
export function pathsOf(section: string): string[] {
  const { publisher, name } = sectionAt(section)
  return publisher.sections.pathsOf(name)
}

/** The name of the section that has stories under a path of the paper whose address `url` is; the path itself where none has. */
export function sectionNamed(path: string, url: string): string {
  const publisher = publisherOf(url) ?? DEFAULT_PUBLISHER
  const name = publisher.sections.names.find((each) => publisher.sections.pathsOf(each).includes(path))
  return name === undefined ? path : shownSection({ publisher, name })
}

/** The name of the section of a list, by the list's address. */
export function sectionOfList(url: string): string {
  return sectionNamed(decoded(new URL(url).pathname).replace(/^\/+|\/+$/g, ''), url)
}

export function isAddress(section: string): boolean {
  return /^https?:\/\//i.test(section)
}

/** True for the name of a section that there is. */
export function isSection(name: string): boolean {
  return sectionNames().includes(name)
}

/** True for what looks like the name of a section and is that of none: a feed may have sections of its own, by other names. */
export function isMistyped(name: string): boolean {
  return /^[a-z:]+$/.test(name) && !isSection(name) && nearest(name, sectionNames()) !== null
}

/** The sections that a configuration names, `all` spelt out; throws `UsageError` for one that is not known. */
export function sectionsIn({ section }: Pick<Config, 'section'>): string[] {
  const named = section.flatMap((text) => {
    const { publisher, name } = sectionAt(text)
    return name === 'all' ? publisher.sections.names.map((each) => shownSection({ publisher, name: each })) : [text]
  })
  for (const name of named.filter(isAddress)) {
    const shown = shownText(name)
    if (!isUrl(name)) throw new UsageError(t`"${shown}" is no address that can be asked`)
    refuseImitator(name)
    if (storyId(name) !== null)
      throw new UsageError(t`${shown} is a story, no list page; backfill ${shown} archives it`)
  }
  const unknown = named.find((name) => !isAddress(name) && !isSection(name))
  if (unknown !== undefined) throw unknownSection(unknown)
  return [...new Set(named)]
}

/** That a section is none, and which there are. */
export function unknownSection(name: string): UsageError {
  return new UsageError(t`section "${shownText(name)}" is not known; write ${sectionNames()}, all or an address`)
}

/** That none is in use: an empty list would be a run without sources, for years. */
export function noSection(): UsageError {
  return new UsageError(t`no section is in use; write ${sectionNames()}, all or an address`)
}

/** The sources of a section that is given by its name, in an edition. */
export function sourcesOfSection(section: string, options: { origin?: string; rsshub?: string }) {
  const { publisher, name } = sectionAt(section)
  return publisher.sourcesOf(name, options)
}

/** An edition of a paper, and the paths of the sections in use there; `null` is every section. */
export interface InUse {
  publisher: Publisher
  origin: string
  paths: string[] | null
}

/** The sections in use by edition; the address of a list names its own. Throws `UsageError` for an unknown one. */
export function sectionsInUse(config: Pick<Config, 'section'>): InUse[] {
  const editions = new Map<string, InUse>()
  for (const text of config.section) {
    const { publisher, name } = sectionAt(text)
    if (name === 'all') editions.set(publisher.origin, { publisher, origin: publisher.origin, paths: null })
  }
  for (const section of sectionsIn(config)) {
    const own = isAddress(section) ? null : sectionAt(section)
    const publisher = own?.publisher ?? publisherOf(section) ?? DEFAULT_PUBLISHER
    const { origin, pathname } = new URL(own === null ? section : publisher.origin)
    const edition = getOrMake(editions, origin, () => ({ publisher, origin, paths: [] }))
    edition.paths?.push(...publisher.sections.pathsOf(own?.name ?? pathname))
  }
  return [...editions.values()]
}

/** Whether a story is of one of the sections, named as a configuration names them. Throws `UsageError` for an unknown one. */
export function isOfSections(section: readonly string[]): (story: Pick<Story, 'publisher' | 'section'>) => boolean {
  const inUse = sectionsInUse({ section: [...section] })
  return (story) =>
    inUse.some(
      ({ publisher, paths }) => story.publisher === publisher.name && (paths?.includes(story.section ?? '') ?? true),
    )
}
