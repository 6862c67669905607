import type { JournalEntry } from '../../core/archive/journal.ts'
import type { Candidate } from '../../core/archive/plan.ts'
import { type Document, fromOf, titleOf } from '../../core/document/document.ts'
import { HASH_ID } from '../../core/identity.ts'
import { lettersOf } from '../../core/text/letters.ts'
import { lettersIn, sharedPairs, sharedSentences } from '../../core/witness.ts'
import { identify, sectionOf, variantOf } from '../../sites/publishers.ts'
import { isShownAs, SAME_SHARE } from './names.ts'
import { withoutCutEnd, wordsOfReading } from './page-or-feed.ts'
import type { SourcedReading } from './result.ts'
import type { StoredFile } from '../records/look-up.ts'

/** Texts of so many letters are one whatever stands above them, where they share so much. */
const SAME_TEXT = 0.8
const LEAST_LETTERS = 100

/**
 * The story at the address of the script in which it was archived: a paper may show it in two, and the second says nothing
 * that the first does not. What a source shows in the other is no witness then.
 */
export function inItsScript(candidate: Candidate, document: Document | null, known: JournalEntry | null): Candidate {
  const script = variantOf(candidate.url)
  const from = document === null ? (known?.url ?? null) : fromOf(document)
  if (script === null || from === null || (variantOf(from) ?? script) === script) return candidate
  const { otherUrl: _, ...rest } = candidate
  return { ...rest, url: from, section: sectionOf(from), title: null, html: null }
}

/**
 * True for another address of a story that has no number, as far as addresses tell: of a headline that was edited, so that
 * the site leads on to another path of its day.
 */
export function isRenamed(url: string, other: string): boolean {
  const [from, to] = [identify(url), identify(other)]
  return from.id !== to.id && from.day !== null && from.day === to.day && HASH_ID.test(from.id) && HASH_ID.test(to.id)
}

/** True for a file that has a story's headline and its words, or the beginning of them: of two texts of feeds nothing else tells. */
export function isTextOf({ document }: StoredFile, { story }: SourcedReading): boolean {
  return document === null || (story.title === titleOf(document) && isPartOf(wordsOfReading(story), document.body))
}

/** True where one of two texts is part of the other, whatever says that it goes on. */
function isPartOf(one: string, other: string): boolean {
  const [short = '', long = ''] = [one, other]
    .map((text) => lettersOf(withoutCutEnd(text)))
    .toSorted((a, b) => a.length - b.length)
  return short !== '' && long.includes(short)
}

/**
 * True for a file of the story that was found, be it edited since: pages of a site may all name one address as theirs. Of a beginning that
 * stands in for a page no sentence may be in it whole.
 */
export function isOfStory(there: StoredFile, found: SourcedReading): boolean {
  const { document } = there
  if (document === null || isTextOf(there, found)) return true
  const { story } = found
  const title = titleOf(document)
  const share = sharedPairs(story.title, title)
  const isTitle = share === null ? story.title === title : share >= SAME_SHARE
  const words = wordsOfReading(story)
  const isText = lettersIn(words) >= LEAST_LETTERS && sharedSentences(words, document.body) >= SAME_TEXT
  return isText || (isTitle && sharedSentences(words, document.body) >= SAME_SHARE)
}

/** True for a file of another story than that which was found: of another headline, and of another text. */
export function isOfAnother(there: StoredFile, found: SourcedReading): boolean {
  const { document } = there
  return document !== null && !isShownAs(found.story.title, { title: titleOf(document) }) && !isOfStory(there, found)
}
