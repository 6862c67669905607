/** What searches a static site, in a browser: a script of its own beside the pages, `search.js`. */
import { candidatesOf, type PossibleHit } from './core/search/browse.ts'
import { shownOf } from './core/search/hit.ts'
import { partsOf, type TextSpan } from './core/search/places.ts'
import { parseQuery, type Query } from './core/search/query.ts'
import type { SectionPlace } from './core/search/sections.ts'
import type { Segment } from './core/search/segment.ts'
import { namesUnknown } from './core/search/unknown.ts'
import { CHINESE_ZONE } from './core/time.ts'
import { type Message, said, saidIn } from './words/words.ts'
import { OF_SEARCH } from './words/zh/core-search.ts'

const ON_A_PAGE = 20
/** Stories whose pages are asked for at once. */
const AT_ONCE = 6
/** What ends a line of a story's text. */
const BLOCKS = 'p, h2, h3, h4, h5, h6, li, td, th, pre, figcaption'

const one = (selector: string): HTMLElement => document.querySelector<HTMLElement>(selector)!
const input = document.querySelector<HTMLInputElement>('input[name=q]')!
const heading = one('[data-live] h1')
const status = one('[data-live] [role=status]')
const list = one('.found')
const more = one('#more')
/** What the page says before anything is looked for. */
const [blankHeading, blankTitle] = [heading.textContent, document.title]
const say = (name: string, hole: string | number = ''): string =>
  (one(`#say-${name}`).getAttribute('value') ?? '').replace('#', () => String(hole))
/** A message in the language of the page. */
const sayMessage = (words: Message): string =>
  document.documentElement.lang === 'en'
    ? said(words)
    : saidIn({ language: 'zh', catalogue: OF_SEARCH }, () => said(words))

const sections = new Map(JSON.parse(one('#sections').getAttribute('value') ?? '[]') as [string, SectionPlace][])

/** Files of the index that were asked for. */
const files = new Map<string, Promise<string>>()

function load(file: string): Promise<string> {
  const known = files.get(file) ?? textAt(`search/${file}`)
  files.set(file, known)
  known.catch(() => files.delete(file))
  return known
}

async function textAt(address: string, cache: RequestCache = 'default'): Promise<string> {
  const answer = await fetch(address, { cache })
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`)
  return answer.text()
}

let segments: Promise<Segment[]> | undefined
const segmentsThere = (): Promise<Segment[]> =>
  (segments ??= textAt('search/index.json', 'no-cache').then((text) => JSON.parse(text) as Segment[]))

interface Story {
  address: string
  title: string
  lang: string
  section: HTMLAnchorElement | null
  /** What a reader should know of its text. */
  marks: readonly string[]
  text: string
}

/** A story, read off its page. */
function storyAt(place: string): Promise<Story> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.responseType = 'document'
    request.addEventListener('error', reject)
    request.addEventListener('load', () => {
      const page = request.responseXML
      const [title, text] = [page?.querySelector('h1'), page?.querySelector('.text')]
      if (request.status !== 200 || !page || !title || !text) return reject(new Error(place))
      // Where a picture stands that is not shown is said by the page, not by the story.
      for (const link of text.querySelectorAll('.elsewhere a:last-child')) link.remove()
      for (const block of text.querySelectorAll(BLOCKS)) block.append('\n\n')
      for (const line of text.querySelectorAll('br')) line.replaceWith('\n')
      resolve({
        address: request.responseURL,
        title: title.textContent,
        lang: title.getAttribute('lang') ?? '',
        section: page.querySelector<HTMLAnchorElement>('.kicker a:nth-of-type(2)'),
        marks: JSON.parse(page.querySelector('.warning')?.getAttribute('data-marks') ?? '[]') as string[],
        text: text.textContent.replace(/\n{2,}/g, '\n\n').trim(),
      })
    })
    request.open('GET', `${place}.html`)
    request.send()
  })
}

function element(name: string, attributes: Record<string, string>, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) if (value !== '') made.setAttribute(key, value)
  made.append(...children)
  return made
}

function marked(text: string, places: readonly TextSpan[]): (Node | string)[] {
  return partsOf(text, places).map((part) => (part.isMarked ? element('mark', {}, part.text) : part.text))
}

function row({ address, title, lang, section, marks, text }: Story, place: string, query: Query): HTMLElement {
  const day = place.slice(0, 10)
  const { places, excerpt } = shownOf(title, text, query)
  const link = element('a', { class: 'to', href: address, lang }, ...marked(title, places))
  const ofSection = section === null ? [] : [element('a', { href: section.href }, section.textContent)]
  return element(
    'li',
    {},
    element('time', { class: 'time', datetime: day }, day),
    element(
      'div',
      {},
      element('h2', {}, link),
      element('p', { lang }, ...marked(excerpt.text, excerpt.places)),
      element('p', { class: 'marks' }, ...ofSection, ...marks.map((words) => element('em', {}, words))),
    ),
  )
}

/** Shows the next page of what is looked for. */
let showMore: () => Promise<void> = async () => undefined
more.addEventListener('click', () => void showMore().catch(failed))

let run = 0
let wanted = ''

/** Looks for what is typed, and shows what is found as it comes. */
async function search(): Promise<void> {
  const typed = input.value.trim()
  if (typed === wanted) return
  wanted = typed
  const own = (run += 1)
  history.replaceState(null, '', typed === '' ? location.pathname : `?q=${encodeURIComponent(typed)}`)
  const asked = parseQuery(typed, { nowMs: Date.now(), zone: CHINESE_ZONE, sections })
  more.hidden = list.hidden = true
  status.textContent = asked === null && typed !== '' ? say('nothing', typed) : ''
  list.replaceChildren()
  document.title = asked === null ? blankTitle : say('title', typed)
  heading.textContent = asked === null ? blankHeading : say('heading', typed)
  if (asked === null) return
  const { query, fault } = asked
  status.textContent = say('loading')
  try {
    const found = candidatesOf(query, await segmentsThere(), load)
    const page = async (): Promise<void> => {
      more.hidden = true
      const isWhole = await fill(found, query, () => own === run)
      if (own !== run) return
      const count = list.childElementCount
      const told = isWhole ? (count === 1 ? say('one') : say('many', count)) : say('more', count)
      const unknown = count === 0 ? namesUnknown(query, sections).map(sayMessage) : []
      const read = fault === null ? say('alike') : say('plain', sayMessage(fault))
      status.textContent = [count === 0 ? say('none') : told, read, ...unknown].join(' · ')
      more.hidden = isWhole
    }
    showMore = page
    await page()
  } catch {
    if (own === run) failed()
  }
}

function failed(): void {
  wanted = ''
  segments = undefined
  status.textContent = say('fault')
}

/** Adds a page of what is found to the list; true where there is no more. `isOn`: it is still asked for. */
async function fill(found: AsyncGenerator<PossibleHit>, query: Query, isOn: () => boolean): Promise<boolean> {
  let isWhole = false
  for (let count = 0; count < ON_A_PAGE && !isWhole && isOn();) {
    const group: PossibleHit[] = []
    while (!isWhole && group.length < Math.min(AT_ONCE, ON_A_PAGE - count)) {
      const next = await found.next()
      if (next.done === true) isWhole = true
      else group.push(next.value)
    }
    const stories = await Promise.all(group.map(({ place }) => storyAt(place)))
    if (!isOn()) return false
    for (const [at, { place, holds }] of group.entries()) {
      const story = stories[at]!
      if (!holds(story.title, story.text)) continue
      list.append(row(story, place, query))
      list.hidden = false
      count += 1
    }
  }
  return isWhole
}

let timer: ReturnType<typeof setTimeout> | undefined
function soon(): void {
  clearTimeout(timer)
  timer = setTimeout(() => void search(), 150)
}
input.addEventListener('input', (event) => {
  if (event instanceof InputEvent && event.isComposing) clearTimeout(timer)
  else soon()
})
input.addEventListener('compositionend', soon)
input.form?.addEventListener('submit', (event) => {
  event.preventDefault()
  void search()
})
input.value = new URLSearchParams(location.search).get('q') ?? ''
if (location.protocol === 'file:') failed()
else void search()
