import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import * as z from 'zod/mini'
import { CONFIG_FILE } from './config-file.ts'
import { parseDuration, parseRate, type Rate } from './core/units.ts'
import { UsageError } from './errors.ts'

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

/** A value written as text, read by `read`, which answers `null` for what it does not know. */
const written = <T>(read: (text: string) => T | null, what: string) =>
  z.pipe(
    z.union([z.string(), z.number()], what),
    z.transform((value, ctx): T => {
      const result = read(String(value))
      if (result !== null) return result
      ctx.issues.push({ code: 'custom', message: what, input: value })
      return z.NEVER
    }),
  )

const duration = written(parseDuration, 'write a duration such as 500ms, 30s, 10m, 24h or 7d')
/** Timers take no longer spans; and a request that takes a day is none. */
const MAX_TIMEOUT_MS = 86_400_000
const timeout = written((text) => {
  const ms = parseDuration(text)
  return ms === null || ms === 0 ? null : Math.min(ms, MAX_TIMEOUT_MS)
}, 'write a duration above 0, such as 30s')
const rate = written<Rate>(parseRate, 'write a rate such as 1/s or 30/m')
const count = written(
  (text) => (/^\d{1,9}$/.test(text) && Number(text) > 0 ? Number(text) : null),
  'write a whole number above 0',
)
const yesNo = z.pipe(
  z.union([z.boolean(), z.enum(['true', 'false', '1', '0', 'yes', 'no', ''])], 'write true or false'),
  z.transform((value) => value === true || value === 'true' || value === '1' || value === 'yes'),
)
const httpUrl = z.string().check(z.refine(isHttpUrl, 'write an address that begins with http:// or https://'))
const words = (what: string) => z.string(what).check(z.minLength(1, what))
const host = z.string().check(z.regex(/^(?:\*\.)?[\p{L}\p{N}._-]+$|^\[[\da-f:.]+\]$/iu, 'write a host name'))

const source = z.union(
  [
    z.enum(['list', 'json']),
    z.strictObject({ rsshub: httpUrl }),
    z.strictObject({ feed: httpUrl, section: z.optional(words('write a section')) }),
  ],
  'write "list", "json", { "rsshub": address } or { "feed": address }',
)

const choice = <const T extends readonly string[]>(...values: T) => z.enum(values, `write ${values.join(' or ')}`)

/** Every key, its values and its default: the one place where they are defined. */
const schema = z.strictObject({
  $schema: z.optional(z.string()),
  archive: z._default(words('write a folder'), './archive'),
  section: z._default(list(words('write a section such as china')), ['china']),
  feed: z._default(list(httpUrl), []),
  sources: z._default(list(source), ['list', 'json']),
  rate: z._default(rate, { count: 1, perMs: 1000 }),
  concurrency: z._default(count, 4),
  limit: z.optional(count),
  maxGap: z._default(duration, 7 * 86_400_000),
  recheck: z.optional(duration),
  wait: z._default(duration, 0),
  timeout: z._default(timeout, 30_000),
  maxTime: z._default(duration, MAX_TIME_MS),
  maxRequests: z._default(count, MAX_REQUESTS),
  body: z._default(choice('markdown', 'html'), 'markdown'),
  onChange: z._default(choice('revise', 'keep'), 'revise'),
  keys: z._default(list(z.enum(EXTRA_KEYS, `write ${EXTRA_KEYS.join(', ')}`)), []),
  keepRevisions: z._default(count, 50),
  exclude: z._default(list(words('write ids, sections or URL patterns')), []),
  contact: z.optional(z.string().check(z.regex(/^[\x20-\x7e]+$/, 'write an address or a URL in ASCII letters'))),
  allowHost: z._default(list(host), []),
  allowPrivate: z._default(yesNo, false),
  robots: z._default(yesNo, true),
  json: z._default(yesNo, false),
  quiet: z._default(yesNo, false),
  verbose: z._default(yesNo, false),
  progress: z._default(yesNo, true),
})

export type Config = Readonly<z.infer<typeof schema>>
export type ExtraKey = (typeof EXTRA_KEYS)[number]

/** The keys that lists of words may hold in one environment variable, separated by commas or white space. */
const LISTS = new Set(['section', 'feed', 'sources', 'keys', 'exclude', 'allowHost'])

function isHttpUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text)
}

/** What was given on the command line: keys of the configuration, and where its file is. */
export type Flags = Readonly<Record<string, unknown>> & { readonly config?: string | undefined }

/**
 * The configuration in force: flag > environment > file > default.
 * @throws UsageError with a line for each fault: where it was given, the key, the value and what is allowed.
 */
export async function loadConfig(
  flags: Flags,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Promise<Config> {
  const keys = Object.keys(schema.shape)
  const path = flags.config ?? CONFIG_FILE
  const file = await readConfigFile(resolve(cwd, path), flags.config !== undefined)
  const unknown = Object.keys(file).filter((key) => !keys.includes(key))
  if (unknown.length > 0) {
    throw new UsageError(`${path}: unknown key "${unknown.join('", "')}"; the keys are ${keys.slice(1).join(', ')}`)
  }
  const given: Record<string, unknown> = {}
  const origin: Record<string, string> = {}
  for (const key of keys) {
    const variable = `ZAOBAO_${key.replace(/[A-Z]/g, '_$&').toUpperCase()}`
    const flag = flags[key]
    if (flag !== undefined) [given[key], origin[key]] = [flag, optionOf(key)]
    else if (env[variable]) [given[key], origin[key]] = [fromVariable(key, env[variable]), variable]
    else if (file[key] !== undefined) [given[key], origin[key]] = [file[key], path]
  }
  const result = schema.safeParse(given)
  if (result.success) return Object.freeze({ ...result.data, archive: inHome(result.data.archive, env['HOME']) })
  throw new UsageError(result.error.issues.map((issue) => describe(issue, given, origin)).join('\n'))
}

/** A shell makes `~` the home folder where it stands alone: not in a file, nor behind `--archive=`. */
function inHome(folder: string, home: string | undefined): string {
  return home !== undefined && /^~(?:\/|$)/.test(folder) ? `${home}${folder.slice(1)}` : folder
}

function optionOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

function fromVariable(key: string, value: string): unknown {
  return LISTS.has(key) ? value.split(/[\s,]+/).filter((part) => part !== '') : value
}

function describe(issue: z.core.$ZodIssue, given: Record<string, unknown>, origin: Record<string, string>): string {
  const key = String(issue.path[0])
  // A value that stands for a list of one has no parts of its own.
  const parts = Array.isArray(given[key]) ? issue.path.slice(1) : []
  const value = parts.reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown>)[part], given[key])
  const where = origin[key] ?? 'configuration'
  return `${where}: ${where === optionOf(key) ? '' : `${key}: `}${JSON.stringify(value)}: ${issue.message}`
}

async function readConfigFile(path: string, named: boolean): Promise<Record<string, unknown>> {
  let text: string
  try {
    const bytes = await readFile(path)
    const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe
    text = new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' && !named) return {}
    throw new UsageError(`${path}: the configuration cannot be read (${code ?? String(error)})`)
  }
  const { parse, printParseErrorCode } = await import('jsonc-parser')
  const errors: { error: number; offset: number; length: number }[] = []
  const value: unknown = parse(text, errors, { allowTrailingComma: true })
  const first = errors[0]
  if (first !== undefined) {
    const line = text.slice(0, first.offset).split('\n').length
    throw new UsageError(`${path}: line ${line}: not valid JSON with comments (${printParseErrorCode(first.error)})`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError(`${path}: must hold an object of keys and values`)
  }
  return value as Record<string, unknown>
}
