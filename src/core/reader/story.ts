import { commas, type Message, t } from '../../words/words.ts'
import type { StoryRecord } from '../model.ts'
import { hostOf, publicAddress } from '../publish/address.ts'
import { notesOf } from '../publish/notes.ts'
import { dayWords } from './dates.ts'
import type { Entry } from './entry.ts'
import type { Page } from './frame.ts'
import { headline, type Html, markup, storyBody, when } from './html.ts'
import { changesMark, langOf } from './list.ts'
import { placeOf, placeOfList } from './routes.ts'
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
  entry: Entry
  record: StoryRecord
  /** What its paper calls the zone of its clock. */
  zone: Message | string
  /** The day by that clock. */
  date: string
  /** The story before and behind it, on its day or on the nearest that has any; `null` where there is none. */
  before: Entry | null
  after: Entry | null
  /** Pictures that are not kept are shown from where they stand. */
  remote: boolean
}

/** The page of a story. */
export function storyPage(values: StoryValues): Page {
  const { entry, record, before, after, remote } = values
  const original = publicAddress(record.url, record.url)
  const body = markup`<article class="story">${storyHead(values, original)}
    <div class="text"${langOf(entry.lang)}>${storyBody(record, ({ url, path }) => (path === null ? (remote ? url : null) : `/${path}`))}</div>
    ${pictures(values)}
    </article>${neighbours(before, after)}`
  const links = { prev: after && placeOf(after), next: before && placeOf(before), up: `/${entry.day}`, original }
  return { title: record.title, at: null, body, links }
}

/** The day, the section, the headline, and what is known of the text. */
function storyHead({ entry, record, zone, date }: StoryValues, original: string | null): Html {
  const { day, section, clock, published } = entry
  const { bylines, author } = record
  const place = placeOf(entry)
  const facts = [
    ...(clock === null || published === null
      ? []
      : [
          markup`<time datetime="${published}">${day === date ? '' : `${dayWords(date, 'day')} `}${clock}</time> <small>${t`${zone} time`}</small>`,
        ]),
    ...(bylines.length === 0 ? [] : [markup`${commas(bylines)}`]),
    ...(author === null ? [] : [markup`<a href="${placeOfList('paper', author)}">${author}</a>`]),
    ...(original === null ? [] : [markup`<a href="${original}" rel="noreferrer">${t`original`}</a>`]),
    markup`<a href="${place}.txt">${t`plain text`}</a>`,
    ...changesMark(entry),
  ]
  const warnings = notesOf(record)
  return markup`<header><p class="kicker"><a href="/${day}" rel="up">${dayWords(day, 'whole')}</a>
    ${when(section !== null, () => markup`<a href="${placeOfList('section', section ?? '')}">${sectionTitle(section ?? '')}</a>`)}</p>
    <h1${langOf(entry.lang)}>${headline(record.title)}</h1><ul class="facts">${facts.map((fact) => markup`<li>${fact}</li>`)}</ul>
    ${when(warnings.length > 0, () => markup`<p class="warning">${warnings.join(' ')}</p>`)}</header>`
}

/** What may be done for pictures that are not kept. */
function pictures({ entry, record, remote }: StoryValues): Html {
  const away = record.images.filter(({ path }) => path === null)
  if (away.length === 0) return markup``
  const hosts = [...new Set(away.flatMap(({ url }) => hostOf(url, record.url) ?? []))]
  if (remote) return markup`<p class="quiet"><a href="${placeOf(entry)}">${t`without pictures from elsewhere`}</a></p>`
  const words = t`show pictures from ${hosts}`
  return markup`<p class="quiet"><a href="${placeOf(entry)}?pictures=remote">${words}</a></p>`
}

function neighbours(before: Entry | null, after: Entry | null): Html {
  const to = (entry: Entry | null, words: string, rel: string): Html =>
    when(entry !== null, () => {
      const { title, lang } = entry ?? { title: '', lang: null }
      const href = entry === null ? '/' : placeOf(entry)
      return markup`<a class="${rel}" href="${href}" rel="${rel}"><small>${words}</small><span${langOf(lang)}>${headline(title)}</span></a>`
    })
  return when(
    before !== null || after !== null,
    () =>
      markup`<nav class="beside" aria-label="${t`Stories beside this one`}">${to(after, t`later`, 'prev')}${to(before, t`earlier`, 'next')}</nav>`,
  )
}
