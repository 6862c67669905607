import { plural, t } from '../../words/words.ts'
import { commonestFirst, groupsOf } from '../groups.ts'
import { figures } from '../counts.ts'
import { dayWords } from './dates.ts'
import type { StoryEntry } from './entry.ts'
import type { ReaderPage } from './frame.ts'
import { type Html, markup } from './html.ts'
import { MOST_OF_A_DAY, storyList } from './list.ts'
import { dayRoute, type Links, listRoute, type StoryList } from './routes.ts'
import { sectionTitle } from './sections.ts'

/** What is counted, and how often it was met. */
export type Counts = ReadonlyMap<string, number>

/** Which sections and papers there were of late. */
export interface SectionsValues {
  sections: Counts
  papers: Counts
  /** The days that were counted; `null` where there is none. */
  since: string | null
}

/** The page of the sections, and of the papers where there are several. */
export function sectionsPage({ sections, papers, since }: SectionsValues, to: Links): ReaderPage {
  const rows = (kind: StoryList['kind'], counts: Counts, titleOf: (name: string) => string): Html => {
    const row = ([name, count]: [string, number]): Html =>
      markup`<li><a class="to" href="${to(listRoute(kind, name))}">${titleOf(name)}</a><span>${figures(count)}</span></li>`
    return markup`<ul class="rows">${commonestFirst(counts).map(row)}</ul>`
  }
  const words =
    since === null ? t`The archive holds no story; fetch brings some.` : t`stories since ${dayWords(since, 'whole')}`
  const body = markup`<div class="one"><h1>${t`Sections`}</h1><p class="quiet">${words}</p>
    ${sections.size === 0 && since !== null ? markup`<p class="none">${t`No story of these days has a section.`}</p>` : rows('section', sections, sectionTitle)}
    ${papers.size > 1 && markup`<h2>${t`Papers`}</h2>${rows('paper', papers, (name) => name)}`}</div>`
  return { title: t`Sections`, at: 'sections', body }
}

/** Stories of a section, or of a paper. */
interface ListValues extends StoryList {
  /** The newest first. */
  entries: readonly StoryEntry[]
  /** Days before this one were not looked at; `null` where none is left. */
  next: string | null
  /** Days from this one on were left out; `null` where none was. */
  before: string | null
}

/** The page of a section or a paper: its newest stories, day by day. */
export function listPage({ kind, name, entries, next, before }: ListValues, to: Links): ReaderPage {
  const title = kind === 'section' ? sectionTitle(name) : name
  const days = groupsOf(entries, ({ day }) => day).map((group) => {
    const day = group[0]?.day ?? ''
    const all = to({ ...dayRoute(day), section: kind === 'section' ? name : null }) ?? to(dayRoute(day))
    const rest = group.length - MOST_OF_A_DAY
    return markup`<section><h2 class="daterule"><a href="${to(dayRoute(day))}">${dayWords(day, 'whole')}</a></h2>${storyList(group.slice(0, MOST_OF_A_DAY), 3, to)}
      ${rest > 0 && markup`<p><a href="${all}">${plural(rest, t`1 story more of this day`, t`${figures(rest)} stories more of this day`)}</a></p>`}</section>`
  })
  const earlier = next && to(listRoute(kind, name, next))
  const newest = before && to(listRoute(kind, name))
  const body = markup`<div class="one"><h1>${title}</h1>${days}
    ${entries.length === 0 && markup`<p class="none">${noneIn(next, before)}</p>`}
    <nav class="steps foot" aria-label="${t`Further stories`}">${newest && markup`<a href="${newest}">${t`newest`}</a>`}
    ${earlier && markup`<a href="${earlier}" rel="next">${t`earlier stories`}</a>`}</nav></div>`
  const links = { prev: newest, next: earlier, up: to({ kind: 'sections' }) }
  return { title, at: 'sections', body, feed: { kind, name }, links }
}

/** That the days looked at have no story. */
function noneIn(next: string | null, before: string | null): string {
  const words = (day: string | null): string => (day === null ? '' : dayWords(day, 'whole'))
  if (next === null) return t`No story before ${words(before)}.`
  return before === null
    ? t`No story since ${words(next)}.`
    : t`No story since ${words(next)} and before ${words(before)}.`
}
