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
  return found(where, { 'cut source': source.isCut, 'sources disagree': source.agreements.some(disagrees) })
}

/** What of these is the case. */
function found(where: string, cases: Partial<Record<Finding['what'], boolean>>): Finding[] {
  const all = Object.entries(cases) as [Finding['what'], boolean][]
  return all.filter(([, isTrue]) => isTrue).map(([what]) => ({ what, where }))
}

/** An edited headline shares more than this with the former one. */
const OTHER_HEADLINE = 0.2

function ofStory(story: StoryReport): Finding[] {
  const { id: where, layout, failure, doubts, headline, time } = story
  if (failure !== null || layout === null) return [{ what: 'unread story', where }]
  return found(where, {
    'generic story': layout === GENERIC,
    'story in doubt': doubts.length > 0,
    'other headline': headline.others.some(({ shared }) => shared < OTHER_HEADLINE),
    'other time': time.others.length > 0,
    'no time': time.published === null,
  })
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
