import * as z from 'zod/mini'
import { parseDuration, parseRate, type Rate } from './core/units.ts'
import { nearest } from './core/text/nearest.ts'
import { isUrl } from './core/web/url.ts'
import { PUBLISHERS, sectionNames } from './sites/publishers.ts'
import { LANGUAGES, type Message, message, said } from './words/words.ts'

/** A key of the configuration. */
interface ConfigKey<Value extends z.ZodMiniType = z.ZodMiniType> {
  /** One line: what it is for. */
  about: Message
  /** What may be written, and what becomes of it. JSON Schema is made of it too: forms of text are regular expressions. */
  value: Value
  /** As it would be written; without one, a key that nobody gives is `undefined`. */
  default?: unknown
  /** What the commented configuration shows where there is no default. */
  example?: unknown
}

/** Front matter keys that can be added after the seven. */
const EXTRA_KEYS = ['bylines', 'keywords', 'lang', 'section', 'updated'] as const
export type ExtraKey = (typeof EXTRA_KEYS)[number]

/** What is said of a value that is refused: of all the same, or of each what is wrong with it. */
type What = Message | ((value: unknown) => Message)

/** That of a value, in the language of the moment. */
const saying = (what: What) => ({
  error: ({ input }: { input?: unknown }) => said(typeof what === 'function' ? what(input) : what),
})

/** A list, or a value that stands for a list of one. */
const list = <T extends z.ZodMiniType>(item: T) =>
  z.pipe(
    z.transform((value: unknown) => (Array.isArray(value) || value === undefined ? value : [value])),
    z.array(item),
  )

/** Text of this form, of which more may be wanted than a form can say. */
const textThat = (form: RegExp, what: What, is: (text: string) => boolean = () => true) =>
  z.string(saying(what)).check(z.regex(form, saying(what)), z.refine(is, saying(what)))
const LINE = /^[^\u0000-\u001f\u007f]+$/
const words = (what: Message) => textThat(LINE, what)
/** Text that begins with one of these schemes, but is no address all the same, is told so. */
const addressThat = (form: RegExp, what: Message, broken: Message) =>
  textThat(form, (value) => (form.test(String(value)) ? broken : what), isUrl)
const httpUrl = addressThat(
  /^[Hh][Tt][Tt][Pp][Ss]?:\/\//,
  message`write an address that begins with http:// or https://`,
  message`write an address that begins with http:// or https:// and goes on with a host, without blanks, a port up to 65535`,
)
const proxy = addressThat(
  /^([Hh][Tt][Tt][Pp][Ss]?|[Ss][Oo][Cc][Kk][Ss]5[Hh]?):\/\//,
  message`write the address of a proxy: http://, https:// or socks5://`,
  message`write the address of a proxy with a host, a port up to 65535: http://127.0.0.1:7890`,
)
/** The form of a section, all of a paper, or the address of a list page; which there are is asked when a value is looked at. */
export const sectionForm = (): RegExp =>
  new RegExp(
    `^(?:[Hh][Tt][Tt][Pp][Ss]?://.+|${[...sectionNames(), 'all', ...PUBLISHERS.map(({ name }) => `${name}:all`)].join('|')})$`,
  )
export const section = textThat(
  LINE,
  (value) =>
    typeof value === 'string'
      ? message`write ${sectionNames()}, all or an address`
      : message`write a section such as china`,
  (text) => sectionForm().test(text),
)
const host = textThat(/^(\*\.)?[\p{L}\p{N}._-]+$|^\[[0-9a-fA-F:.]+\]$/u, message`write a host name`)
const choice = <const T extends readonly [string, string]>(...values: T) =>
  z.enum(values, saying(message`write ${values[0]} or ${values[1]}`))

/** Text of a form, or a number where one is taken, read by `read`, which answers `null` for what it does not know. */
const written = <T>(what: What, text: RegExp, read: (text: string) => T | null, ...numbers: z.ZodMiniType<number>[]) =>
  z.pipe(
    z.union([textThat(text, what), ...numbers], saying(what)),
    z.transform((value, ctx): T => {
      const result = read(String(value))
      if (result !== null) return result
      ctx.issues.push({ code: 'custom', message: saying(what).error({ input: value }), input: value })
      return z.NEVER
    }),
  )

const DURATION = /^(\d+(\.\d+)?(ms|s|m|h|d)|0)$/
/** What is refused and has the form of a duration is too long. */
const unlessLong = (what: Message) => (value: unknown) =>
  DURATION.test(String(value)) && parseDuration(String(value)) === null
    ? message`write a duration of 1,000 years (365250d) at most`
    : what
const duration = written(
  unlessLong(message`write a duration such as 500ms, 30s, 10m, 24h or 7d`),
  DURATION,
  parseDuration,
  z.literal(0),
)
const above0 = (read: (ms: number) => number) =>
  written(
    unlessLong(message`write a duration above 0, such as 30s`),
    /^(?=.*[1-9])\d+(\.\d+)?(ms|s|m|h|d)$/,
    (text) => read(parseDuration(text) ?? 0) || null,
  )
const span = above0((ms) => ms)
/** Timers take no longer spans; and a request that takes a day is none. */
const MAX_TIMEOUT_MS = 86_400_000
const timeout = above0((ms) => Math.min(ms, MAX_TIMEOUT_MS))
const rate = written<Rate>(
  message`write a rate such as 1/s or 30/m`,
  /^(?!0*(\.0*)?\/)\d+(\.\d+)?\/(s|m|h)$/,
  parseRate,
)
const MAX_COUNT = 999_999_999
const COUNT = (value: unknown) =>
  Number(value) > MAX_COUNT
    ? message`write a whole number above 0, and ${MAX_COUNT} at most`
    : message`write a whole number above 0`
const count = written(
  COUNT,
  /^0*[1-9]\d{0,8}$/,
  Number,
  z.int().check(z.minimum(1, saying(COUNT)), z.maximum(MAX_COUNT, saying(COUNT))),
)
const YES_NO = /^([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|1|0|[Yy][Ee][Ss]|[Nn][Oo]|[Oo][Nn]|[Oo][Ff][Ff]|)$/
function isYes(value: boolean | string): boolean {
  return value === true || /^(?:true|1|yes|on)$/i.test(String(value))
}
const yesNo = z.pipe(
  z.union([z.boolean(), textThat(YES_NO, message`write true or false`)], saying(message`write true or false`)),
  z.transform(isYes),
)
/** True, false, or where: a folder that has the name of one of them is written with `./` before it. */
const yesNoOrFolder = z.pipe(
  z.union([z.boolean(), words(message`write true, false or a folder`)], saying(message`write true, false or a folder`)),
  z.transform((value) => (typeof value === 'string' && !YES_NO.test(value) ? value : isYes(value))),
)
const SOURCES = message`write "list", "json", { "rsshub": address } or { "feed": address }`
/** What is told of a feed: of its stories where they have no better word, and how it is read. */
const FEED = {
  feed: httpUrl,
  name: z.optional(words(message`write the name of the paper`)),
  author: z.optional(words(message`write the author of its stories`)),
  tags: z.optional(list(words(message`write tags`))),
  categories: z.optional(list(words(message`write categories`))),
  section: z.optional(words(message`write a section`)),
  limit: z.optional(count),
  rate: z.optional(rate),
  pages: z.optional(yesNo),
  only: z.optional(list(words(message`write words of headlines`))),
  exclude: z.optional(list(words(message`write words of headlines`))),
}
const FEED_KEYS = Object.keys(FEED)
const feed = z.strictObject(FEED, {
  error(issue) {
    const [unknown] = issue.code === 'unrecognized_keys' ? issue.keys : []
    if (unknown === undefined) return said(SOURCES)
    const near = nearest(unknown, FEED_KEYS)
    const known = near === null ? message`the keys are ${FEED_KEYS}` : message`did you mean "${near}"?`
    return said(message`${[SOURCES, message`unknown key "${unknown}"; ${known}`]}`)
  },
})
const source = z.union(
  [z.enum(['list', 'json']), z.strictObject({ rsshub: httpUrl }, saying(SOURCES)), feed],
  saying(SOURCES),
)

/**
 * Every key beside `$schema`: what it is for, its values and its default. The one place where they are defined: the
 * configuration is read by it, and its JSON Schema, `init`, `config` and the manual are made of it.
 */
export const CONFIG_KEYS = {
  archive: { about: message`Where the archive is.`, value: words(message`write a folder`), default: './archive' },
  section: {
    about: message`Sections: ${sectionNames()}, all, or addresses of list pages.`,
    value: list(section),
    default: ['china'],
  },
  sources: {
    about: message`Where stories are looked for: "list", "json", { "rsshub": address }, { "feed": address }, any paper's, with name, author, tags, categories, section, limit, rate, pages, only, exclude.`,
    value: list(source),
    default: ['list', 'json'],
  },
  feed: {
    about: message`Feeds to read instead of the sources.`,
    value: list(httpUrl),
    default: [],
    example: ['https://rsshub.example.org/zaobao/realtime/china'],
  },
  contact: {
    about: message`Your address or page, told to the site in the User-Agent; the address of the project when unset.`,
    value: textThat(/^[\x20-\x7e]+$/, message`write an address or a URL in ASCII letters`),
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
  body: { about: message`The form of bodies.`, value: choice('markdown', 'html'), default: 'markdown' },
  onChange: {
    about: message`What to do about a story that changed: revise its file, its former text kept, or keep it as it is.`,
    value: choice('revise', 'keep'),
    default: 'revise',
  },
  keys: {
    about: message`Keys to add to the front matter, after the seven.`,
    value: list(z.enum(EXTRA_KEYS, saying(message`write ${EXTRA_KEYS}`))),
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
    value: list(written(message`write ids, sections or URL patterns`, LINE, (text) => text, z.number())),
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
    value: words(message`write a file`),
    example: 'zaobao.log',
  },
  failures: {
    about: message`Append an object of each story that failed to this file (NDJSON).`,
    value: words(message`write a file`),
    example: 'failures.ndjson',
  },
  warc: {
    about: message`Keep what goes over the wire as WARC files: true for the folder warc in the archive, or another folder.`,
    value: yesNoOrFolder,
    default: false,
  },
  allowHost: {
    about: message`Hosts that may be asked beside Zaobao and the named sources; *.example.org for those below one.`,
    value: list(host),
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
    value: choice(...LANGUAGES),
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
export type Config = { readonly [Name in Defaulted]: z.infer<Keys[Name]['value']> } & {
  readonly [Name in Exclude<Key, Defaulted>]?: z.infer<Keys[Name]['value']> | undefined
}

/** Every key with its row, for those who need no type of its value. */
export const ROWS: readonly (readonly [string, ConfigKey])[] = Object.entries(CONFIG_KEYS)

/** What is told of a feed. */
export type FeedEntry = z.infer<typeof feed>

/** Reads a configuration as it is written, with the defaults of what is not. */
export const CONFIG = z.strictObject(
  Object.fromEntries(
    ROWS.map(([key, row]) => [
      key,
      row.default === undefined ? z.optional(row.value) : z.prefault(row.value, row.default),
    ]),
  ),
) as unknown as z.ZodMiniType<Config>
