import type { SourceState } from '../../core/archive/state.ts'
import type { Item } from '../../core/model.ts'
import { publisherOf, sectionOf } from '../../sites/publishers.ts'
import type { Poll } from './poll.ts'
import { sectionNamed, sectionOfList } from '../configured/sections.ts'

/** A source of more sections than that is remembered by the first of them. */
const MAX_SECTIONS = 100

/** The sections of which a source's items are, by the names that users give or as paths. */
export function sectionsOf(items: readonly Item[]): string[] {
  const sections = items.flatMap(({ url }) => {
    const path = url !== null && publisherOf(url) !== null ? sectionOf(url) : null
    return url === null || path === null ? [] : [sectionNamed(path, url)]
  })
  return [...new Set(sections)].slice(0, MAX_SECTIONS).toSorted()
}

/** Which sections the sources that answered bring, and what is left without any. */
export interface Cover {
  /** Whether others bring all that a source that fails brought: nothing is missed while it does. */
  covers(failed: Poll): boolean
  /** The failures that leave a section, one that a user named by its name or its list, without any source. */
  missed: Poll[]
}

/** True for a source that fails, and for one that has no turn now and failed when it had. */
export function isFailing({ kind, source }: Poll, before: Readonly<Record<string, SourceState>>): boolean {
  return kind === 'failed' || (kind === 'left' && (before[source.name]?.failingSince ?? null) !== null)
}

/** `before`: what is remembered of the sources from former runs. */
export function coverOf(polls: readonly Poll[], before: Readonly<Record<string, SourceState>>): Cover {
  const shown = ({ source }: Poll): readonly string[] => before[source.name]?.sections ?? []
  const answered = new Set(
    polls
      .filter((poll) => !isFailing(poll, before))
      .flatMap((poll) => [
        ...(poll.source.section === null ? [] : [poll.source.section]),
        ...(poll.kind === 'items' ? sectionsOf(poll.items) : shown(poll)),
      ]),
  )
  const failures = polls.filter(({ kind }) => kind === 'failed')
  const ownOf = (failed: Poll): readonly string[] => {
    const { section, kind, url } = failed.source
    if (section !== null) return [section]
    if (shown(failed).length > 0 || kind === 'feed') return shown(failed)
    return [sectionOfList(url)]
  }
  return {
    covers(failed) {
      const own = ownOf(failed)
      return own.length > 0 && own.every((one) => answered.has(one))
    },
    missed: failures.filter((failed) => {
      const isNamed = failed.source.section !== null || failed.source.kind === 'list'
      return isNamed && !ownOf(failed).some((one) => answered.has(one))
    }),
  }
}
