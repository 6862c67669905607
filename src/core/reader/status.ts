import { t } from '../../words/words.ts'
import { type Status, statusParts } from '../archive/status.ts'
import { idOfPath } from '../archive/path.ts'
import { heldWords, storiesIn } from './dates.ts'
import type { Page } from './frame.ts'
import { type Html, markup } from './html.ts'
import { type Links, storyRoute } from './routes.ts'
import { type Coverage, isInGap } from './months.ts'

/** How the archive stands, and what it holds. */
export interface StatusValues {
  status: Status
  coverage: Coverage
  /** The last day that is drawn. */
  today: string
}

const DAYS = 56
const DAY_MS = 86_400_000
const [WIDTH, HEIGHT] = [10, 90]

/** The page of how the archive stands: what `status` prints, and the last weeks. */
export function statusPage({ status, coverage, today }: StatusValues, to: Links): Page {
  const parts = statusParts(status).filter(({ lines }) => lines.length > 0)
  const rows = parts.map(
    ({ name, lines }) => markup`<dt>${name}</dt>${lines.map((line) => markup`<dd>${linked(line, to)}</dd>`)}`,
  )
  const body = markup`<div class="one"><h1>${t`Status`}</h1>${plot(coverage, today)}<dl class="state">${rows}</dl></div>`
  return { title: t`Status`, at: 'status', body }
}

const STORY_FILE = /(\d{4}-\d{2}-\d{2})\/\1-[^/]*?\.md/i

/** A line, the file of a story in it as a link to its page. */
function linked(line: string, to: Links): Html {
  const found = STORY_FILE.exec(line)
  const id = found === null ? null : idOfPath(found[0])
  if (found === null || id === null) return markup`${line}`
  const [path, day = ''] = found
  const end = found.index + path.length
  return markup`${line.slice(0, found.index)}<a href="${to(storyRoute({ day, id }))}">${path}</a>${line.slice(end)}`
}

/** Stories a day of the last weeks. */
function plot({ counts, gaps }: Coverage, today: string): Html {
  const last = Date.parse(`${today}T00:00:00Z`)
  const days = Array.from({ length: DAYS }, (_, at) =>
    new Date(last - (DAYS - 1 - at) * DAY_MS).toISOString().slice(0, 10),
  )
  const most = Math.max(1, ...days.map((day) => counts.get(day) ?? 0))
  const bars = days.map((day, at) => {
    const count = counts.get(day) ?? 0
    const isOpen = isInGap(day, gaps)
    const height = count === 0 ? 1 : Math.max(2, Math.round((HEIGHT * count) / most))
    const words = heldWords(day, 'whole', count, isOpen)
    return markup`<rect x="${at * WIDTH}" y="${HEIGHT - height}" width="${WIDTH - 3}" height="${height}"${isOpen && markup` class="open"`}><title>${words}</title></rect>`
  })
  const total = days.reduce((sum, day) => sum + (counts.get(day) ?? 0), 0)
  const weeks = DAYS / 7
  const words =
    total === 0
      ? t`no stories in the last ${weeks} weeks`
      : t`${storiesIn(total)} in the last ${weeks} weeks, busiest day: ${most}`
  return markup`<svg class="plot" viewBox="0 0 ${DAYS * WIDTH} ${HEIGHT}" role="img" aria-label="${words}">${bars}</svg><p class="quiet">${words}</p>`
}
