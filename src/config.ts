import { resolve } from 'node:path'
import * as z from 'zod/mini'
import { CONFIG_FILE, readConfigFile } from './config-file.ts'
import { parseDuration, parseRate, type Rate } from './core/units.ts'
import { nearest } from './core/text/nearest.ts'
import { UsageError } from './errors.ts'
import { localeIn } from './words/locale.ts'
import { LANGUAGES, type Message, message, said, t } from './words/words.ts'
import { isUrl } from './core/web/url.ts'

/** Front matter keys that can be added after the seven. */
const EXTRA_KEYS = ['bylines', 'keywords', 'section', 'updated'] as const

/** A run ends after a day, or this many requests, whatever is left: at one a second a host the time comes first. */
const MAX_TIME_MS = 86_400_000
const MAX_REQUESTS = 100_000

const list = <T extends z.ZodMiniType>(item: T) =>
  z.pipe(
    z.transform((value: unknown) => (Array.isArray(value) || value === undefined ? value : [value])),
    z.array(item),
  )

/** What is said of a value that is none of these, in the language of the moment. */
const saying = (what: Message) => ({ error: () => said(what) })

/** A value written as text, read by `read`, which answers `null` for what it does not know. */
const written = <T>(read: (text: string) => T | null, what: Message) =>
  z.pipe(
    z.union([z.string(), z.number()], saying(what)),
    z.transform((value, ctx): T => {
      const result = read(String(value))
      if (result !== null) return result
      ctx.issues.push({ code: 'custom', message: said(what), input: value })
      return z.NEVER
    }),
  )

const duration = written(parseDuration, message`write a duration such as 500ms, 30s, 10m, 24h or 7d`)
/** Timers take no longer spans; and a request that takes a day is none. */
const MAX_TIMEOUT_MS = 86_400_000
const timeout = written(
  (text) => {
    const ms = parseDuration(text)
    return ms === null || ms === 0 ? null : Math.min(ms, MAX_TIMEOUT_MS)
  },
  message`write a duration above 0, such as 30s`,
)
const runTime = written((text) => parseDuration(text) || null, message`write a duration above 0, such as 30s`)
const rate = written<Rate>(parseRate, message`write a rate such as 1/s or 30/m`)
const count = written(
  (text) => (/^\d{1,9}$/.test(text) && Number(text) > 0 ? Number(text) : null),
  message`write a whole number above 0`,
)
const yesNo = z.pipe(
  z.union(
    [z.boolean(), z.string().check(z.regex(/^(?:true|false|1|0|yes|no|on|off|)$/i))],
    saying(message`write true or false`),
  ),
  z.transform((value) => value === true || /^(?:true|1|yes|on)$/i.test(String(value))),
)
/** Text that `is` so. */
const textThat = (is: (text: string) => boolean, what: Message) =>
  z.string(saying(what)).check(z.refine(is, saying(what)))
const httpUrl = textThat(isHttpUrl, message`write an address that begins with http:// or https://`)
const words = (what: Message) => textThat((text) => /^[^\u0000-\u001f\u007f]+$/.test(text), what)
const HOST = /^(?:\*\.)?[\p{L}\p{N}._-]+$|^\[[\da-f:.]+\]$/iu
const host = textThat((text) => HOST.test(text), message`write a host name`)

const source = z.union(
  [
    z.enum(['list', 'json']),
    z.strictObject({ rsshub: httpUrl }),
    z.strictObject({ feed: httpUrl, section: z.optional(words(message`write a section`)) }),
  ],
  saying(message`write "list", "json", { "rsshub": address } or { "feed": address }`),
)

const choice = <const T extends readonly [string, string]>(...values: T) =>
  z.enum(values, saying(message`write ${values[0]} or ${values[1]}`))

/** Every key, its values and its default: the one place where they are defined. */
const schema = z.strictObject({
  $schema: z.optional(z.string(saying(message`write the address of a schema`))),
  archive: z._default(words(message`write a folder`), './archive'),
  section: z._default(list(words(message`write a section such as china`)), ['china']),
  feed: z._default(list(httpUrl), []),
  sources: z._default(list(source), ['list', 'json']),
  rate: z._default(rate, { count: 1, perMs: 1000 }),
  concurrency: z._default(count, 4),
  limit: z.optional(count),
  maxGap: z._default(duration, 7 * 86_400_000),
  recheck: z.optional(duration),
  wait: z._default(duration, 0),
  timeout: z._default(timeout, 30_000),
  maxTime: z._default(runTime, MAX_TIME_MS),
  maxRequests: z._default(count, MAX_REQUESTS),
  body: z._default(choice('markdown', 'html'), 'markdown'),
  onChange: z._default(choice('revise', 'keep'), 'revise'),
  keys: z._default(list(z.enum(EXTRA_KEYS, saying(message`write ${EXTRA_KEYS}`))), []),
  keepRevisions: z._default(count, 50),
  keepPages: z._default(count, 200),
  exclude: z._default(list(words(message`write ids, sections or URL patterns`)), []),
  log: z.optional(words(message`write a file`)),
  failures: z.optional(words(message`write a file`)),
  contact: z.optional(
    textThat((text) => /^[\x20-\x7e]+$/.test(text), message`write an address or a URL in ASCII letters`),
  ),
  proxy: z.optional(textThat(isProxy, message`write the address of a proxy: http://, https:// or socks5://`)),
  allowHost: z._default(list(host), []),
  allowPrivate: z._default(yesNo, false),
  robots: z._default(yesNo, true),
  lang: z.optional(choice(...LANGUAGES)),
  json: z._default(yesNo, false),
  quiet: z._default(yesNo, false),
  verbose: z._default(yesNo, false),
  progress: z._default(yesNo, true),
})

export type Config = Readonly<z.infer<typeof schema>>
export type ExtraKey = (typeof EXTRA_KEYS)[number]

/** The keys that lists of words may hold in one environment variable, separated by commas or white space. */
const LISTS = new Set(['section', 'feed', 'sources', 'keys', 'exclude', 'allowHost'])

function isProxy(text: string): boolean {
  return /^(?:https?|socks5h?):\/\/[^/]/i.test(text) && isUrl(text)
}

function isHttpUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && isUrl(text)
}

/** What was given on the command line: keys of the configuration, and where its file is. */
export type Flags = Readonly<Record<string, unknown>> & { readonly config?: string | undefined }

/** Where the value of a key comes from. */
export type Origin = 'flag' | 'environment' | 'file' | 'locale' | 'default'

/** A key of the configuration as it was given. */
export interface Given {
  /** As it was written; `undefined` where nothing gave it. */
  value: unknown
  from: Origin
  /** The option, the variable (that of the locale, too) or the file; `null` of a default. */
  name: string | null
}

/**
 * The configuration in force: flag > environment > file > default.
 * @throws UsageError with a line for each fault: where it was given, the key, the value and what is allowed.
 */
export async function loadConfig(flags: Flags, env: Environment, cwd: string): Promise<Config> {
  return (await readConfig(flags, env, cwd)).config
}

/** The configuration in force, and of each key what was given; throws as `loadConfig` does. */
export async function readConfig(
  flags: Flags,
  env: Environment,
  cwd: string,
): Promise<{ config: Config; given: Readonly<Record<string, Given>> }> {
  const path = flags.config ?? CONFIG_FILE
  const file = await readConfigFile(resolve(cwd, path), flags.config !== undefined)
  const faults = [...unknownKeys(file, path), ...unknownVariables(env)]
  const given: Record<string, Given> = {}
  for (const key of KEYS) {
    const variable = variableOf(key)
    const inEnvironment = (env[variable] ?? '').trim()
    if (flags[key] !== undefined) given[key] = { value: flags[key], from: 'flag', name: optionOf(key) }
    else if (inEnvironment !== '') {
      const { value, fault } = fromVariable(key, inEnvironment)
      given[key] = { value, from: 'environment', name: variable }
      if (fault !== null) {
        faults.push(`${variable}: ${key}: ${JSON.stringify(inEnvironment)}: ${fault}`)
        given[key].value = undefined
      }
    } else if (file[key] !== undefined) given[key] = { value: file[key], from: 'file', name: path }
    else given[key] = unsaid(key, env)
  }
  const values = Object.fromEntries(
    Object.entries(given).flatMap(([key, { value }]) => (value === undefined ? [] : [[key, value]])),
  )
  const result = schema.safeParse(values)
  if (!result.success) faults.push(...result.error.issues.map((issue) => describe(issue, given)))
  if (!result.success || faults.length > 0) throw new UsageError(faults.join('\n'))
  return { config: Object.freeze({ ...result.data, archive: inHome(result.data.archive, env['HOME']) }), given }
}

type Environment = Readonly<Record<string, string | undefined>>

const KEYS = Object.keys(schema.shape)

function variableOf(key: string): string {
  return `ZAOBAO_${key.replace(/[A-Z]/g, '_$&').toUpperCase()}`
}

function unknownKeys(file: Record<string, unknown>, path: string): string[] {
  return Object.keys(file)
    .filter((key) => !KEYS.includes(key))
    .map((key) => {
      const near = nearest(key, KEYS.slice(1))
      const known = near === null ? t`the keys are ${KEYS.slice(1)}` : t`did you mean "${near}"?`
      return `${path}: ${t`unknown key "${key}"; ${known}`}`
    })
}

/** The variables of this program that it does not know: a mistyped one would be passed over for years. */
function unknownVariables(env: Environment): string[] {
  const known = KEYS.slice(1).map(variableOf)
  return Object.keys(env)
    .filter((name) => name.startsWith('ZAOBAO_') && !known.includes(name))
    .map((name) => {
      const near = nearest(name.slice('ZAOBAO_'.length), KEYS.slice(1))
      const meant = near === null ? t`ZAOBAO_ and a key is expected: ${known}` : t`did you mean ${variableOf(near)}?`
      return `${name}: ${t`unknown variable; ${meant}`}`
    })
}

/** A key that nothing gives: messages are in the language of the locale. */
function unsaid(key: string, env: Environment): Given {
  const locale = key === 'lang' ? localeIn(env) : null
  return locale === null
    ? { value: key === 'lang' ? LANGUAGES[0] : undefined, from: 'default', name: null }
    : { value: locale.language, from: 'locale', name: locale.name }
}

/** A shell makes `~` the home folder where it stands alone: not in a file, nor behind `--archive=`. */
function inHome(folder: string, home: string | undefined): string {
  return home !== undefined && /^~(?:\/|$)/.test(folder) ? `${home}${folder.slice(1)}` : folder
}

function optionOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

/** A variable's value: white space at its ends is not meant, quotes are those of a file that no shell read. */
function fromVariable(key: string, text: string): { value: unknown; fault: string | null } {
  if (/^(["'])[^]*\1$/.test(text)) return { value: undefined, fault: t`write it without the quotes` }
  if (!LISTS.has(key)) return { value: text, fault: null }
  if (!/^(?:\{|\[\s*["{\]])/.test(text))
    return { value: text.split(/[\s,]+/).filter((part) => part !== ''), fault: null }
  try {
    return { value: JSON.parse(text), fault: null }
  } catch {
    return { value: undefined, fault: t`it is no JSON` }
  }
}

function describe(issue: z.core.$ZodIssue, given: Readonly<Record<string, Given>>): string {
  const key = String(issue.path[0])
  const { value: whole, from, name } = given[key] ?? { value: undefined, from: 'default', name: null }
  // A value that stands for a list of one has no parts of its own.
  const parts = Array.isArray(whole) ? issue.path.slice(1) : []
  const value = parts.reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown>)[part], whole)
  return `${name ?? t`configuration`}: ${from === 'flag' ? '' : `${key}: `}${JSON.stringify(value)}: ${issue.message}`
}
