import { partsSaid, t } from '../../words/words.ts'
import { figures, storiesIn } from '../counts.ts'
import { commonestFirst, countsOf } from '../groups.ts'
import { dayWords } from './dates.ts'
import type { StoryEntry } from './entry.ts'
import type { ReaderPage } from './frame.ts'
import { type Html, markup } from './html.ts'
import { MOST_OF_A_DAY, storyList } from './list.ts'
import { coverage, type Coverage } from './months.ts'
import { type DayRoute, dayRoute, type Links } from './routes.ts'
import { sectionTitle } from './sections.ts'

/** A day of the archive. */
interface DayValues {
  /** What of it is shown. */
  route: DayRoute
  /** The newest first. */
  entries: readonly StoryEntry[]
  /** Days that have stories, before it and behind it. */
  before: string | null
  after: string | null
  isNewest: boolean
  /** `null`: it is not shown. */
  coverage: Coverage | null
}

/** The stories of a day that are shown, page by page; one page where there is none. */
export function pagesOfDay(
  { section }: Pick<DayRoute, 'section'>,
  entries: readonly StoryEntry[],
): readonly StoryEntry[][] {
  const shown = section === null ? entries : entries.filter((entry) => entry.section === section)
  const count = Math.max(1, Math.ceil(shown.length / MOST_OF_A_DAY))
  return Array.from({ length: count }, (_, n) => shown.slice(n * MOST_OF_A_DAY, (n + 1) * MOST_OF_A_DAY))
}

/** The page of its day on which a story stands that is behind `at` others. */
export const pageAt = (at: number): number => Math.floor(at / MOST_OF_A_DAY) + 1

/** The page of a day: its stories, the newest first, beside them what the archive holds. */
export function dayPage(values: DayValues, to: Links): ReaderPage {
  const { route, entries, before, after, isNewest, coverage: held } = values
  const { day, page } = route
  const pages = pagesOfDay(route, entries)
  const shown = pages.reduce((sum, { length }) => sum + length, 0)
  const at = (n: number): string | null => (n < 1 || n > pages.length ? null : to({ ...route, page: n }))
  const [later, earlier] = [at(page - 1), at(page + 1)]
  const body = markup`<div class="${held === null ? 'one' : 'two'}"><div><div class="dayhead"><h1><time datetime="${day}">${dayWords(day, 'day')}
    <span class="weekday">${dayWords(day, 'weekday')}</span></time></h1>
    <p class="quiet">${partsSaid([dayWords(day, 'year'), storiesIn(shown), pages.length > 1 && t`page ${page} of ${pages.length}`]).join(' · ')}</p>${steps(before, after, to)}</div>
    ${parts(values, to)}${entries.length === 0 ? markup`<p class="none">${t`No story of this day is archived.`}</p>` : storyList(pages[page - 1] ?? [], 2, to)}
    ${pages.length > 1 && markup`<nav class="steps foot" aria-label="${t`Further stories`}">${later && markup`<a href="${later}">${t`later stories`}</a>`}${earlier && markup`<a href="${earlier}">${t`earlier stories`}</a>`}</nav>`}</div>
    ${held && markup`<aside><h2>${t`All months`}</h2>${coverage(held, to, day.slice(0, 7))}</aside>`}</div>`
  const links = {
    prev: earlier ?? (before && to(dayRoute(before))),
    next: later ?? (after && to(dayRoute(after))),
    up: to({ kind: 'month', month: day.slice(0, 7) }),
  }
  return { title: dayWords(day, 'whole'), at: isNewest && page === 1 ? 'newest' : null, body, links }
}

function steps(before: string | null, after: string | null, to: Links): Html {
  const step = (day: string | null, words: string, rel: string): Html | string | null =>
    day && markup`<a href="${to(dayRoute(day))}" rel="${rel}">${words}</a>`
  return markup`<nav class="steps" aria-label="${t`Days`}">${step(before, t`day before`, 'prev')}${step(after, t`day after`, 'next')}</nav>`
}

/** The sections of a day with how many stories each has, where it has several, and pages of them are there. */
function parts({ route, entries }: DayValues, to: Links): Html | false {
  const counts = countsOf(entries.map(({ section }) => section).filter((name) => name !== null))
  const part = (name: string | null, words: string, count: number): Html => {
    const href = to({ ...route, section: name, page: 1 })
    const current = name === route.section && markup` aria-current="true"`
    return markup`<a href="${href}"${current}>${words} <span>${figures(count)}</span></a>`
  }
  return (
    counts.size > 1 &&
    to({ ...route, section: '' }) !== null &&
    markup`<nav class="parts" aria-label="${t`Sections of the day`}">${part(null, t`All`, entries.length)}
      ${commonestFirst(counts).map(([name, count]) => part(name, sectionTitle(name), count))}</nav>`
  )
}
