import { commas, type Message, t } from '../../words/words.ts'
import type { StoryRecord } from '../model.ts'
import { hostOf, publicAddress } from '../publish/address.ts'
import { notesOf } from '../publish/notes.ts'
import { dayWords } from './dates.ts'
import type { StoryEntry } from './entry.ts'
import type { ReaderPage } from './frame.ts'
import { headline, type Html, markup, storyBody } from './html.ts'
import { changesMark, langOf, marksOf } from './list.ts'
import { dayRoute, type Links, listRoute, storyRoute } from './routes.ts'
import { sectionTitle } from './sections.ts'

/** A text that a story has or had. */
export interface Version {
  number: number
  record: StoryRecord
  /** When the page had it, by its paper's clock; `null` where that is not known. */
  time: { day: string; clock: string } | null
}

/** A story to be read. */
export interface StoryValues {
  entry: StoryEntry
  record: StoryRecord
  /** What its paper calls the zone of its clock. */
  zone: Message | string
  /** The day by that clock. */
  date: string
  /** The story before and behind it, on its day or on the nearest that has any; `null` where there is none. */
  before: StoryEntry | null
  after: StoryEntry | null
  /** The page of its day on which it stands. */
  page: number
  /** Pictures that are not kept are shown from where they stand. */
  remote: boolean
}

/** The page of a story. */
export function storyPage(values: StoryValues, to: Links): ReaderPage {
  const { entry, record, page, before, after, remote } = values
  const original = publicAddress(record.url, record.url)
  const body = markup`<article class="story">${storyHead(values, original, to)}
    <div class="text"${langOf(entry.lang)}>${storyBody(record, ({ url, path }) => (path === null ? (remote ? url : null) : to({ kind: 'picture', path })))}</div>
    ${pictures(values, to)}
    </article>${neighbours(before, after, to)}`
  const links = {
    prev: after && to(storyRoute(after)),
    next: before && to(storyRoute(before)),
    up: to(dayRoute(entry.day, page)),
    original,
  }
  return { title: record.title, at: null, body, links }
}

/** The day, the section, the headline, and what is known of the text. */
function storyHead({ entry, record, zone, date, page }: StoryValues, original: string | null, to: Links): Html {
  const { id, day, section, clock, published } = entry
  const { author } = record
  const bylines = record.bylines.filter((name) => name !== author)
  const facts = [
    clock !== null &&
      markup`<time datetime="${published}">${day === date ? '' : `${dayWords(date, 'day')} `}${clock}</time> <small>${t`${zone} time`}</small>`,
    bylines.length > 0 && markup`${commas(bylines)}`,
    author !== null && markup`<a href="${to(listRoute('paper', author))}">${author}</a>`,
    original !== null && markup`<a href="${original}" rel="noreferrer">${t`original`}</a>`,
    markup`<a href="${to({ kind: 'file', day, id })}">${t`plain text`}</a>`,
    changesMark(entry, to),
  ]
  const warnings = notesOf(record)
  return markup`<header><p class="kicker"><a href="${to(dayRoute(day, page))}" rel="up">${dayWords(day, 'whole')}</a>
    ${section && markup`<a href="${to(listRoute('section', section))}">${sectionTitle(section)}</a>`}</p>
    <h1${langOf(entry.lang)}>${headline(record.title)}</h1><ul class="facts">${facts.map((fact) => fact && markup`<li>${fact}</li>`)}</ul>
    ${warnings.length > 0 && markup`<p class="warning" data-marks="${JSON.stringify(marksOf(entry))}">${warnings.join(' ')}</p>`}</header>`
}

/** What may be done for pictures that are not kept. */
function pictures({ entry, record, remote }: StoryValues, to: Links): Html | false {
  const away = record.images.filter(({ path }) => path === null)
  const other = to({ ...storyRoute(entry), remote: !remote })
  if (away.length === 0 || other === null) return false
  const hosts = [...new Set(away.flatMap(({ url }) => hostOf(url, record.url) ?? []))]
  const words = remote ? t`without pictures from elsewhere` : t`show pictures from ${hosts}`
  return markup`<p class="quiet"><a href="${other}">${words}</a></p>`
}

function neighbours(before: StoryEntry | null, after: StoryEntry | null, to: Links): Html | false {
  const link = (entry: StoryEntry | null, words: string, rel: string): Html | null =>
    entry &&
    markup`<a class="${rel}" href="${to(storyRoute(entry))}" rel="${rel}"><small>${words}</small><span${langOf(entry.lang)}>${headline(entry.title)}</span></a>`
  return (
    (before !== null || after !== null) &&
    markup`<nav class="beside" aria-label="${t`Stories beside this one`}">${link(after, t`later`, 'prev')}${link(before, t`earlier`, 'next')}</nav>`
  )
}
