import * as z from 'zod/mini'
import { LINE } from './file.ts'
import { parseDuration, parseRate, type Rate } from '../core/units.ts'
import { isUrl } from '../core/url.ts'
import { PUBLISHERS, sectionNames } from '../sites/publishers.ts'
import { type Message, message, said } from '../words/words.ts'

/** What is said of a value that is refused: of all the same, or of each what is wrong with it. */
type What = Message | ((value: unknown) => Message)

/** That of a value, in the language of the moment. */
export const saying = (what: What) => ({
  error: ({ input }: { input?: unknown }) => said(typeof what === 'function' ? what(input) : what),
})

/** A list, or a value that stands for a list of one. */
export const list = <T extends z.ZodMiniType>(item: T) =>
  z.pipe(
    z.transform((value: unknown) => (Array.isArray(value) || value === undefined ? value : [value])),
    z.array(item),
  )

/** Text of this form, of which more may be wanted than a form can say. */
export const textThat = (form: RegExp, what: What, is: (text: string) => boolean = () => true) =>
  z.string(saying(what)).check(z.regex(form, saying(what)), z.refine(is, saying(what)))
export const words = (what: Message) => textThat(LINE, what)
/** Text that begins with one of these schemes, but is no address all the same, is told so. */
const addressThat = (form: RegExp, what: Message, broken: Message) =>
  textThat(form, (value) => (form.test(String(value)) ? broken : what), isUrl)
const ADDRESS = /^[Hh][Tt][Tt][Pp][Ss]?:\/\//
const BROKEN_ADDRESS = message`write an address that begins with http:// or https:// and goes on with a host, without blanks, a port up to 65535`
export const httpUrl = () =>
  addressThat(ADDRESS, message`write an address that begins with http:// or https://`, BROKEN_ADDRESS)
export const proxy = () =>
  addressThat(
    /^([Hh][Tt][Tt][Pp][Ss]?|[Ss][Oo][Cc][Kk][Ss]5[Hh]?):\/\//,
    message`write the address of a proxy: http://, https:// or socks5://`,
    message`write the address of a proxy with a host, a port up to 65535: http://127.0.0.1:7890`,
  )
/** The form of a section, all of a paper, or the address of a list page: which there are is asked when a value is looked at. */
export const sectionForm = (): RegExp => {
  const names = [...sectionNames(), 'all', ...PUBLISHERS.map(({ name }) => `${name}:all`)]
  return new RegExp(`^(?:[Hh][Tt][Tt][Pp][Ss]?://[^\\u0000-\\u001f\\u007f]+|${names.join('|')})$`)
}
let theSection: ReturnType<typeof textThat> | undefined
/** Always the same schema: by that `configSchema` tells it, whose JSON Schema says which sections there are. */
export const section = () =>
  (theSection ??= textThat(
    LINE,
    (value) => {
      if (typeof value !== 'string') return message`write a section such as china`
      return ADDRESS.test(value) ? BROKEN_ADDRESS : message`write ${sectionNames()}, all or an address`
    },
    (text) => sectionForm().test(text) && (!ADDRESS.test(text) || isUrl(text)),
  ))
export const host = () => textThat(/^(\*\.)?[\p{L}\p{N}._-]+$|^\[[0-9a-fA-F:.]+\]$/u, message`write a host name`)
export const choice = <const T extends readonly [string, string]>(...values: T) =>
  z.enum(values, saying(message`write ${values[0]} or ${values[1]}`))

/** Text of a form, or a number where one is taken, read by `read`, which answers `null` for what it does not know. */
export const written = <T>(
  what: What,
  text: RegExp,
  read: (text: string) => T | null,
  ...numbers: z.ZodMiniType<number>[]
) =>
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
export const duration = () =>
  written(
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
export const span = () => above0((ms) => ms)
/** Timers take no longer spans; and a request that takes a day is none. */
const MAX_TIMEOUT_MS = 86_400_000
export const timeout = () => above0((ms) => Math.min(ms, MAX_TIMEOUT_MS))
export const rate = () =>
  written<Rate>(message`write a rate such as 1/s or 30/m`, /^(?!0*(\.0*)?\/)\d+(\.\d+)?\/(s|m|h)$/, parseRate)
const MAX_COUNT = 999_999_999
const COUNT = (value: unknown) =>
  Number(value) > MAX_COUNT
    ? message`write a whole number above 0, and ${MAX_COUNT} at most`
    : message`write a whole number above 0`
export const count = () =>
  written(
    COUNT,
    /^0*[1-9]\d{0,8}$/,
    Number,
    z.int(saying(COUNT)).check(z.minimum(1, saying(COUNT)), z.maximum(MAX_COUNT, saying(COUNT))),
  )
const YES_NO = /^([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|1|0|[Yy][Ee][Ss]|[Nn][Oo]|[Oo][Nn]|[Oo][Ff][Ff]|)$/
function isYes(value: boolean | string): boolean {
  return value === true || /^(?:true|1|yes|on)$/i.test(String(value))
}
export const yesNo = () =>
  z.pipe(
    z.union([z.boolean(), textThat(YES_NO, message`write true or false`)], saying(message`write true or false`)),
    z.transform(isYes),
  )
/** True, false, or where: a folder that has the name of one of them is written with `./` before it. */
export const yesNoOrFolder = () =>
  z.pipe(
    z.union(
      [z.boolean(), words(message`write true, false or a folder`)],
      saying(message`write true, false or a folder`),
    ),
    z.transform((value) => (typeof value === 'string' && !YES_NO.test(value) ? value : isYes(value))),
  )
