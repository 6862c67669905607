import type { Config } from './keys.ts'

/** What was given on the command line: keys of the configuration, and where its file is. */
export type Flags = Readonly<Record<string, unknown>> & { readonly config?: string | undefined }

/** The variables of the process. */
export type Environment = Readonly<Record<string, string | undefined>>

const DAY_MS = 86_400_000

/**
 * The configuration that nobody gave anything of: the defaults of `CONFIG_KEYS` as they are read, so that zod is not loaded for them. A test
 * holds the two together; keys without a default stand here too, so that all are known.
 */
export const DEFAULTS: Config = {
  archive: './archive',
  section: ['china'],
  sources: ['list', 'json'],
  feed: [],
  contact: undefined,
  rate: { count: 1, perMs: 1000 },
  concurrency: 4,
  limit: undefined,
  maxGap: 7 * DAY_MS,
  recheck: undefined,
  wait: 0,
  timeout: 30_000,
  maxTime: DAY_MS,
  maxRequests: 100_000,
  body: 'markdown',
  onChange: 'revise',
  keys: [],
  keepRevisions: 50,
  keepPages: 200,
  media: false,
  maxPictures: 100,
  maxPictureSize: 10,
  exclude: [],
  proxy: undefined,
  log: undefined,
  failures: undefined,
  warc: false,
  allowHost: [],
  allowPrivate: false,
  robots: true,
  lang: undefined,
  json: false,
  quiet: false,
  verbose: false,
  progress: true,
}

/** The configuration of what was given, and of the defaults of all else. */
export function withDefaults(given: Partial<Config>): Config {
  const said = Object.entries({ ...DEFAULTS, ...given }).filter(([, value]) => value !== undefined)
  return Object.freeze(Object.fromEntries(said) as unknown as Config)
}

/** The variable that gives a key. */
export function variableOf(key: string): string {
  return `ZAOBAO_${key.replace(/[A-Z]/g, '_$&').toUpperCase()}`
}

/** What gives it on the command line, where a command takes it there. */
export function optionOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
