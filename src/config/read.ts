import type { core } from 'zod/mini'
import { CONFIG_FILE, type ConfigFile } from './file.ts'
import { type Config, readerOf, ROWS } from './keys.ts'
import { type Environment, type Flags, optionOf, variableOf, withDefaults } from './defaults.ts'
import { nearest } from '../core/text/nearest.ts'
import { printable, shownText, shownValue } from '../core/text/printable.ts'
import { UsageError } from '../errors.ts'
import { localeIn } from '../words/locale.ts'
import { LANGUAGES, t } from '../words/words.ts'

/** The keys that lists of words may hold in one environment variable, separated by commas or white space. */
const LISTS = new Set(ROWS.flatMap(([key, row]) => (Array.isArray(row.default) ? [key] : [])))

/** A key of the configuration as it was given. */
export interface Given {
  /** As it was written; `undefined` where nothing gave it. */
  value: unknown
  from: 'flag' | 'environment' | 'file' | 'locale' | 'default'
  /** The option, the variable (that of the locale, too) or the file; `null` of a default. */
  name: string | null
}

/**
 * The configuration in force, and of each key what was given, on the command line, in variables, in the file (`held`).
 * @throws UsageError with a line for each fault: where it was given, the key, the value and what is allowed.
 */
export function readConfig(
  flags: Flags,
  env: Environment,
  held: ConfigFile,
): { config: Config; given: Readonly<Record<string, Given>> } {
  const path = printable(flags.config ?? CONFIG_FILE)
  const { $schema: _, ...file } = held.values
  const inFile = (key: PropertyKey[]): string => `${path}: ${t`line ${held.lineOf(key)}`}`
  const unknown = Object.keys(file).filter((key) => !KEYS.includes(key))
  const faults = [
    ...held.faults.map((fault) => () => `${path}: ${fault()}`),
    ...unknown.map((key) => () => `${inFile([key])}: ${unknownKey(key)}`),
    ...unknownVariables(env).map((fault) => () => fault),
  ]
  const given: Record<string, Given> = {}
  for (const key of KEYS) {
    const variable = variableOf(key)
    const inEnvironment = (env[variable] ?? '').trim()
    if (flags[key] !== undefined) given[key] = { value: flags[key], from: 'flag', name: optionOf(key) }
    else if (inEnvironment !== '') {
      const { value, fault } = fromVariable(key, inEnvironment)
      given[key] = { value, from: 'environment', name: variable }
      if (fault !== null) {
        faults.push(() => `${variable}: ${key}: ${shownValue(inEnvironment)}: ${fault}`)
        given[key].value = undefined
      }
    } else if (file[key] !== undefined) given[key] = { value: file[key], from: 'file', name: path }
    else given[key] = unsaid(key, env)
  }
  const values = Object.fromEntries(
    Object.entries(given).flatMap(([key, { value }]) => (value === undefined ? [] : [[key, value]])),
  )
  const result = readerOf(Object.keys(values)).safeParse(values)
  if (!result.success || faults.length > 0) {
    const ofValues = result.error?.issues.map((issue) => () => describe(issue, given, inFile)) ?? []
    throw new UsageError(firstOf([...faults, ...ofValues]).join('\n'))
  }
  const { archive, log, failures, warc } = result.data
  const home = env['HOME']
  const paths = Object.entries({ archive, log, failures, warc }).flatMap(([key, place]) =>
    typeof place === 'string' ? [[key, inHome(place, home)]] : [],
  )
  return { config: withDefaults({ ...result.data, ...Object.fromEntries(paths) }), given }
}

/** Faults that are named; the others are counted. */
const MAX_NAMED = 100

/** The lines of the first faults, and how many there are more. */
function firstOf(faults: readonly (() => string)[]): string[] {
  const more = faults.length - MAX_NAMED
  const lines = faults.slice(0, MAX_NAMED).map((say) => say())
  return [...new Set(lines), ...(more > 0 ? [t`and ${more} more`] : [])]
}

const KEYS = ROWS.map(([key]) => key)

function unknownKey(key: string): string {
  const near = nearest(key, KEYS)
  const known = near === null ? t`the keys are ${KEYS}` : t`did you mean "${near}"?`
  return t`unknown key "${shownText(key)}"; ${known}`
}

/** The variables of this program that it does not know: a mistyped one would be passed over for years. */
function unknownVariables(env: Environment): string[] {
  const known = KEYS.map(variableOf)
  return Object.keys(env)
    .filter((name) => name.startsWith('ZAOBAO_') && !known.includes(name))
    .map((name) => {
      const near = nearest(name.slice('ZAOBAO_'.length), KEYS)
      const meant = near === null ? t`ZAOBAO_ and a key is expected: ${known}` : t`did you mean ${variableOf(near)}?`
      return `${shownText(name)}: ${t`unknown variable; ${meant}`}`
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
function inHome(path: string, home: string | undefined): string {
  return home !== undefined && /^~(?:\/|$)/.test(path) ? `${home}${path.slice(1)}` : path
}

/** A variable's value: white space at its ends is not meant, quotes are those of a file that no shell read. */
function fromVariable(key: string, text: string): { value: unknown; fault: string | null } {
  if (/^(["'])[^]*\1$/.test(text)) return { value: undefined, fault: t`write it without the quotes` }
  if (!LISTS.has(key)) return { value: text, fault: null }
  if (!/^(?:\{|\[\s*["{\]])/.test(text))
    return { value: text.split(/[\s,]+/).filter((part) => part !== ''), fault: null }
  try {
    // A copy is made of what is no deeper than can be told of.
    return { value: structuredClone(JSON.parse(text)), fault: null }
  } catch (error) {
    const isDeep = error instanceof RangeError
    return { value: undefined, fault: isDeep ? t`too many values stand in one another` : t`it is no JSON` }
  }
}

function describe(
  issue: core.$ZodIssue,
  given: Readonly<Record<string, Given>>,
  inFile: (path: PropertyKey[]) => string,
): string {
  const key = String(issue.path[0])
  const { value: whole, from, name } = given[key] ?? { value: undefined, from: 'default', name: null }
  // A value that stands for a list of one has no parts of its own.
  const parts = Array.isArray(whole) ? issue.path.slice(1) : []
  const value = parts.reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown>)[part], whole)
  const where = from === 'file' ? inFile([key, ...parts]) : (name ?? t`configuration`)
  const names = [...(from === 'flag' ? [] : [key]), ...parts.filter((part) => typeof part === 'string')]
  return [where, ...names, shownValue(value), issue.message].join(': ')
}
