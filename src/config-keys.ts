import type { Config } from './config.ts'
import { sectionNames } from './sites/publishers.ts'
import { LANGUAGES, type Message, english, message } from './words/words.ts'

/** A key of the configuration as editors, `init` and the documentation show it. */
export interface ConfigKey {
  /** One line. */
  about: Message
  /** JSON Schema of its value; `default` stands where it has one. */
  value: Readonly<Record<string, unknown>>
  /** What the commented configuration shows where there is no default. */
  example?: unknown
}

const text = { type: 'string', pattern: '^[^\\u0000-\\u001f\\u007f]+$' }
const span = { type: 'string', pattern: '^(?=.*[1-9])\\d+(\\.\\d+)?(ms|s|m|h|d)$' }
const duration = { anyOf: [{ type: 'string', pattern: '^(\\d+(\\.\\d+)?(ms|s|m|h|d)|0)$' }, { const: 0 }] }
const count = {
  anyOf: [
    { type: 'integer', minimum: 1, maximum: 999_999_999 },
    { type: 'string', pattern: '^0*[1-9]\\d{0,8}$' },
  ],
}
const httpUrl = { type: 'string', pattern: '^[Hh][Tt][Tt][Pp][Ss]?://' }
const host = { type: 'string', pattern: '^(\\*\\.)?[\\p{L}\\p{N}._-]+$|^\\[[0-9a-fA-F:.]+\\]$' }
const yesNo = {
  anyOf: [
    { type: 'boolean' },
    {
      type: 'string',
      pattern: '^([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|1|0|[Yy][Ee][Ss]|[Nn][Oo]|[Oo][Nn]|[Oo][Ff][Ff]|)$',
    },
  ],
}

function listOf(item: object): object {
  return { anyOf: [item, { type: 'array', items: item }] }
}

function object(properties: Readonly<Record<string, object>>, required: readonly string[]): object {
  return { type: 'object', properties, required, additionalProperties: false }
}

const source = {
  anyOf: [
    { enum: ['list', 'json'] },
    object({ rsshub: httpUrl }, ['rsshub']),
    object({ feed: httpUrl, section: text }, ['feed']),
  ],
}

/** Every key beside `$schema`: what it is for. What is allowed in truth is decided where the configuration is read. */
export const CONFIG_KEYS: Readonly<Record<Exclude<keyof Config, '$schema'>, ConfigKey>> = {
  archive: { about: message`Where the archive is.`, value: { ...text, default: './archive' } },
  section: {
    about: message`Sections: ${sectionNames()}, all, or addresses of list pages.`,
    value: { ...listOf(text), default: ['china'] },
  },
  sources: {
    about: message`Where stories are looked for: "list", "json", { "rsshub": address }, { "feed": address, "section": name }.`,
    value: { ...listOf(source), default: ['list', 'json'] },
  },
  feed: {
    about: message`Feeds to read instead of the sources.`,
    value: { ...listOf(httpUrl), default: [] },
    example: ['https://rsshub.example.org/zaobao/realtime/china'],
  },
  contact: {
    about: message`Your address or page, told to the site in the User-Agent; the address of the project when unset.`,
    value: text,
    example: 'you@example.org',
  },
  rate: {
    about: message`Requests to one host. A slower Crawl-delay of the site wins.`,
    value: { type: 'string', pattern: '^(?!0*(\\.0*)?/)\\d+(\\.\\d+)?/(s|m|h)$', default: '1/s' },
  },
  concurrency: { about: message`Stories in work at once.`, value: { ...count, default: 4 } },
  limit: { about: message`Fetch at most this many stories a run; no limit when unset.`, value: count, example: 100 },
  maxGap: { about: message`How far back to look for stories that were missed.`, value: { ...duration, default: '7d' } },
  recheck: {
    about: message`Read the pages of stories younger than this again, once a run: edits of a text alone show in no list. Off when unset.`,
    value: duration,
    example: '24h',
  },
  wait: { about: message`How long to wait for another run to end.`, value: { ...duration, default: '0' } },
  timeout: { about: message`When to give up a request.`, value: { ...span, default: '30s' } },
  maxTime: {
    about: message`When a run ends, whatever is left: that is for the next run.`,
    value: { ...span, default: '1d' },
  },
  maxRequests: {
    about: message`Requests after which a run ends, whatever is left: that is for the next run.`,
    value: { ...count, default: 100_000 },
  },
  body: { about: message`The form of bodies.`, value: { enum: ['markdown', 'html'], default: 'markdown' } },
  onChange: {
    about: message`What to do about a story that changed: revise its file, its former text kept, or keep it as it is.`,
    value: { enum: ['revise', 'keep'], default: 'revise' },
  },
  keys: {
    about: message`Keys to add to the front matter, after the seven.`,
    value: { ...listOf({ enum: ['bylines', 'keywords', 'section', 'updated'] }), default: [] },
    example: ['bylines', 'updated'],
  },
  keepRevisions: { about: message`Former texts kept of one story.`, value: { ...count, default: 50 } },
  keepPages: {
    about: message`Megabytes of pages kept that no layout could read, for a later version to read.`,
    value: { ...count, default: 200 },
  },
  exclude: {
    about: message`Ids, sections and URL patterns (with *) that are never fetched again.`,
    value: { ...listOf(text), default: [] },
    example: ['1212150', 'realtime/sports'],
  },
  proxy: {
    about: message`A proxy for all requests, before HTTPS_PROXY, HTTP_PROXY and ALL_PROXY; NO_PROXY holds.`,
    value: { type: 'string', pattern: '^([Hh][Tt][Tt][Pp][Ss]?|[Ss][Oo][Cc][Kk][Ss]5[Hh]?)://[^/]' },
    example: 'http://127.0.0.1:7890',
  },
  log: {
    about: message`Append all that verbose would say to this file, with times; it never fails a run.`,
    value: text,
    example: 'zaobao.log',
  },
  failures: {
    about: message`Append an object of each story that failed to this file (NDJSON).`,
    value: text,
    example: 'failures.ndjson',
  },
  allowHost: {
    about: message`Hosts that may be asked beside Zaobao and the named sources; *.example.org for those below one.`,
    value: { ...listOf(host), default: [] },
    example: ['mirror.example.org'],
  },
  allowPrivate: {
    about: message`Allow addresses of private networks and of this machine.`,
    value: { ...yesNo, default: false },
  },
  robots: { about: message`Obey robots.txt.`, value: { ...yesNo, default: true } },
  lang: {
    about: message`The language of messages; that of the locale (LC_ALL, LC_MESSAGES, LANG) when unset.`,
    value: { enum: [...LANGUAGES] },
    example: 'zh',
  },
  json: { about: message`Print records as NDJSON instead of paths.`, value: { ...yesNo, default: false } },
  quiet: { about: message`Print errors only.`, value: { ...yesNo, default: false } },
  verbose: { about: message`Say more of what happens.`, value: { ...yesNo, default: false } },
  progress: { about: message`Draw a progress bar on long work, on a terminal.`, value: { ...yesNo, default: true } },
}

/** JSON Schema (2020-12) of the configuration file. */
export function configSchema(): object {
  const keys = Object.entries(CONFIG_KEYS).map(([key, { about, value }]) => [
    key,
    { description: english(about), ...value },
  ])
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'The configuration of zaobao-archiver',
    ...object({ $schema: { type: 'string' }, ...Object.fromEntries(keys) }, []),
  }
}
