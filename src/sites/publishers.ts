import { addressesOf } from '../core/identity.ts'
import type { Story } from '../core/model.ts'
import type { Publisher } from '../core/publisher.ts'
import type { SectionPlace } from '../core/search/sections.ts'
import type { Zone } from '../core/time.ts'
import { siteOf } from '../core/web/server.ts'
import { urlOf } from '../core/url.ts'
import { bbc } from './bbc/index.ts'
import { dw } from './dw/index.ts'
import { rfi } from './rfi/index.ts'
import { zaobao } from './zaobao/index.ts'

/**
 * The papers that are known, a line each. The first is the one that is meant where nothing names another: by `--section
 * china`, a number alone, a mirror on this machine. How their pages are read stands in `index.ts`, which few runs load.
 */
export const PUBLISHERS: Publisher[] = [zaobao, rfi, dw, bbc]

/** What addresses tell of the papers' stories. */
export const addresses = addressesOf(PUBLISHERS)

/** The paper that is meant where nothing names another. */
export const DEFAULT_PUBLISHER: Publisher = zaobao

/** The paper that an id with a number is of. */
export function publisherOfId(id: string): Publisher {
  return PUBLISHERS.find(({ idPrefix }) => idPrefix !== '' && id.startsWith(idPrefix)) ?? DEFAULT_PUBLISHER
}

/** A section: of the first paper by its name alone, `china`, of another by `paper:name`. */
export interface Section {
  publisher: Publisher
  /** As its publisher names it, or a path of its site. */
  name: string
}

/** A section as users write it. */
export function shownSection({ publisher, name }: Section): string {
  return publisher === DEFAULT_PUBLISHER ? name : `${publisher.name}:${name}`
}

/** Where the stories of each section are, by its name with its paper, and of all of a paper by `paper:all`. */
export function sectionPlaces(): ReadonlyMap<string, SectionPlace> {
  return new Map(
    PUBLISHERS.flatMap(({ name: publisher, sections: { names, pathsOf } }) => [
      [`${publisher}:all`, { publisher, paths: [] }],
      ...names.map((name): [string, SectionPlace] => [`${publisher}:${name}`, { publisher, paths: pathsOf(name) }]),
    ]),
  )
}

/** The sections that users may name, of all papers. */
export function sectionNames(): string[] {
  return PUBLISHERS.flatMap((publisher) => publisher.sections.names.map((name) => shownSection({ publisher, name })))
}

/** Who a story is, of its address alone; under the id by which it is `known`, as `identify` has it. */
export function whoOf(url: string, known: string | null = null): Pick<Story, 'id' | 'section' | 'publisher'> {
  return {
    id: identify(url, known).id,
    section: sectionOf(url),
    publisher: isForeign(url) ? null : (publisherOf(url)?.name ?? null),
  }
}

/** What is said of a story by its address alone. */
export function aboutOf(url: string): { url: string; zone: Zone; paper: string } {
  return { url: addressOf(url), zone: zoneOf(url), paper: paperOf(url) }
}

/** True for an address of no paper that is known; on this machine, where mirrors are, for one that is no story's of any. */
export function isForeign(url: string): boolean {
  return storyId(url) === null && ownerOf(urlOf(url)?.hostname ?? '') === null
}

/** The name that all hosts of one site share: see `siteOf`. */
export function siteOfHost(host: string): string {
  return siteOf(host, ownerOf(host))
}

export const {
  addressOf,
  canonicalUrl,
  formerIds,
  identify,
  imitatedBy,
  ownerOf,
  paperOf,
  publisherOf,
  sectionOf,
  storyId,
  variantOf,
  zoneOf,
} = addresses
