import type { ProseParagraph, Container } from './html/prose.ts'
import { lettersOf, smallLettersOf } from './text/letters.ts'
import { type Message, message, pluralOf } from '../words/words.ts'

/**
 * What else tells of a story's text than the layout that read it. A witness against a reading is one line with figures;
 * `null` where it agrees or has nothing to say. Bounds are those at which no whole page of the trials raised an alarm and
 * each halved one did.
 */

/**
 * Witnesses against a layout's reading that are enough to prefer another: one without layout that fewer speak against, or
 * the feed's own text.
 */
export const TOO_MANY_DOUBTS = 2

const SENTENCE = /[.!?。！？…][”’」』）)"']*$|[”」』]$/

/** How many letters and digits a text has. */
export function lettersIn(text: string): number {
  return lettersOf(text).length
}

/** The first letters of a paragraph tell it from every other. */
const TOLD_BY = 16
/** Where they stand, in nearly all. */
const TOLD_WITHIN = 60
const PROSE_LETTERS = 16
const PROSE_LINKED = 0.3
const OUTSIDE_LETTERS = 50
const OUTSIDE_SHARE = 0.15
/** A part of a body that was moved stands near the rest: below an element so many above the one that holds it. */
const LEVELS_ABOVE = 3

/** The innermost element that is around both; `null` where none is. */
function shared(one: Container | null, other: Container | null): Container | null {
  let [a, b] = [one, other]
  while (a !== b) {
    if ((a?.depth ?? 0) >= (b?.depth ?? 0)) a = a?.parent ?? null
    else b = b?.parent ?? null
  }
  return a
}

function isWithin(place: Container | null, outer: Container): boolean {
  let here = place
  while (here !== null && here.depth > outer.depth) here = here.parent
  return here === outer
}

/** True for a paragraph of prose: a sentence of `least` letters or more, for the most part no link. */
export function isProseLike(text: string, linked: number, least = PROSE_LETTERS): boolean {
  return linked < PROSE_LINKED && lettersIn(text) >= least && SENTENCE.test(text.trim())
}

function firstLetters(text: string): string {
  const begin = lettersOf(text.slice(0, TOLD_WITHIN))
  return (begin.length > TOLD_BY ? begin : lettersOf(text)).slice(0, TOLD_BY)
}

/** Prose that the page shows near the body and that is not in it. `body` is the text that was read. */
export function outsideProse(page: readonly ProseParagraph[], body: string): Message | null {
  const more = lettersOutside(page, body)
  if (more < OUTSIDE_LETTERS || more < OUTSIDE_SHARE * lettersIn(body)) return null
  return message`the page has ${more} more letters`
}

/** Prose that stands where nobody sees it: in `hidden`, what is open over the beginning of another of its kind. */
export function hiddenProse(hidden: readonly ProseParagraph[], body: string): Message | null {
  const letters = lettersOf(body)
  const lost = hidden.filter(
    ({ text, linked, place }) => place !== null && isProseLike(text, linked) && !letters.includes(firstLetters(text)),
  )
  const more = lost.reduce((sum, { text }) => sum + lettersIn(text), 0)
  if (more < OUTSIDE_LETTERS) return null
  return message`a script, comment or the like that is never ended hides ${more} letters`
}

/** How many letters of prose the page shows near the body that are not in it. */
export function lettersOutside(page: readonly ProseParagraph[], body: string): number {
  const letters = lettersOf(body)
  const own: ProseParagraph[] = []
  const others: ProseParagraph[] = []
  for (const paragraph of page) {
    const told = firstLetters(paragraph.text)
    if (told.length < PROSE_LETTERS) continue
    if (letters.includes(told)) own.push(paragraph)
    else if (paragraph.linked < PROSE_LINKED && SENTENCE.test(paragraph.text)) {
      others.push(paragraph)
    }
  }
  const [first] = own
  let around = own.reduce<Container | null>((place, paragraph) => shared(place, paragraph.place), first?.place ?? null)
  for (let level = 0; level < LEVELS_ABOVE; level += 1) around = around?.parent ?? null
  const outer = around
  const near = outer === null ? others : others.filter(({ place }) => isWithin(place, outer))
  return near.reduce((sum, { text }) => sum + lettersIn(text), 0)
}

const SENTENCE_LETTERS = 10
const MISSING_SENTENCES = 2
const MISSING_SHARE = 0.2

function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[。！？])|(?<=[.!?])\s|\n+/)
    .map(lettersOf)
    .filter((sentence) => sentence.length >= SENTENCE_LETTERS)
}

function missingFrom(sentences: readonly string[], text: string): string[] {
  const letters = lettersOf(text)
  return sentences.filter((sentence) => !letters.includes(sentence))
}

/** What of a sentence tells it from every other. */
const PART_LETTERS = 6
const ENDED = /[。！？.!?…：:][”’」』）)"']*$/

/** How many letters sentences that are missing go on for where paragraphs break off in the midst of them, without a mark. */
function lettersBehind(missing: readonly string[], body: string, paragraphs: readonly string[]): number {
  const letters = lettersOf(body)
  let more = 0
  for (const paragraph of paragraphs) {
    if (ENDED.test(paragraph.trim())) continue
    const begun = lettersOf(paragraph.split(/[。！？]|[.!?]\s/).at(-1) ?? '')
    if (begun.length < PART_LETTERS) continue
    const rest = missing.find((sentence) => sentence.startsWith(begun))?.slice(begun.length) ?? ''
    if (rest.length >= PART_LETTERS && !letters.includes(rest)) more += rest.length
  }
  return more
}

/**
 * What another text of the same story holds and the body does not. `from` names it: `the feed`, `articleBody`. A body with
 * as many sentences of its own is another version of the text, not a part of it: `prose` gives those, its captions apart.
 */
export function missingSentences(
  other: string,
  body: string,
  from: string | Message,
  prose: () => string = () => body,
): Message | null {
  // Most feeds have their words one behind the other, as the page does.
  if (lettersOf(body).includes(lettersOf(other))) return null
  const sentences = sentencesOf(other)
  const missing = missingFrom(sentences, body)
  if (missing.length === 0) return null
  if (missing.length < MISSING_SENTENCES || missing.length <= MISSING_SHARE * sentences.length) {
    const more = lettersBehind(missing, body, prose().split('\n'))
    return more === 0
      ? null
      : message`${from} goes on for ${more} letters where a paragraph of the page's text breaks off`
  }
  const own = sentencesOf(prose())
  if (missingFrom(own, other).length > MISSING_SHARE * own.length) return null
  return message`${from} has ${missing.length} of its ${sentences.length} sentences that the page's text has not`
}

/** Texts beyond any story's are compared by their beginning. */
const COMPARED_MAX_LENGTH = 50_000

/** Which part of a text's sentences another one has, 0 to 1; 1 where it has none that is long enough to tell. */
export function sharedSentences(text: string, other: string): number {
  const sentences = sentencesOf(text.slice(0, COMPARED_MAX_LENGTH))
  return sentences.length === 0 ? 1 : 1 - missingFrom(sentences, other).length / sentences.length
}

/** Lengths that count words or letters differ by as much; half a body differs by more. */
const COUNT_SHARE = 0.6

/** `count` is what the page's data say of the body's length, in words or in letters. */
export function fewerWords(count: number | null, body: string): Message | null {
  if (count === null || count <= 0) return null
  const letters = lettersOf(body).length
  if (letters >= COUNT_SHARE * count) return null
  return pluralOf(
    letters,
    message`the page says ${count} words, its text has 1 letter`,
    message`the page says ${count} words, its text has ${letters} letters`,
  )
}

const HEADLINE_LETTERS = 6
const SHARED_PAIRS = 0.2
const SHARED_PAIRS_WITH_BODY = 0.1

/**
 * True when a list's headline cannot be that of the text: hardly two letters beside one another of it stand in the
 * page's headline or its body. An edited headline shares the story's names and words.
 */
export function isAnotherHeadline(listed: string, title: string, body: string): boolean {
  // The body is long, and nearly every headline is told by the page's own.
  const isLittle = (share: number | null): boolean => share !== null && share < SHARED_PAIRS
  return isLittle(sharedPairs(listed, title)) && isLittle(sharedPairs(listed, `${title}${body}`))
}

/** True when a text cannot be what stands below a headline: it says nothing of it. Of 440 stories none said so little. */
export function isOfAnotherMatter(headline: string, body: string): boolean {
  const share = sharedPairs(headline, body)
  return share !== null && share < SHARED_PAIRS_WITH_BODY
}

/** Which part of a headline's pairs of letters stand in a text, 0 to 1; `null` where the headline is too short to tell. */
export function sharedPairs(headline: string, text: string): number | null {
  const letters = smallLettersOf(headline)
  if (letters.length < HEADLINE_LETTERS) return null
  const within = smallLettersOf(text)
  const pairs = Array.from({ length: letters.length - 1 }, (_, at) => letters.slice(at, at + 2))
  return pairs.filter((pair) => within.includes(pair)).length / pairs.length
}

const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{2,}/gu
/** Shorter words are of every text. */
const LONG_WORDS = /(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{L}\p{N}]){6,}/gu

/** What tells of which matter a text is: its longer words, and pairs of characters of Chinese. */
export function tellingWords(text: string): Set<string> {
  const words = new Set(text.toLowerCase().match(LONG_WORDS))
  for (const run of text.match(IDEOGRAPHS) ?? []) {
    for (let at = 0; at + 2 <= run.length; at += 1) words.add(run.slice(at, at + 2))
  }
  return words
}

/** Which part of `words` is in `others` too, 0 to 1; 0 where there is none. */
export function sharedWords(words: ReadonlySet<string>, others: ReadonlySet<string>): number {
  const inBoth = [...words].filter((word) => others.has(word)).length
  return inBoth / Math.max(1, words.size)
}
