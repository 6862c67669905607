import { t } from '../../words/words.ts'
import { dayWords, figures, storiesIn } from './dates.ts'
import type { Entry } from './entry.ts'
import type { Page } from './frame.ts'
import { type Html, markup, when } from './html.ts'
import { storyList } from './list.ts'
import { coverage, type Coverage } from './months.ts'
import { dayRoute, type Links } from './routes.ts'
import { sectionTitle } from './sections.ts'

/** A day of the archive. */
export interface DayValues {
  day: string
  /** The newest first. */
  entries: readonly Entry[]
  /** The section of which alone stories are shown. */
  section: string | null
  /** Days that have stories, before it and behind it. */
  before: string | null
  after: string | null
  isNewest: boolean
  /** `null`: it is not shown. */
  coverage: Coverage | null
}

/** The page of a day: its stories, the newest first, beside them what the archive holds. */
export function dayPage(values: DayValues, to: Links): Page {
  const { day, entries, section, before, after, isNewest, coverage: held } = values
  const shown = section === null ? entries : entries.filter((entry) => entry.section === section)
  const body = markup`<div class="${held === null ? 'one' : 'two'}"><div><div class="dayhead"><h1><time datetime="${day}">${dayWords(day, 'day')}
    <span class="weekday">${dayWords(day, 'weekday')}</span></time></h1>
    <p class="quiet">${dayWords(day, 'year')} · ${storiesIn(entries.length)}</p>${steps(before, after, to)}</div>
    ${parts(values, to)}${entries.length === 0 ? markup`<p class="none">${t`No story of this day is archived.`}</p>` : storyList(shown, 2, to)}</div>
    ${held && markup`<aside><h2>${t`All months`}</h2>${coverage(held, to, { isSmall: true, month: day.slice(0, 7) })}</aside>`}</div>`
  const links = {
    prev: before && to(dayRoute(before)),
    next: after && to(dayRoute(after)),
    up: to({ kind: 'month', month: day.slice(0, 7) }),
  }
  return { title: dayWords(day, 'whole'), at: isNewest ? 'newest' : null, body, links }
}

function steps(before: string | null, after: string | null, to: Links): Html {
  const step = (day: string | null, words: string, rel: string): Html | string | null =>
    day && markup`<a href="${to(dayRoute(day))}" rel="${rel}">${words}</a>`
  return markup`<nav class="steps" aria-label="${t`Days`}">${step(before, t`day before`, 'prev')}${step(after, t`day after`, 'next')}</nav>`
}

/** The sections of a day with how many stories each has, where it has several, and pages of them are there. */
function parts({ day, entries, section }: DayValues, to: Links): Html {
  const counts = new Map<string, number>()
  for (const { section: name } of entries) if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1)
  const part = (name: string | null, words: string, count: number): Html => {
    const href = to({ kind: 'day', day, section: name })
    const current = when(name === section, () => markup` aria-current="true"`)
    return markup`<a href="${href}"${current}>${words} <span>${figures(count)}</span></a>`
  }
  const sorted = [...counts].toSorted((a, b) => b[1] - a[1])
  return when(
    counts.size > 1 && to({ kind: 'day', day, section: '' }) !== null,
    () => markup`<nav class="parts" aria-label="${t`Sections of the day`}">${part(null, t`All`, entries.length)}
      ${sorted.map(([name, count]) => part(name, sectionTitle(name), count))}</nav>`,
  )
}
