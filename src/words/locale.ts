import { type Language, LANGUAGES } from './words.ts'

/** In the order in which POSIX has them for messages: the first that is set and not empty holds. */
const VARIABLES = ['LC_ALL', 'LC_MESSAGES', 'LANG'] as const

/** The language of messages in a locale, and the variable that names it; `null` where none is set. */
export function localeIn(
  env: Readonly<Record<string, string | undefined>>,
): { language: Language; name: string } | null {
  const name = VARIABLES.find((variable) => env[variable])
  return name === undefined ? null : { language: /^zh(?![a-z])/i.test(env[name] ?? '') ? 'zh' : 'en', name }
}

/** The language of messages where nothing else says it: that of the locale, else the first. */
export function languageIn(env: Readonly<Record<string, string | undefined>>): Language {
  return localeIn(env)?.language ?? LANGUAGES[0]
}
