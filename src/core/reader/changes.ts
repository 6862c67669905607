import { plural, t } from '../../words/words.ts'
import { paragraphsOf } from '../markdown/read.ts'
import { type Compared, comparedLines, comparedTexts, type ChangePiece } from '../text/changes.ts'
import { figures } from '../counts.ts'
import { neighboursOf } from '../groups.ts'
import { dayWords, spokenTag } from './dates.ts'
import type { StoryEntry } from './entry.ts'
import type { ReaderPage } from './frame.ts'
import { headline, type Html, markup } from './html.ts'
import { langOf } from './list.ts'
import { changesRoute, type Links, storyRoute } from './routes.ts'
import type { Version } from './story.ts'

/** A text of a story, and the one before it. */
interface ChangesValues {
  entry: StoryEntry
  /** The oldest first. */
  versions: readonly Version[]
  shown: Version
  /** `null`: there is none that is kept. */
  before: Version | null
}

/** Fewer paragraphs in a row that are in both texts are not folded. */
const LEAST_FOLDED = 3

/** The page of what changed in a story with one of its texts. */
export function changesPage({ entry, versions, shown, before }: ChangesValues, to: Links): ReaderPage {
  const { lang } = entry
  const { title } = shown.record
  const head = before === null ? [] : comparedLines(before.record.title, title, lang)
  const now = paragraphsOf(shown.record.markdown)
  const paragraphs = before === null ? [] : comparedTexts(paragraphsOf(before.record.markdown), now, lang)
  const story = to(storyRoute(entry))
  const body = markup`<article class="story"><header><p class="kicker"><a href="${story}" rel="up">${t`to the story`}</a></p>
    <h1${langOf(lang)}>${head.every(({ kind }) => kind === 'same') ? headline(title) : piecesOf(head)}</h1></header>
    ${versionsRow(entry, versions, shown, to)}<p class="summary" role="status">${summary(head, paragraphs, before, shown)}</p>
    <div class="text"${langOf(lang)}>${before === null ? now.map((words) => markup`<p>${words}</p>`) : folded(paragraphs)}</div></article>`
  return { title: t`Changes: ${title}`, at: null, body, links: { up: story, prev: story } }
}

function versionsRow(entry: StoryEntry, versions: readonly Version[], shown: Version, to: Links): Html {
  const items = versions.map((version) => {
    const { number, time } = version
    const words = version === versions.at(-1) ? t`now` : t`text ${number}`
    const current = version === shown && markup` aria-current="true"`
    return markup`<li><a href="${to(changesRoute(entry, number))}"${current}>${words}${time && markup` <small>${dayWords(time.day, 'day')} ${time.clock}</small>`}</a></li>`
  })
  return markup`<nav aria-label="${t`Texts of this story`}"><ol class="versions">${items}</ol></nav>`
}

/** What changed, in words. */
function summary(
  head: readonly ChangePiece[],
  paragraphs: readonly Compared[],
  before: Version | null,
  shown: Version,
): Html {
  if (before === null) return markup`${t`This is the first text that is kept.`}`
  const pieces = paragraphs.flatMap((paragraph) => paragraph.pieces)
  const units = (kind: ChangePiece['kind']): number =>
    pieces.filter((piece) => piece.kind === kind).reduce((sum, piece) => sum + Array.from(piece.text).length, 0)
  const [added, removed] = [units('added'), units('removed')]
  const isNewHead = head.some(({ kind }) => kind !== 'same')
  const pictures = shown.record.images.length - before.record.images.length
  const parts = [
    added > 0 && markup`<ins>${plural(added, t`1 character added`, t`${figures(added)} characters added`)}</ins>`,
    removed > 0 &&
      markup`<del>${plural(removed, t`1 character removed`, t`${figures(removed)} characters removed`)}</del>`,
    isNewHead && markup`<span>${added + removed === 0 ? t`only the headline changed` : t`the headline changed`}</span>`,
    pictures > 0 && markup`<span>${plural(pictures, t`1 picture more`, t`${pictures} pictures more`)}</span>`,
    pictures < 0 && markup`<span>${plural(-pictures, t`1 picture fewer`, t`${-pictures} pictures fewer`)}</span>`,
  ]
  const isAny = parts.some((part) => part !== false)
  return isAny ? markup`${parts}` : markup`${t`The text is the same; links, marks or notes changed.`}`
}

function piecesOf(pieces: readonly ChangePiece[]): Html[] {
  return pieces.map(({ kind, text }) => {
    if (kind === 'same') return markup`${text}`
    return kind === 'added' ? markup`<ins>${text}</ins>` : markup`<del>${text}</del>`
  })
}

/** The paragraphs, those in between that are in both texts folded away. */
function folded(paragraphs: readonly Compared[]): Html[] {
  return neighboursOf(paragraphs, ({ kind }) => kind === 'same').flatMap((run) => {
    const shown = run.map(({ pieces }) => markup`<p>${piecesOf(pieces)}</p>`)
    if (run[0]?.kind !== 'same' || run.length < LEAST_FOLDED) return shown
    return markup`<details><summary lang="${spokenTag()}">${t`${run.length} paragraphs as before`}</summary>${shown}</details>`
  })
}
