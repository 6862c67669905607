import { clauses, type Message, said, t } from '../../words/words.ts'
import { partsOf, type TextSpan } from '../search/places.ts'
import type { Access } from '../model.ts'
import type { SectionPlace } from '../search/sections.ts'
import { nothingIn } from '../search/unknown.ts'
import { figures, storiesIn } from '../counts.ts'
import type { ReaderPage } from './frame.ts'
import { type Html, markup } from './html.ts'
import { langOf, marksOf } from './list.ts'
import { changesRoute, type Links, listRoute, type SearchRoute, storyRoute } from './routes.ts'
import { sectionTitle } from './sections.ts'

/** A story that was found. */
export interface FoundStory {
  id: string
  day: string
  title: string
  /** Where the headline has what was asked for. */
  places: readonly TextSpan[]
  excerpt: { text: string; places: readonly TextSpan[] } | null
  section: string | null
  lang: string | null
  changes: number
  access: Access
}

/** What a search found. */
interface SearchValues {
  asked: SearchRoute
  found: readonly FoundStory[]
  /** How many stories it finds; `isMore`: there are more than that. */
  count: number
  isMore: boolean
  /** Where the next page begins; `null` where there is none. */
  next: number | null
  /** Why the query is searched as plain text; `null` where it is not. */
  fault: Message | null
  /** What of a query that finds nothing is called by no name that is known. */
  unknown: readonly Message[]
}

/** The page of what a query finds. */
export function searchPage({ asked, found, count, isMore, next, fault, unknown }: SearchValues, to: Links): ReaderPage {
  const later = next === null ? null : to({ ...asked, before: next })
  const order = (name: SearchRoute['order'], words: string): Html => {
    const current = asked.order === name && markup` aria-current="true"`
    return markup`<a href="${to({ ...asked, order: name, before: null })}"${current}>${words}</a>`
  }
  const body = markup`<h1>${t`“${asked.query}”`}</h1><p class="quiet" role="status">${clauses([isMore ? t`more than ${figures(count)} stories` : storiesIn(count), t`simplified and traditional alike`])}</p>
    ${fault && markup`<p class="warning">${t`searched as plain text: ${fault}`}</p>`}${unknown.map((words) => markup`<p class="warning">${said(words)}</p>`)}
    <nav class="parts" aria-label="${t`Order`}">${order('newest', t`newest first`)}${order('best', t`best first`)}</nav>
    ${found.length === 0 ? markup`<p class="none">${t`Nothing has it.`}</p>` : markup`<ol class="list found">${found.map((one) => hit(one, to))}</ol>`}
    <nav class="steps foot" aria-label="${t`Further stories`}">${later && markup`<a href="${later}" rel="next">${t`earlier stories`}</a>`}</nav>`
  const links = { next: later, prev: asked.before === null ? null : to({ ...asked, before: null }) }
  return framed(asked.query, body, links)
}

/** The page before anything is searched for; with `words` why nothing is. */
export function searchAsidePage(query: string, words: string | null): ReaderPage {
  return framed(query, markup`<h1>${t`Search`}</h1>${words !== null && markup`<p role="status">${words}</p>`}`)
}

/** The page on which a static site is searched, by a script of its own; it says what that script is to say, and where `sections` are. */
export function searchFilesPage(script: string, sections: ReadonlyMap<string, SectionPlace>): ReaderPage {
  const words = {
    title: t`Search: ${'#'}`,
    heading: t`“${'#'}”`,
    one: storiesIn(1),
    many: t`${'#'} stories`,
    more: t`the newest ${'#'} stories`,
    alike: t`simplified and traditional alike`,
    plain: t`searched as plain text: ${'#'}`,
    none: t`Nothing has it.`,
    loading: t`Loading…`,
    nothing: said(nothingIn('#')),
    fault: t`The index cannot be read. A browser reads it from a web server alone, not from a folder; if this is one, load the page anew.`,
  }
  const told = Object.entries(words).map(
    ([name, text]) => markup`<data id="say-${name}" value="${text}" hidden></data>`,
  )
  const body = markup`<h1>${t`Search`}</h1><noscript><p>${t`Searching needs JavaScript; the rest of the archive does not: browse its days, months and sections.`}</p></noscript>
    <p class="quiet" role="status"></p><ol class="list found" hidden></ol>
    <p class="steps foot"><button id="more" hidden>${t`earlier stories`}</button></p>${told}<data id="sections" value="${JSON.stringify([...sections])}" hidden></data><script src="${script}" defer></script>`
  return framed('', body)
}

function framed(query: string, body: Html, links: ReaderPage['links'] = {}): ReaderPage {
  const title = query === '' ? t`Search` : t`Search: ${query}`
  return {
    title,
    at: 'search',
    query,
    links,
    feed: query === '' ? null : { kind: 'query', name: query },
    body: markup`<div class="two"><div data-live>${body}</div>${help()}</div>`,
  }
}

function hit(found: FoundStory, to: Links): Html {
  const { day, title, places, excerpt, section, lang, changes } = found
  const spokenIn = langOf(lang)
  return markup`<li><time class="time" datetime="${day}">${day}</time><div>
    <h2><a class="to" href="${to(storyRoute(found))}"${spokenIn}>${marked(title, places)}</a></h2>
    ${excerpt && markup`<p${spokenIn}>${marked(excerpt.text, excerpt.places)}</p>`}
    <p class="marks">${section && markup`<a href="${to(listRoute('section', section))}">${sectionTitle(section)}</a>`}
    ${changes > 0 && markup`<a class="changed" href="${to(changesRoute(found))}">${t`changed`}</a>`}${marksOf(found).map((words) => markup`<em>${words}</em>`)}</p></div></li>`
}

/** A text with its places marked. */
function marked(text: string, places: readonly TextSpan[]): Html[] {
  return partsOf(text, places).map((part) => (part.isMarked ? markup`<mark>${part.text}</mark>` : markup`${part.text}`))
}

/** How queries are written. */
function help(): Html {
  const rows = [
    [t`bridge ferry`, t`both`],
    [t`"floating bridge"`, t`one behind the other`],
    [t`bridge OR ferry`, t`one of them`],
    [t`bridge -toll`, t`without it`],
    [t`title:bridge`, t`in the headline`],
    [t`section:china`, t`of a section`],
    ['2021..2024', t`of these days`],
    [t`is:revised has:picture`, t`changed, with pictures`],
  ] as const
  return markup`<aside><h2>${t`How to ask`}</h2><dl class="how">${rows.map(([code, words]) => markup`<dt><code>${code}</code></dt><dd>${words}</dd>`)}</dl></aside>`
}

/** The words that say why a search cannot be made. */
export function whyNot(words: Message): string {
  return t`The archive cannot be searched: ${said(words)}`
}
