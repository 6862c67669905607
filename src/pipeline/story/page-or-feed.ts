import type { Candidate } from '../../core/archive/plan.ts'
import { type Document, valueOf } from '../../core/document/document.ts'
import { paragraphsOf, proseOf } from '../../core/html/prose.ts'
import { lettersIn, missingSentences, sharedSentences } from '../../core/witness.ts'
import type { WholeTexts } from '../../core/archive/state.ts'
import { siteAt } from '../candidate.ts'
import { SAME_SHARE } from './names.ts'
import { isoTime } from '../../core/time.ts'
import type { Reading } from '../reading/read-story.ts'
import type { Run } from '../run.ts'
import { type Message, message } from '../../words/words.ts'

/** A text with less than this part of another's letters is a summary of it. */
export const SUMMARY_SHARE = 0.5
/** A text that has less than this part of another's sentences is of another matter. */
const OTHER_SHARE = 0.2
const LONGER_SHARE = 1.1
/** Pages in a row that had no word more than the feed: then its texts are whole. */
const PAGES_ALIKE = 3
/** A page that had more is held against the feed for so many that have not. */
const PAGES_AGAINST = 20

/** The words of a text, as they are compared. */
export function wordsOfReading({ body }: Pick<Reading, 'body'>): string {
  return 'text' in body ? body.text : proseOf(body.html)
}

const LONGEST_HEADLINE = 60

/** What stands for the headline of a note without one: its first sentence, or the beginning of it. */
export function headlineIn(html: string): string {
  const [sentence = ''] = proseOf(html)
    .trim()
    .split(/(?<=[。！？\n])|(?<=[.!?])\s/)
  const letters = Array.from(sentence.trim())
  return letters.length > LONGEST_HEADLINE ? `${letters.slice(0, LONGEST_HEADLINE).join('')}…` : letters.join('')
}

const SENTENCE_END = /[.!?。！？…][”’」』）)"']*$|[”」』]$/

/** The lines of a text that are sentences; the whole where it has none: what programs write below a text is none. */
function sentenceLinesOf(text: string): string {
  const lines = text.split('\n').filter((line) => SENTENCE_END.test(line.trim()))
  return lines.length === 0 ? text : lines.join('\n')
}

/** True for a file that says no more than a feed's text, edited since or not: a page's goes on where a feed ends, or has its mark. */
export function isTextOfFeed(file: Document, html: string): boolean {
  if (valueOf(file, 'extraction') !== undefined) return false
  const feed = proseOf(html)
  return lettersIn(file.body) <= LONGER_SHARE * lettersIn(feed) && sharedSentences(file.body, feed) >= SAME_SHARE
}

/** What a feed says against the text of a page that is taken; `null` where it has nothing to say. */
export function feedAgainst(page: string, feed: string): Message | null {
  return missingSentences(sentenceLinesOf(feed), page, message`the feed`)
}

/**
 * Which of two texts of one story is taken: its page's, read without a layout, or its feed's. The longer one is, unless the
 * page is the longer and has nothing of what the feed says, which is no summary: then it is another story's, or none's.
 */
export function betterOf(page: string, feed: string): 'page' | 'feed' {
  const [pageLetters, feedLetters] = [lettersIn(sentenceLinesOf(page)), lettersIn(sentenceLinesOf(feed))]
  if (feedLetters > LONGER_SHARE * pageLetters) return 'feed'
  return feedLetters >= SUMMARY_SHARE * pageLetters && sharedSentences(feed, page) < OTHER_SHARE ? 'feed' : 'page'
}

/** Ends of trimmed texts that go on elsewhere: an ellipsis, a link to read more, what programs write below an excerpt. */
const CUT_END =
  /(?:…|\.{3}|\[…\]|\[\.\.\.\]|&hellip;)\s*[\])）】]?$|(?:read|continue|full|view|see)\s+(?:more|reading|story|article|the rest|full \w+|original)[^\n]{0,80}$|(?:阅读|閱讀|查看|点击|點擊|继续|繼續|了解)(?:全文|更多|原文|阅读|閱讀|查看)[^\n]{0,20}$|(?:全文|更多|原文)\s*(?:>+|»|→|…)?$/i
const LEAST_PARAGRAPHS = 3
const LEAST_LETTERS = 120

/** A text without the mark at its end that it goes on elsewhere. */
export const withoutCutEnd = (text: string): string => text.trim().replace(CUT_END, '')

/** True for a text that may be all of a story: of several paragraphs, and with no mark at its end that it goes on elsewhere. */
export function looksWhole(html: string): boolean {
  const paragraphs = paragraphsOf(html).filter(({ text }) => lettersIn(text) > 0)
  const last = paragraphs.at(-1)?.text.trim() ?? ''
  const long = paragraphs.filter(({ text }) => lettersIn(text) >= 10)
  if (long.length < LEAST_PARAGRAPHS || CUT_END.test(last)) return false
  return long.reduce((sum, { text }) => sum + lettersIn(text), 0) >= LEAST_LETTERS
}

/**
 * True where a story's page need not be asked for, since its feed carries whole texts: pages of late, of the site to which its
 * link leads, had no word more, one of this day among them, and this text looks whole too.
 */
export function isFeedEnough(candidate: Candidate, run: Run): boolean {
  const { html, url } = candidate
  const known = wholeTextsOf(candidate, run)
  if (html === null || known?.site !== siteAt(url)) return false
  const isOfToday = known.at.slice(0, 10) === isoTime(run.io.now()).slice(0, 10)
  return isOfToday && known.pages >= PAGES_ALIKE && looksWhole(html)
}

/** What is known of whether the texts of a story's feed are whole. */
function wholeTextsOf({ source = '' }: Candidate, { found, state }: Run): WholeTexts | undefined {
  return found.wholeTexts.get(source) ?? state.sources[source]?.wholeTexts
}

/** True where pages of a story's feed were read beside its texts. */
export function knowsPagesOf(candidate: Candidate, run: Run): boolean {
  return wholeTextsOf(candidate, run) !== undefined
}

/** Notes whether a story's page, at a site, had more than its feed: both are texts that were read. */
export function compareWithFeed(
  { page, site }: { page: string; site: string | null },
  feed: string,
  candidate: Candidate,
  run: Run,
): void {
  const { source, html } = candidate
  if (source === undefined || html === null || site === null || lettersIn(page) === 0) return
  const known = wholeTextsOf(candidate, run)
  const isAll = looksWhole(html) && sharedSentences(page, feed) === 1
  const before = known?.site === site ? known.pages : 0
  const pages = isAll ? Math.min(before + 1, PAGES_ALIKE) : -PAGES_AGAINST
  run.found.wholeTexts.set(source, { pages, at: isoTime(run.io.now()), site })
}
