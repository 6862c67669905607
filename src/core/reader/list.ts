import { partsSaid, plural, t } from '../../words/words.ts'
import type { StoryEntry } from './entry.ts'
import { headline, type Html, markup } from './html.ts'
import { changesRoute, type Links, listRoute, storyRoute } from './routes.ts'
import { sectionTitle } from './sections.ts'

/** Stories of a day that a page shows: a browser shows hundreds at once, not what is imported of some days. The others are on the day's further pages. */
export const MOST_OF_A_DAY = 200

/** Stories, the way a wire runs: times at the left. `level`: of their headings. */
export function storyList(entries: readonly StoryEntry[], level: 2 | 3, to: Links): Html {
  return markup`<ol class="list">${entries.map((entry) => storyRow(entry, level, to))}</ol>`
}

function storyRow(entry: StoryEntry, level: 2 | 3, to: Links): Html {
  const { title, lang, excerpt, picture } = entry
  const spokenIn = langOf(lang)
  const link = markup`<a class="to" href="${to(storyRoute(entry))}"${spokenIn}>${headline(title)}</a>`
  return markup`<li>${timeOf(entry)}<div>${level === 2 ? markup`<h2>${link}</h2>` : markup`<h3>${link}</h3>`}
    ${excerpt !== '' && markup`<p${spokenIn}>${excerpt}</p>`}${marksLine(entry, to)}</div>
    ${picture && markup`<img src="${to({ kind: 'picture', path: picture })}" alt="" loading="lazy" width="120" height="80">`}</li>`
}

/** The language of a story, as an attribute. */
export function langOf(lang: string | null): Html | false {
  return lang !== null && markup` lang="${lang}"`
}

function timeOf({ published, clock }: StoryEntry): Html {
  if (published === null) return markup`<span class="time"></span>`
  return markup`<time class="time" datetime="${published}">${clock}</time>`
}

function marksLine(entry: StoryEntry, to: Links): Html | false {
  const { section, pictures } = entry
  const marks = [
    section !== null && markup`<a href="${to(listRoute('section', section))}">${sectionTitle(section)}</a>`,
    changesMark(entry, to),
    pictures > 0 && markup`<span>${plural(pictures, t`1 picture`, t`${pictures} pictures`)}</span>`,
    ...marksOf(entry).map((words) => markup`<em>${words}</em>`),
  ]
  return marks.some((mark) => mark !== false) && markup`<p class="marks">${marks}</p>`
}

/** A link to what changed in a story; none where nothing did. */
export function changesMark(entry: StoryEntry, to: Links): Html | false {
  const { changes } = entry
  if (changes === 0) return false
  const words = plural(changes, t`changed once`, t`changed ${changes} times`)
  return markup`<a class="changed" href="${to(changesRoute(entry))}">${words}</a>`
}

/** What speaks for a mark of a story; left out where it is not known. */
type Marked = Pick<StoryEntry, 'access'> & Partial<Pick<StoryEntry, 'isGeneric' | 'isDoubted'>>

/** What a reader should know of a text: that it is a beginning, how it was read, that something speaks against it. */
export function marksOf({ access, isGeneric, isDoubted }: Marked): string[] {
  return partsSaid([
    access === 'subscriber' && t`for subscribers: the beginning alone`,
    isGeneric === true && t`read without a layout`,
    isDoubted === true && t`in doubt`,
  ])
}
