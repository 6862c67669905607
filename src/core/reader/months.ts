import { partsSaid, t } from '../../words/words.ts'
import { type Gap, monthsOf } from '../archive/gap.ts'
import { figures, storiesIn } from '../counts.ts'
import { dayWords, heldWords } from './dates.ts'
import type { ReaderPage } from './frame.ts'
import { type Html, markup } from './html.ts'
import { dayRoute, type Links } from './routes.ts'

/** What an archive holds. */
export interface Coverage {
  /** Stories of each day that has any. */
  counts: ReadonlyMap<string, number>
  gaps: readonly Pick<Gap, 'from' | 'to' | 'source'>[]
}

/** Shades of a number of stories, from `n1`. */
const SHADES = 8

/** The class of a number of stories, `most` being the largest: more is further from the colour of the paper. */
export function shadeOf(count: number, most: number): string {
  return count === 0 ? 'n0' : `n${Math.max(1, Math.ceil((SHADES * count) / Math.max(1, most)))}`
}

/** What an archive holds as a table, years by months; a small one beside the `month` in which a reader is. */
export function coverage({ counts, gaps }: Coverage, to: Links, month: string | null = null): Html {
  const isSmall = month !== null
  const months = new Map<string, number>()
  for (const [day, count] of counts) months.set(day.slice(0, 7), (months.get(day.slice(0, 7)) ?? 0) + count)
  const most = Math.max(0, ...months.values())
  const open = new Set(gaps.flatMap((gap) => monthsOf(gap.from, gap.to)))
  const years = [...new Set([...months.keys(), ...open].map((each) => each.slice(0, 4)))].toSorted().toReversed()
  const ordinals = Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, '0'))
  const cell = (name: string): Html => {
    const count = months.get(name) ?? 0
    const isOpen = open.has(name)
    if (count === 0 && !isOpen) return markup`<td></td>`
    const words = heldWords(`${name}-01`, 'month', count, isOpen)
    const classes = `${shadeOf(count, most)}${isOpen ? ' gap' : ''}${name === month ? ' here' : ''}`
    return markup`<td><a class="${classes}" href="${to({ kind: 'month', month: name })}" aria-label="${words}" title="${words}">${isSmall ? null : figures(count)}</a></td>`
  }
  const head = ordinals.map((name) => {
    const words = dayWords(`2000-${name}-01`, 'monthName')
    return markup`<th scope="col"><abbr title="${words}">${Number(name)}</abbr></th>`
  })
  const rows = years.map((year) => {
    return markup`<tr><th scope="row">${isSmall ? year : markup`<a href="${to({ kind: 'year', year })}">${year}</a>`}</th>${ordinals.map((name) => cell(`${year}-${name}`))}</tr>`
  })
  return markup`<div class="wide"><table class="cover${isSmall ? ' small' : ''}"><caption class="skip">${t`Stories a month`}</caption>
    <thead><tr><th scope="col"><span class="skip">${t`Year`}</span></th>${head}</tr></thead><tbody>${rows}</tbody></table></div>
    ${legend(open.size > 0)}`
}

/** What the shades mean. */
export function legend(hasGaps: boolean): Html {
  const steps = Array.from({ length: SHADES }, (_, at) => markup`<i class="n${at + 1}"></i>`)
  return markup`<p class="legend"><span>${t`fewer`} <span aria-hidden="true">${steps}</span> ${t`more`}</span>
    ${hasGaps && markup`<span class="key"><i class="gap" aria-hidden="true"></i> ${t`gap: stories may be missing`}</span>`}</p>`
}

/** What of it is of a year. */
export function ofYear({ counts, gaps }: Coverage, year: string): Coverage {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`]
  const own = gaps.filter(({ from, to }) => from <= last && to >= first)
  return {
    counts: new Map([...counts].filter(([day]) => day.startsWith(year))),
    gaps: own.map(({ from, to, source }) => ({ source, from: from < first ? first : from, to: to > last ? last : to })),
  }
}

/** The page of all months; of those of a year, where `values` are of it. */
export function monthsPage(values: Coverage, year: string | null, to: Links): ReaderPage {
  const total = [...values.counts.values()].reduce((sum, count) => sum + count, 0)
  const days = [...values.counts.keys()].toSorted()
  const [first, last] = [days[0], days.at(-1)]
  const span =
    first === undefined || last === undefined ? null : t`${dayWords(first, 'whole')} to ${dayWords(last, 'whole')}`
  const title = year === null ? t`All months` : dayWords(`${year}-01-01`, 'year')
  const body = markup`<h1>${title}</h1>
    <p class="quiet">${partsSaid([storiesIn(total), span]).join(' · ')}</p>${coverage(values, to)}
    ${gapLines(values, to)}`
  return { title, at: 'months', body, links: { up: year === null ? null : to({ kind: 'months' }) } }
}

/** The spans of days of which stories may be missing. */
function gapLines({ gaps }: Coverage, to: Links): Html | false {
  const lines = gaps.map(({ from, to: last, source }) => {
    const day = (name: string): Html => markup`<a href="${to(dayRoute(name))}">${dayWords(name, 'whole')}</a>`
    return markup`<li>${day(from)}${from === last ? null : markup` – ${day(last)}`} <span class="quiet">${source}</span></li>`
  })
  return gaps.length > 0 && markup`<h2>${t`Gaps`}</h2><ul class="lines">${lines}</ul>`
}
