import { resolve } from 'node:path'
import { CONFIG_FILE, type ConfigFile, LINE, readConfigFile } from './file.ts'
import { DEFAULTS, type Environment, type Flags, withDefaults } from './defaults.ts'
import type { Config } from './keys.ts'
import type { Io } from '../io.ts'
import { languageIn } from '../words/locale.ts'

/**
 * The configuration in force: flag > environment > file > default. What reads values is loaded where there is more to read than
 * yes, no and a folder: it takes a tenth of a poll.
 * @throws UsageError as `readConfig` does.
 */
export async function loadConfig(
  flags: Flags,
  { env, cwd, signal }: Pick<Io, 'env' | 'cwd' | 'signal'>,
): Promise<Config> {
  const held = await configFileFor(flags, { cwd, signal })
  return plainConfig(flags, env, held) ?? (await import('./read.ts')).readConfig(flags, env, held).config
}

/** The configuration file of a run; nothing where there is none. Throws `UsageError`. */
export function configFileFor({ config }: Flags, { cwd, signal }: Pick<Io, 'cwd' | 'signal'>): Promise<ConfigFile> {
  return readConfigFile(resolve(cwd, config ?? CONFIG_FILE), config !== undefined, signal)
}

/** The configuration where no more was given than flags that are what they say; `null` where there is more. */
function plainConfig(flags: Flags, env: Environment, { values, faults }: ConfigFile): Config | null {
  const isGivenElsewhere =
    [...Object.keys(values), ...faults].length > 0 || Object.keys(env).some((name) => name.startsWith('ZAOBAO_'))
  const given = Object.entries(flags).filter(([key, value]) => key in DEFAULTS && value !== undefined)
  if (isGivenElsewhere || !given.every(([key, value]) => isPlain(key, value))) return null
  return withDefaults({ lang: languageIn(env), ...Object.fromEntries(given) })
}

function isPlain(key: string, value: unknown): boolean {
  if (key === 'archive') return typeof value === 'string' && LINE.test(value) && !value.startsWith('~')
  return typeof value === 'boolean' && typeof DEFAULTS[key as keyof Config] === 'boolean'
}
