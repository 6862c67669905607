import { isUrl } from '../url.ts'

/** What a terminal takes as an order: CSI, OSC and the other strings, then any other escape. */
const ESCAPES = new RegExp(
  [
    '(?:\\x1b\\[|\\x9b)[0-?]*[ -/]*[@-~]',
    '(?:\\x1b[\\]PX^_]|[\\x9d\\x90\\x98\\x9e\\x9f])[^\\x07\\x1b\\x80-\\x9f]*(?:\\x07|\\x1b\\\\|\\x9c)',
    '\\x1b[ -/]*[0-~]',
  ].join('|'),
  'g',
)

/** Line and paragraph ends of any kind, and tabs. */
const BREAKS = /[\t-\r\u0085\u2028\u2029]+/g

/** DEL, C1; marks, overrides and isolates that turn the direction of text; the invisible. JSON and XML leave them as they are. */
export const UNESCAPED = /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g

/** The same, and the other controls. */
const INVISIBLE = new RegExp(`[\\0-\\x1f]|${UNESCAPED.source}`, 'g')

/**
 * A text from elsewhere as one line that is safe on a terminal and in a log: no control character, no escape sequence, no
 * character that changes the direction of what follows. Chinese, emoji and their joiners stay.
 */
export function printable(text: string): string {
  return text.replace(ESCAPES, '').replace(BREAKS, ' ').replace(INVISIBLE, '').toWellFormed()
}

/** As of `JSON.stringify`. */
type Replacer = (key: string, value: unknown) => unknown

/** A character as JSON escapes it. */
export const jsonEscape = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`

/** Half a character, as `JSON.stringify` writes it; also text that looks so. */
const HALF = /\\ud[89a-f]/

/**
 * A value as JSON on one line: what a terminal would act on stands escaped, so that the value comes back the same, but for half a
 * character, which other readers of JSON refuse: it is U+FFFD.
 */
export function jsonText(value: unknown, replacer?: Replacer): string {
  const json = JSON.stringify(value, replacer)
  const whole = HALF.test(json) ? JSON.stringify(JSON.parse(json), (_, one) => wellFormed(one)) : json
  return whole.replace(UNESCAPED, jsonEscape)
}

const wellFormed = (value: unknown): unknown => (typeof value === 'string' ? value.toWellFormed() : value)

/** The same with the end of the line. */
export function jsonLine(value: unknown, replacer?: Replacer): string {
  return `${jsonText(value, replacer)}\n`
}

/** Query parameters that open a door: RSSHub's `key` and `code`, and the usual others. */
const SECRET_PARAMETER =
  /([?&;](?:key|code|auth|authkey|token|secret|sig|signature|pass|passwd|password|pwd|[\w.-]*(?:api|access)[_-]?(?:key|token))=)[^&;#]*/gi

/** What stands before the host; of what is no URL (a password with a slash in it, say) all up to the last `@`. */
const BEFORE_HOST = /^(https?:|[a-z][a-z0-9+.-]*:(?=[\\/]{2}))?([\\/]*)[^\\/?#]*@/i
const BEFORE_LAST_AT = /^(?!mailto:)(https?:|[a-z][a-z0-9+.-]*:(?=[\\/]{2}))?([\\/]*)[^]*@/i

/** Stands for a secret. */
const HIDDEN = '***'

/** A URL (or what was meant as one) for a message: without credentials, and printable. */
export function printableUrl(url: string | URL): string {
  return withoutSecrets(printable(String(url)))
}

/** A scheme and a slash, or a name and a password before a host; no drive of Windows. */
const MEANT_AS_URL = /^(?:[a-z][a-z\d+.-]+:\/|(?:\/\/)?[^\\/\s:@]{2,}:[^\\@\s]*@)/i

/** A name, that of a file say, for a message: where it was meant as an address, as `printableUrl` has it. */
export function printableName(name: string): string {
  return MEANT_AS_URL.test(name) ? printableUrl(name) : printable(name)
}

function withoutSecrets(text: string): string {
  // Of `me:secret@host` the scheme is a name.
  const isAddress = /^(?:https?:|[a-z][a-z0-9+.-]*:[\\/]{2})/i.test(text) && isUrl(text)
  return text
    .replace(isAddress ? BEFORE_HOST : BEFORE_LAST_AT, (_match, scheme: string | undefined, slashes: string) =>
      scheme === undefined ? slashes : `${scheme}//`,
    )
    .replace(SECRET_PARAMETER, `$1${HIDDEN}`)
}

/** Where in a word an address begins, or a name and a password stand before a host. */
const ADDRESS_IN_WORD =
  /(?<![a-z\d+.-])[a-z][a-z\d+.-]{1,20}:\/|(?<![\w.%+-])(?!mailto:)(?=\d{0,63}[a-z])\w[\w.%+-]{1,63}:[^\s\\@]{1,200}@/i

/** A line of words for a person, safe as `printable` has it, in which no address has credentials, and no path that was given for one. */
export function printableLine(line: string): string {
  return printable(line).replace(/\S+/g, (word) => {
    const at = word.includes('@') ? (ADDRESS_IN_WORD.exec(word)?.index ?? -1) : -1
    return at === -1 ? word : word.slice(0, at) + withoutSecrets(word.slice(at))
  })
}

/** No more is shown of what is refused: who gave it finds it by that. */
const MOST_SHOWN_CHARACTERS = 100
const beginning = (text: string): string =>
  text.length > MOST_SHOWN_CHARACTERS ? `${text.slice(0, MOST_SHOWN_CHARACTERS)}…` : text

/** A text that is refused, for a message: as `printableUrl` has it, the beginning alone of a long one. */
export function shownText(text: string): string {
  return beginning(printableUrl(text))
}

/** A value that is refused, for a message: its JSON, no text in it with credentials, and the beginning alone of a long one. */
export function shownValue(value: unknown): string {
  return beginning(jsonText(value ?? null, (_key, part) => (typeof part === 'string' ? withoutSecrets(part) : part)))
}

/** True for a URL in a form that `printableUrl` made, something being hidden: it cannot be asked for. */
export function hidesSecret(url: string): boolean {
  return url.includes(HIDDEN)
}
