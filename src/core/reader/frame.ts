import { t } from '../../words/words.ts'
import { spokenTag } from './dates.ts'
import { type Html, markup } from './html.ts'
import type { FeedRoute, Links, Route } from './routes.ts'

/** What stands around every page. */
interface ReaderFrame {
  /** Of the paper whose archive it is; `null` where it has stories of several, or none. */
  paper: string | null
  to: Links
  /** What a browser may do with its pages, where they have to say it themselves. */
  policy?: string
}

/** Where a reader is. */
type NavPlace = 'newest' | 'months' | 'sections' | 'status' | 'search' | null

/** A page of the reader. */
export interface ReaderPage {
  title: string
  at: NavPlace
  body: Html
  /** What is searched for; left out where nothing is. */
  query?: string
  /** Of what its feed is; left out where it is of all. */
  feed?: FeedRoute['of']
  /** Where the keys lead: to the page before it, behind it, above it, and to where its story is from. */
  links?: { prev?: string | null; next?: string | null; up?: string | null; original?: string | null }
}

/** The document of a page, in the language that is spoken. */
export function documentOf(
  { title, at, body, query = '', feed = null, links = {} }: ReaderPage,
  { paper, to, policy }: ReaderFrame,
): string {
  const item = (place: Route['kind'] & NavPlace, words: string): Html | string | null => {
    const href = to({ kind: place } as Route)
    return (
      href &&
      markup`<a data-key="${place.charAt(0)}" href="${href}"${at === place && markup` aria-current="page"`}>${words}</a>`
    )
  }
  const feedAt = (format: FeedRoute['format']): string | null => to({ kind: 'feed', format, of: feed })
  const link = (rel: string, href: string | null | undefined): Html | false =>
    typeof href === 'string' && markup`<link rel="${rel}" href="${href}">`
  const document = markup`<!doctype html>
    <html lang="${spokenTag()}"><head><meta charset="utf-8">${policy !== undefined && markup`<meta http-equiv="content-security-policy" content="${policy}"><meta name="referrer" content="no-referrer">`}
    <meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
    <title>${title} · ${paper === null ? t`Archive` : t`${paper} archive`}</title><link rel="icon" href="${to({ kind: 'icon' })}"><link rel="stylesheet" href="${to({ kind: 'style' })}">
    ${link('prev', links.prev)}${link('next', links.next)}${link('up', links.up)}${link('original', links.original)}
    <link rel="alternate" type="application/atom+xml" href="${feedAt('atom')}">
    <script src="${to({ kind: 'script' })}" defer></script></head><body>
    <a class="skip" href="#main">${t`To the text`}</a>
    <header class="mast"><a class="name" href="${to({ kind: 'newest' })}">${paper !== null && markup`<b>${paper}</b> `}${t`Archive`}</a>
    <nav aria-label="${t`Pages`}">${item('newest', t`Newest`)}${item('months', t`Months`)}
    ${item('sections', t`Sections`)}${item('status', t`Status`)}</nav>
    <form role="search" action="${to({ kind: 'search', query: '', order: 'newest', before: null })}"><input type="search" name="q" value="${query}" aria-label="${t`Search the archive`}" autocomplete="off" spellcheck="false">
    <button>${t`Search`}</button></form></header>
    <main id="main" tabindex="-1">${body}</main>
    <footer><a href="${feedAt('atom')}">Atom</a> <a href="${feedAt('json-feed')}">JSON Feed</a>
    <span class="keyhint"><kbd>?</kbd> ${t`keys`}</span></footer>
    ${keys()}</body></html>`
  return `${String(document)}\n`
}

/** The keys, shown by `?`. */
function keys(): Html {
  const all = [
    ['j k', t`next and previous story`],
    ['o', t`open it`],
    ['h l', t`page before, page after`],
    ['u', t`up to the day`],
    ['v', t`the original, on its site`],
    ['/', t`search`],
    ['g', t`the newest day`],
    ['m', t`all months`],
    ['?', t`these keys`],
  ] as const
  const rows = all.map(([key, words]) => {
    const caps = key.split(' ').map((cap) => markup`<kbd>${cap}</kbd> `)
    return markup`<div><dt>${caps}</dt><dd>${words}</dd></div>`
  })
  return markup`<dialog id="keys" aria-labelledby="keys-title"><form method="dialog"><h2 id="keys-title">${t`Keys`}</h2>
    <dl>${rows}</dl><p><label><input type="checkbox" id="keys-on" checked> ${t`Single keys work`}</label></p>
    <button>${t`Close`}</button></form></dialog>`
}

/** A page that says why there is none. */
export function faultPage(title: string, words: string): ReaderPage {
  return { title, at: null, body: markup`<div class="one"><h1>${title}</h1><p>${words}</p></div>` }
}
