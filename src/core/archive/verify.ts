import {
  dateOf,
  type Document,
  DocumentError,
  fromOf,
  htmlOf,
  isEmpty,
  isOnPlacesClock,
  titleOf,
  withoutTags,
} from '../document/document.ts'
import { sha256 } from '../hash.ts'
import { isUnescapedTitle, parseDocument } from '../document/parse.ts'
import { SEVEN } from '../document/render.ts'
import type { Addresses } from '../identity.ts'
import { MEDIA, withOriginals } from '../media/kept.ts'
import type { Identity } from '../model.ts'
import { idOfName, placeOfPath } from './path.ts'
import { documentIn, hasMergeMarks, lacksNewlineAlone, lostItsEnd } from './stored.ts'
import { dayIn, isOfDay, type Zone } from '../time.ts'
import { type Message, message } from '../../words/words.ts'
import { isUrl } from '../url.ts'

/** What can be wrong in an archive, by the names of it; in English these are the codes themselves. */
export const PROBLEMS = {
  /** Not UTF-8. */
  encoding: message`encoding`,
  /** The system does not give it. */
  unreadable: message`unreadable`,
  /** Not the document's format: line ends, front matter, keys, headline. */
  format: message`format`,
  /** The name's id is not the one of the address. */
  identity: message`identity`,
  /** Not in the folder of its day, or not named so. */
  path: message`path`,
  /** The time of publication lies on another day than the one in the address. */
  date: message`date`,
  /** The comment under the front matter is another instant than `date`. */
  stamp: message`stamp`,
  /** No text and no picture. */
  empty: message`empty`,
  /** A picture in the archive that is not there, or not what it was; a note where nothing shows it. */
  picture: message`picture`,
  /** A story that has another file. */
  duplicate: message`duplicate`,
  /** A story with the text of another; a note where headline or time differ: papers publish a text twice. */
  'same-text': message`same-text`,
  /** A text that the story had before its last. */
  older: message`older`,
  /** The journal names it, and it is not there. */
  gone: message`gone`,
  /** A note of someone's own among the stories; no fault. */
  foreign: message`foreign`,
  /** A temporary file of a run that died. */
  leftover: message`leftover`,
  /** A link, a folder or the like in place of a file. */
  link: message`link`,
}

type ProblemKind = keyof typeof PROBLEMS

/** One thing that is wrong. */
export interface Problem {
  /** Relative to the archive, with `/`. */
  path: string
  problem: ProblemKind
  /** A `note` is worth knowing and no fault: it changes no exit code. */
  severity: 'problem' | 'note'
  /** One line for a person. */
  detail: Message
  /** What was done about it; `null`: nothing. */
  fixed: Message | null
}

/** A problem, of which nothing is mended and which is no note, unless `more` says so. */
export function problemOf(
  path: string,
  problem: ProblemKind,
  detail: Message,
  more: Partial<Pick<Problem, 'severity' | 'fixed'>> = {},
): Problem {
  return { path, problem, severity: 'problem', detail, fixed: null, ...more }
}

/** A document as it was checked. */
export interface Checked {
  problems: Problem[]
  /** Its address; empty where the file is no document. */
  url: string
  /** Its id, and the one of today where an earlier version named the file by another spelling of its address. */
  ids: string[]
  /** 48 bits of the text's hash; `null` where there is too little text to say that two are the same. */
  textKey: number | null
  /** Headline and time: two files that share these and the text are one story's. */
  head: string
  /** Addresses of pictures that are no URLs, as they stand. */
  localPictures: string[]
}

/** Shorter texts (a caption, a pointer to a video) recur. */
const MIN_COMPARED_UNITS = 60

/** An address that can be copied into a shell as it stands. */
const ADDRESS = /^from: (https?:\/\/[\w.:/%-]+)\s*$/m

/** What helps where something of a text is lost: with its address, where that can still be read and is the name's. */
export function writeAnew(path: string, text: string, { identify }: Addresses): Message {
  const address = ADDRESS.exec(text)?.[1]
  const id = idOfName(placeOfPath(path).name)
  const isOwn = address !== undefined && isUrl(address) && identify(address, id).id === id
  return isOwn ? message`backfill ${address} writes it anew` : message`backfill of its address writes it anew`
}

const PICTURE = /!\[(?:[^\]\\]|\\.){0,5000}\]\(\s{0,9}<?([^)\s>]+)|<img\b[^>]{0,5000}?\ssrc="([^"]*)"/g

/** The number by which ids are compared: hashes and story numbers do not meet. */
export function idKey(id: string): number {
  if (/^\d{1,9}$/.test(id)) return Number(id)
  return keyOf(id)
}

function keyOf(text: string): number {
  return Number.parseInt(sha256(text).slice(0, 12), 16)
}

/** What is not as the format has it; `anew`: what helps where something of the text is lost. */
function formatProblems(document: Document, text: string, digest: string | null, anew: () => Message): Message[] {
  const { stamp, headline, frontMatter, body } = document
  const keys = frontMatter.flatMap(({ key }) => key ?? [])
  const missing = SEVEN.filter((key) => !keys.includes(key))
  const order = keys.filter((key) => (SEVEN as readonly string[]).includes(key))
  const expected = SEVEN.filter((key) => order.includes(key))
  const found = [
    missing.length > 0 && message`without the key ${missing}`,
    order.some((key, at) => key !== expected[at]) && message`the keys stand in another order: ${order}; --fix mends it`,
    frontMatter.some(isUnescapedTitle) &&
      message`quotes within the title are not escaped: it is no YAML, and other programs refuse it; --fix mends it`,
    stamp.source.trim() !== stamp.source.slice(0, -1) && message`blank lines beside the comment; --fix mends it`,
    headline.source.startsWith('#') && message`the headline is marked with #, not underlined; --fix mends it`,
    text.includes('\0') && message`it holds NUL bytes, as a disk leaves them after a power failure; ${anew()}`,
    hasMergeMarks(text) && message`it holds the marks of a merge that was not finished; ${anew()}`,
    body.trim() !== '' && endProblem(text, digest, anew),
  ]
  return found.filter((each) => each !== false)
}

function endProblem(text: string, digest: string | null, anew: () => Message): Message | false {
  if (lostItsEnd(text, digest)) return message`its end is missing, or it was edited; ${anew()} where it was cut`
  if (text.endsWith('\n')) return text.endsWith('\n\n') && message`more than one newline at the end`
  return digest === null
    ? message`no newline at the end: where its end is missing, ${anew()}`
    : message`no newline at the end`
}

function textKeyOf(document: Document): number | null {
  const text = withoutTags(withOriginals(htmlOf(document) ?? document.body)).replace(/[\s\\]/g, '')
  return text.length < MIN_COMPARED_UNITS ? null : keyOf(text)
}

function localPicturesOf(document: Document): string[] {
  const urls = Array.from(document.body.matchAll(PICTURE), (match) => match[1] ?? match[2] ?? '')
  // The HTML of a page names places of its site.
  if (htmlOf(document) !== null) return urls.filter((url) => url.startsWith(`../${MEDIA}/`))
  return urls.filter((url) => url !== '' && !/^(?:[a-z][a-z0-9+.-]*:|\/\/|#)/i.test(url))
}

function dayProblem(ms: number, day: string | null, zone: Zone): Message | null {
  if (day === null || isOfDay(ms, day, zone)) return null
  return message`published on ${dayIn(zone, ms)} in ${zone.name}, but the address says ${day}`
}

function stampProblem(document: Document): Message | null {
  const aheadMs = document.stamp.ms - dateOf(document)
  if (Number.isNaN(document.stamp.ms)) return message`the comment names no time; --fix mends it`
  if (isOnPlacesClock(document))
    return message`the date is of a clock whose zone it does not name; --fix writes it in UTC`
  if (aheadMs === 0) return null
  const by = Math.round(aheadMs / 60_000)
  const minutes = Math.abs(by)
  return by < 0
    ? message`the comment is ${minutes} min before the date`
    : message`the comment is ${minutes} min after the date`
}

function placeProblem(path: string, nameId: string | null, { id, day }: Identity): [ProblemKind, Message | null] {
  const { day: folder, name } = placeOfPath(path)
  if (nameId === null) return ['path', message`the name is not that of a story`]
  if (nameId !== id) return ['identity', message`the name says ${nameId}, the address ${id}`]
  if (day !== null && folder !== day) return ['path', message`the folder is not that of the day in the address, ${day}`]
  const isOfFolder = name.startsWith(`${folder}-`)
  return ['path', isOfFolder ? null : message`the name begins with another day than its folder`]
}

/** What a name or a text has that a story's file may have come from: its day, its address, its time and headline. */
const NAME_OF_DAY = /^\d{4}-\d{2}-\d{2}-/
export const TEXT_OF_STORY = /^from:\s+(?:>-\s+)?["']?https?:|^<!--\d{9,}-->$|^\[.*\]\((?:(?!\]\()\S)*\)\r?\n-{3,}\r?$/m

/** What is to be said of a Markdown file in a day's folder that is not named as a story's: a note where it looks like none. */
export function unnamedFile(path: string, text: string | null): Problem {
  const isOfStory = NAME_OF_DAY.test(placeOfPath(path).name) || text === null || TEXT_OF_STORY.test(text)
  return isOfStory
    ? problemOf(path, 'path', message`the name is not that of a story`)
    : problemOf(path, 'foreign', message`no file of a story; it is left alone`, { severity: 'note' })
}

/** Why a text is no document, and what helps. */
function unreadable(path: string, text: string, digest: string | null, why: Message, addresses: Addresses): Message {
  const anew = (): Message => writeAnew(path, text, addresses)
  if (text === '') return message`it is empty; ${anew()}`
  if (documentIn(text) === null) return message`${why}; ${anew()}`
  const end = lacksNewlineAlone(text, digest) ? false : endProblem(text, digest, anew)
  return message`${why}; ${end || message`--fix mends it`}`
}

/**
 * Checks one file of an archive. `path` is relative to the archive; `digest` is that of the file as it was last written,
 * `null` where it is not known. Whether others are the same is not known here.
 */
export function checkDocument(path: string, text: string, digest: string | null, addresses: Addresses): Checked {
  try {
    const document = parseDocument(text)
    const url = fromOf(document)
    const nameId = idOfName(placeOfPath(path).name)
    const identity = addresses.identify(url, nameId)
    const anew = (): Message => writeAnew(path, text, addresses)
    const formats = formatProblems(document, text, digest, anew).map((detail): [ProblemKind, Message] => [
      'format',
      detail,
    ])
    const found: [ProblemKind, Message | null][] = [
      ...formats,
      placeProblem(path, nameId, identity),
      ['date', dayProblem(dateOf(document), identity.day, addresses.zoneOf(url))],
      ['stamp', stampProblem(document)],
      ['empty', isEmpty(document) ? message`no text and no picture; ${anew()}` : null],
    ]
    const problems = found.flatMap(([kind, detail]) => (detail === null ? [] : [problemOf(path, kind, detail)]))
    return {
      problems,
      url,
      ids: [...new Set([identity.id, addresses.identify(url).id])],
      textKey: textKeyOf(document),
      head: `${dateOf(document)} ${titleOf(document)}`,
      localPictures: localPicturesOf(document),
    }
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    return {
      problems: [problemOf(path, 'format', unreadable(path, text, digest, error.words, addresses))],
      url: '',
      ids: [],
      textKey: null,
      head: '',
      localPictures: [],
    }
  }
}
