import { t } from '../../words/words.ts'
import { isOpenDay } from '../archive/gap.ts'
import { isDay } from '../time.ts'
import { figures, storiesIn } from '../counts.ts'
import { dayWords, heldWords } from './dates.ts'
import type { ReaderPage } from './frame.ts'
import { type Html, markup } from './html.ts'
import { type Coverage, legend, shadeOf } from './months.ts'
import { dayRoute, type Links } from './routes.ts'

/** The page of a month (`2021-11`): a calendar of how many stories each day has. */
export function monthPage(month: string, { counts, gaps }: Coverage, to: Links): ReaderPage {
  const days = Array.from({ length: 31 }, (_, at) => `${month}-${String(at + 1).padStart(2, '0')}`).filter(isDay)
  const own = days.map((day) => counts.get(day) ?? 0)
  const last = [...counts.keys()].toSorted().at(-1) ?? ''
  const isOpen = (day: string): boolean => isOpenDay(day, gaps)
  const cell = (day: string): Html => {
    const count = counts.get(day) ?? 0
    const number = markup`<b>${Number(day.slice(8))}</b>`
    const classes = `${shadeOf(count, Math.max(...own))}${isOpen(day) ? ' gap' : ''}`
    const words = heldWords(day, 'whole', count, isOpen(day))
    if (count === 0 && day > last) return markup`<td><span>${number}</span></td>`
    if (count === 0)
      return markup`<td><span class="${classes}">${number}${isOpen(day) && markup`<small>${t`gap`}</small>`}</span></td>`
    return markup`<td><a class="${classes}" href="${to(dayRoute(day))}" aria-label="${words}">${number}<small>${figures(count)}</small></a></td>`
  }
  const lead = (new Date(`${month}-01T00:00:00Z`).getUTCDay() + 6) % 7
  const cells = [...Array.from({ length: lead }, () => markup`<td></td>`), ...days.map(cell)]
  const weeks = Array.from(
    { length: Math.ceil(cells.length / 7) },
    (_, at) => markup`<tr>${cells.slice(7 * at, 7 * at + 7)}</tr>`,
  )
  const heads = Array.from({ length: 7 }, (_, at) => {
    // The first of that January is a Monday.
    const day = `2024-01-0${at + 1}`
    return markup`<th scope="col"><abbr title="${dayWords(day, 'weekday')}">${dayWords(day, 'short')}</abbr></th>`
  })
  const months = [...new Set([...counts.keys()].map((day) => day.slice(0, 7)))].toSorted()
  const before = months.findLast((each) => each < month) ?? null
  const after = months.find((each) => each > month) ?? null
  const toMonth = (name: string | null): string | null => name && to({ kind: 'month', month: name })
  const step = (name: string | null, rel: string): Html | string | null =>
    name && markup`<a href="${toMonth(name)}" rel="${rel}">${dayWords(`${name}-01`, 'month')}</a>`
  const total = own.reduce((sum, count) => sum + count, 0)
  const title = dayWords(`${month}-01`, 'month')
  const body = markup`<div class="one"><div class="dayhead"><h1>${title}</h1><p class="quiet">${storiesIn(total)}</p>
    <nav class="steps" aria-label="${t`Months`}">${step(before, 'prev')}${step(after, 'next')}</nav></div>
    <table class="month"><thead><tr>${heads}</tr></thead><tbody>${weeks}</tbody></table>${legend(days.some(isOpen))}</div>`
  const links = { prev: toMonth(before), next: toMonth(after), up: to({ kind: 'months' }) }
  return { title, at: 'months', body, links }
}
