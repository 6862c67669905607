import * as z from 'zod/mini'
import { LINE } from './file.ts'
import { EXTRA_KEYS } from '../core/document/document.ts'
import { nearest } from '../core/text/nearest.ts'
import { shownText } from '../core/text/printable.ts'
import { sectionNames } from '../sites/publishers.ts'
import {
  choice,
  count,
  duration,
  host,
  httpUrl,
  list,
  proxy,
  rate,
  saying,
  section,
  span,
  textThat,
  timeout,
  words,
  written,
  yesNo,
  yesNoOrFolder,
} from './values.ts'
import { LANGUAGES, type Message, message, said } from '../words/words.ts'

/** A key of the configuration. */
interface ConfigKey<Value extends z.ZodMiniType = z.ZodMiniType> {
  /** One line: what it is for. */
  about: Message
  /** Makes what may be written, and what becomes of it, where it is given. JSON Schema is made of it too: forms of text are regular expressions. */
  value: () => Value
  /** As it would be written; without one, a key that nobody gives is `undefined`. */
  default?: unknown
  /** What the commented configuration shows where there is no default. */
  example?: unknown
}

export type ExtraKey = (typeof EXTRA_KEYS)[number]

const SOURCES = message`write "list", "json", { "rsshub": address } or { "feed": address }`
/** What is told of a feed: of its stories where they have no better word, and how it is read. */
const feedKeys = () => ({
  feed: httpUrl(),
  name: z.optional(words(message`write the name of the paper`)),
  author: z.optional(words(message`write the author of its stories`)),
  tags: z.optional(list(words(message`write tags`))),
  categories: z.optional(list(words(message`write categories`))),
  section: z.optional(words(message`write a section`)),
  limit: z.optional(count()),
  rate: z.optional(rate()),
  pages: z.optional(yesNo()),
  only: z.optional(list(words(message`write words of headlines`))),
  exclude: z.optional(list(words(message`write words of headlines`))),
})
const feed = () => {
  const keys = feedKeys()
  return z.strictObject(keys, {
    error(issue) {
      const [unknown] = issue.code === 'unrecognized_keys' ? issue.keys : []
      if (unknown === undefined) return said(SOURCES)
      const names = Object.keys(keys)
      const near = nearest(unknown, names)
      const known = near === null ? message`the keys are ${names}` : message`did you mean "${near}"?`
      return said(message`${[SOURCES, message`unknown key "${shownText(unknown)}"; ${known}`]}`)
    },
  })
}
const source = () =>
  z.union([z.enum(['list', 'json']), z.strictObject({ rsshub: httpUrl() }, saying(SOURCES)), feed()], saying(SOURCES))

/**
 * Every key beside `$schema`: what it is for, its values and its default. The one place where they are defined, but that
 * `defaults.ts` has the defaults as they are read: the configuration is read by it, and its JSON Schema, `init`, `config` and the
 * manual are made of it.
 */
export const CONFIG_KEYS = {
  archive: { about: message`Where the archive is.`, value: () => words(message`write a folder`), default: './archive' },
  section: {
    about: message`Sections: ${sectionNames()}, all, or addresses of list pages.`,
    value: () => list(section()),
    default: ['china'],
  },
  sources: {
    about: message`Where stories are looked for: "list", "json", { "rsshub": address }, { "feed": address }, any paper's, with name, author, tags, categories, section, limit, rate, pages, only, exclude.`,
    value: () => list(source()),
    default: ['list', 'json'],
  },
  feed: {
    about: message`Feeds to read instead of the sources.`,
    value: () => list(httpUrl()),
    default: [],
    example: ['https://rsshub.example.org/zaobao/realtime/china'],
  },
  contact: {
    about: message`Your address or page, told to the site in the User-Agent; the address of the project when unset.`,
    value: () => textThat(/^[\x20-\x7e]*[\x21-\x7e][\x20-\x7e]*$/, message`write an address or a URL in ASCII letters`),
    example: 'you@example.org',
  },
  rate: { about: message`Requests to one host. A slower Crawl-delay of the site wins.`, value: rate, default: '1/s' },
  concurrency: { about: message`Stories in work at once.`, value: count, default: 4 },
  limit: { about: message`Fetch at most this many stories a run; no limit when unset.`, value: count, example: 100 },
  maxGap: { about: message`How far back to look for stories that were missed.`, value: duration, default: '7d' },
  recheck: {
    about: message`Read the pages of stories younger than this again, once a run: edits of a text alone show in no list. Off when unset.`,
    value: duration,
    example: '24h',
  },
  wait: { about: message`How long to wait for another run to end.`, value: duration, default: '0' },
  timeout: { about: message`When to give up a request.`, value: timeout, default: '30s' },
  maxTime: { about: message`When a run ends, whatever is left: that is for the next run.`, value: span, default: '1d' },
  maxRequests: {
    about: message`Requests after which a run ends, whatever is left: that is for the next run.`,
    value: count,
    default: 100_000,
  },
  body: { about: message`The form of bodies.`, value: () => choice('markdown', 'html'), default: 'markdown' },
  onChange: {
    about: message`What to do about a story that changed: revise its file, its former text kept, or keep it as it is.`,
    value: () => choice('revise', 'keep'),
    default: 'revise',
  },
  keys: {
    about: message`Keys to add to the front matter, after the seven.`,
    value: () => list(z.enum(EXTRA_KEYS, saying(message`write ${EXTRA_KEYS}`))),
    default: [],
    example: ['bylines', 'updated'],
  },
  keepRevisions: { about: message`Former texts kept of one story.`, value: count, default: 50 },
  keepPages: {
    about: message`Megabytes of pages kept that no layout could read, for a later version to read.`,
    value: count,
    default: 200,
  },
  media: {
    about: message`Keep the pictures of stories beside them, in media/ of the archive.`,
    value: yesNo,
    default: false,
  },
  maxPictures: { about: message`Pictures kept of one story: the first.`, value: count, default: 100 },
  maxPictureSize: {
    about: message`Megabytes of a picture; a larger one stays where it is.`,
    value: count,
    default: 10,
  },
  exclude: {
    about: message`Ids, sections and URL patterns (with *) that are never fetched again.`,
    // Ids look like numbers, and are written as such.
    value: () => list(written(message`write ids, sections or URL patterns`, LINE, (text) => text, z.number())),
    default: [],
    example: ['1212150', 'realtime/sports'],
  },
  proxy: {
    about: message`A proxy for all requests, before HTTPS_PROXY, HTTP_PROXY and ALL_PROXY; NO_PROXY holds.`,
    value: proxy,
    example: 'http://127.0.0.1:7890',
  },
  log: {
    about: message`Append all that verbose would say to this file, with times; it never fails a run.`,
    value: () => words(message`write a file`),
    example: 'zaobao.log',
  },
  failures: {
    about: message`Append an object of each story that failed to this file (NDJSON).`,
    value: () => words(message`write a file`),
    example: 'failures.ndjson',
  },
  warc: {
    about: message`Keep what goes over the wire as WARC files: true for the folder warc in the archive, or another folder.`,
    value: yesNoOrFolder,
    default: false,
  },
  allowHost: {
    about: message`Hosts that may be asked beside Zaobao and the named sources; *.example.org for those below one.`,
    value: () => list(host()),
    default: [],
    example: ['mirror.example.org'],
  },
  allowPrivate: {
    about: message`Allow addresses of private networks and of this machine.`,
    value: yesNo,
    default: false,
  },
  robots: { about: message`Obey robots.txt.`, value: yesNo, default: true },
  lang: {
    about: message`The language of messages; that of the locale (LC_ALL, LC_MESSAGES, LANG) when unset.`,
    value: () => choice(...LANGUAGES),
    example: 'zh',
  },
  json: { about: message`Print records as NDJSON instead of paths.`, value: yesNo, default: false },
  quiet: { about: message`Print errors only.`, value: yesNo, default: false },
  verbose: { about: message`Say more of what happens.`, value: yesNo, default: false },
  progress: { about: message`Draw a progress bar on long work, on a terminal.`, value: yesNo, default: true },
} satisfies Record<string, ConfigKey>

type Keys = typeof CONFIG_KEYS
type Key = keyof Keys
type Defaulted = { [Name in Key]: Keys[Name] extends { default: unknown } ? Name : never }[Key]

/** The configuration in force. */
export type Config = { readonly [Name in Defaulted]: z.infer<ReturnType<Keys[Name]['value']>> } & {
  readonly [Name in Exclude<Key, Defaulted>]?: z.infer<ReturnType<Keys[Name]['value']>> | undefined
}

/** Every key with its row, for those who need no type of its value. */
export const ROWS: readonly (readonly [string, ConfigKey])[] = Object.entries(CONFIG_KEYS)

/** What is told of a feed. */
export type FeedEntry = z.infer<ReturnType<typeof feed>>

/** A reader of a configuration that has these keys and no others. */
export function readerOf(given: readonly string[]): z.ZodMiniType<Partial<Config>> {
  const rows = ROWS.filter(([key]) => given.includes(key))
  return z.strictObject(Object.fromEntries(rows.map(([key, row]) => [key, row.value()])))
}
