import { commas, t } from '../../words/words.ts'
import { type ArchiveStatus, statusParts } from '../archive/status.ts'
import { idOfPath } from '../archive/path.ts'
import { failedWords, type Held, heldInWords } from '../archive/held.ts'
import { heldWords } from './dates.ts'
import type { ReaderPage } from './frame.ts'
import { type Html, markup } from './html.ts'
import { type Links, storyRoute } from './routes.ts'

/** The width of a day in the drawing, and its height. */
const [WIDTH, HEIGHT] = [10, 90]
/** Room above the bars for what failed. */
const TOP = 8

/** The page of how the archive stands: what `status` prints, and the last weeks. */
export function statusPage(status: ArchiveStatus, to: Links): ReaderPage {
  const parts = statusParts(status).filter(({ lines }) => lines.length > 0)
  const rows = parts.map(
    ({ name, lines }) => markup`<dt>${name}</dt>${lines.map((line) => markup`<dd>${linked(line, to)}</dd>`)}`,
  )
  const body = markup`<div class="one"><h1>${t`Status`}</h1>${plot(status.days)}<dl class="state">${rows}</dl></div>`
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

/** Stories a day of the last weeks; above them a mark where some failed. */
function plot(days: readonly Held[]): Html {
  const most = Math.max(1, ...days.map(({ stories }) => stories))
  const bars = days.map(({ day, stories, failed, isInGap }, at) => {
    const height = stories === 0 ? 1 : Math.max(2, Math.round((HEIGHT * stories) / most))
    const words = commas([heldWords(day, 'whole', stories, isInGap), failedWords(failed)])
    const [x, width] = [at * WIDTH, WIDTH - 3]
    const mark = failed > 0 && markup`<rect x="${x}" y="0" width="${width}" height="4" class="open"/>`
    return markup`<g><title>${words}</title><rect x="${x}" y="${TOP + HEIGHT - height}" width="${width}" height="${height}"${isInGap && markup` class="open"`}/>${mark}</g>`
  })
  const words = heldInWords(days)
  return markup`<svg class="plot" viewBox="0 0 ${days.length * WIDTH} ${TOP + HEIGHT}" role="img" aria-label="${words}">${bars}</svg><p class="quiet">${words}</p>`
}
