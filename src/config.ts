import { resolve } from 'node:path'
import { CONFIG_FILE, type ConfigFile, readConfigFile } from './config-file.ts'
import type { Config } from './config-keys.ts'
import { localeIn } from './words/locale.ts'
import { LANGUAGES } from './words/words.ts'

/** What was given on the command line: keys of the configuration, and where its file is. */
export type Flags = Readonly<Record<string, unknown>> & { readonly config?: string | undefined }

export type Environment = Readonly<Record<string, string | undefined>>

const DAY_MS = 86_400_000

/** The configuration that nobody gave anything of: the defaults of `CONFIG_KEYS` as they are read, which a test holds them to. */
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

/** A folder that says where it is by itself: it has no `~` of a shell and nothing that no name may have. */
const PLAIN_FOLDER = /^[^~\u0000-\u001f\u007f][^\u0000-\u001f\u007f]*$/

/**
 * The configuration in force: flag > environment > file > default. What reads values is loaded where there is more to read than
 * yes, no and a folder: it takes a tenth of a poll.
 * @throws UsageError as `readConfig` does.
 */
export async function loadConfig(flags: Flags, env: Environment, cwd: string): Promise<Config> {
  const held = await configFileFor(flags, cwd)
  return plainConfig(flags, env, held) ?? (await import('./config-read.ts')).readConfig(flags, env, held).config
}

/** What the configuration file holds that holds for a run. Throws `UsageError`. */
export function configFileFor({ config }: Flags, cwd: string): Promise<ConfigFile> {
  return readConfigFile(resolve(cwd, config ?? CONFIG_FILE), config !== undefined)
}

/** The configuration where no more was given than flags that are what they say; `null` where there is more. */
function plainConfig(flags: Flags, env: Environment, { values, faults }: ConfigFile): Config | null {
  const isElsewhere =
    [...Object.keys(values), ...faults].length > 0 || Object.keys(env).some((name) => name.startsWith('ZAOBAO_'))
  const given = Object.entries(flags).filter(([key, value]) => key in DEFAULTS && value !== undefined)
  if (isElsewhere || !given.every(([key, value]) => isPlain(key, value))) return null
  return withDefaults({ lang: localeIn(env)?.language ?? LANGUAGES[0], ...Object.fromEntries(given) })
}

/** The configuration of what was given, and of the defaults of all else. */
export function withDefaults(given: Partial<Config>): Config {
  const said = Object.entries({ ...DEFAULTS, ...given }).filter(([, value]) => value !== undefined)
  return Object.freeze(Object.fromEntries(said) as unknown as Config)
}

function isPlain(key: string, value: unknown): boolean {
  if (key === 'archive') return typeof value === 'string' && PLAIN_FOLDER.test(value)
  return typeof value === 'boolean' && typeof DEFAULTS[key as keyof Config] === 'boolean'
}
