import { GENERIC } from '../extraction.ts'
import { disagrees } from './agree.ts'
import type { EditionReport, Finding, SourceReport, StoryReport, Verdict } from './report.ts'

/** Failures of what is the paper's, though not as it is known. Of a challenge or an error page nothing was reached. */
const REACHED = new Set(['unknown', 'empty', 'cut', 'too-large', 'home', 'story', 'unclaimed', 'elsewhere'])

function isReached({ failure }: SourceReport | StoryReport): boolean {
  return failure === null || REACHED.has(failure)
}

/** True for a sitemap that a mirror need not have, and has not. */
export function isExcused({ isOptional, failure }: SourceReport): boolean {
  return isOptional && (failure === 'missing' || failure === 'gone')
}

function ofSource(source: SourceReport): Finding[] {
  const { name: where } = source
  if (isExcused(source)) return []
  if (source.failure !== null) return [{ what: 'unread source', where }]
  return [
    ...(source.isCut ? [{ what: 'cut source' as const, where }] : []),
    ...(source.agreements.some(disagrees) ? [{ what: 'sources disagree' as const, where }] : []),
  ]
}

/** An edited headline shares more than this with the former one. */
const OTHER_HEADLINE = 0.2

function ofStory(story: StoryReport): Finding[] {
  const { id: where, layout, failure, doubts, headline, time } = story
  if (failure !== null || layout === null) return [{ what: 'unread story', where }]
  const isOtherHeadline = headline.others.some(({ shared }) => shared < OTHER_HEADLINE)
  return [
    ...(layout === GENERIC ? [{ what: 'generic story' as const, where }] : []),
    ...(doubts.length > 0 ? [{ what: 'story in doubt' as const, where }] : []),
    ...(isOtherHeadline ? [{ what: 'other headline' as const, where }] : []),
    ...(time.others.length > 0 ? [{ what: 'other time' as const, where }] : []),
    ...(time.published === null ? [{ what: 'no time' as const, where }] : []),
  ]
}

/** What is not as it is known, and how well the site is known by that. */
export function verdictOf(editions: readonly EditionReport[]): { verdict: Verdict; findings: Finding[] } {
  const sources = editions.flatMap((edition) => edition.sources)
  const stories = editions.flatMap((edition) => edition.stories)
  const findings = [...sources.flatMap(ofSource), ...stories.flatMap(ofStory)]
  const all = [...sources, ...stories]
  if (!all.some(isReached)) {
    return { verdict: all.some(({ failure }) => failure === 'wait') ? 'wait' : 'unreachable', findings }
  }
  return { verdict: findings.length === 0 ? 'known' : 'partly', findings }
}
