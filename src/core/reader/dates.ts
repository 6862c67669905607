import { commas, spoken, t } from '../../words/words.ts'
import { storiesIn } from '../counts.ts'
import { getOrMake } from '../get-or-make.ts'

const FORMS = {
  day: { day: 'numeric', month: 'long' },
  weekday: { weekday: 'long' },
  short: { weekday: 'narrow' },
  year: { year: 'numeric' },
  whole: { day: 'numeric', month: 'long', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  monthName: { month: 'long' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

const formats = new Map<string, Intl.DateTimeFormat>()

/** The language that is spoken, as an attribute has it. */
export function spokenTag(): string {
  return spoken() === 'zh' ? 'zh-Hans' : 'en'
}

/** A day (`YYYY-MM-DD`, or a month's first) as a reader says it: `10 November`, `11月10日`. */
export function dayWords(day: string, form: keyof typeof FORMS): string {
  const locale = spoken() === 'zh' ? 'zh-Hans' : 'en-GB'
  const make = () => new Intl.DateTimeFormat(locale, { ...FORMS[form], timeZone: 'UTC' })
  return getOrMake(formats, `${locale} ${form}`, make).format(Date.parse(`${day}T00:00:00Z`))
}

/** A day, or a month by its first one, with how many stories it has, in words; `isOpen`: some of it may be missing. */
export function heldWords(day: string, form: 'whole' | 'month', count: number, isOpen: boolean): string {
  return commas([dayWords(day, form), storiesIn(count), isOpen && t`gap`])
}
