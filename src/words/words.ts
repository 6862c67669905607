/** The languages of messages. */
export const LANGUAGES = ['en', 'zh'] as const
export type Language = (typeof LANGUAGES)[number]

/** What stands in a message's hole; things that are told one after the other; clauses of one sentence. */
type Hole = string | number | Message | readonly string[] | readonly Message[]

/** A message that is not said yet: plain data, which threads and tables can hold. */
export interface Message {
  /** The English template; `{0}`, `{1}` stand for the holes. */
  readonly template: string
  readonly holes: readonly Hole[]
  /** What is said in its place in any language but English. */
  readonly abroad?: Message
}

/** Templates in another language by the English one; a hole that it does not name is left out. */
type Catalogue = Readonly<Record<string, string>>

/** What stands between things that are told one after the other, and between clauses. */
const BETWEEN = { en: [', ', '; '], zh: ['、', '；'] } as const

/** A language, and how messages are said in it. */
interface Tongue {
  readonly language: Language
  readonly catalogue: Catalogue
}

const ENGLISH: Tongue = { language: 'en', catalogue: {} }

/** The one that is spoken. */
let tongueNow = ENGLISH

/** A language, made ready to be spoken. English loads no catalogue. */
export async function tongueOf(wanted: Language): Promise<Tongue> {
  return wanted === 'zh' ? { language: wanted, catalogue: (await import('./zh.ts')).ZH } : ENGLISH
}

/** Sets the language of all that is said from now on in this process or thread. */
export async function speak(wanted: Language): Promise<void> {
  tongueNow = await tongueOf(wanted)
}

/**
 * What `make` answers, all that it says being in a language of its own: a page for one reader among many. It waits for nothing,
 * so that nobody else speaks meanwhile.
 */
export function saidIn<T>(tongue: Tongue, make: () => T extends PromiseLike<unknown> ? never : T): T {
  const own = tongueNow
  tongueNow = tongue
  try {
    return make()
  } finally {
    tongueNow = own
  }
}

/** The language that is spoken. */
export function spoken(): Language {
  return tongueNow.language
}

/** The message of a template, for what is said later, or in English to a record: `message` + `` `the page has ${n} more` ``. */
export function message(texts: TemplateStringsArray, ...holes: Hole[]): Message {
  return { template: texts.reduce((before, text, at) => `${before}{${at - 1}}${text}`), holes }
}

/** The words of a library, which speaks English alone, and what is said in their place in any other language. */
export function borrowed(words: string, abroad: Message): Message {
  return { ...message`${words}`, abroad }
}

/** A message in the language that is spoken. */
export function said({ template, holes, abroad }: Message): string {
  if (abroad !== undefined && tongueNow.language !== 'en') return said(abroad)
  return filled(tongueNow.catalogue[template] ?? template, holes, said, BETWEEN[tongueNow.language])
}

/** A message in English, whatever is spoken: for data. */
export function english({ template, holes }: Message): string {
  return filled(template, holes, english, BETWEEN.en)
}

/** The text of a template in the language that is spoken: for what is said at once. */
export function t(texts: TemplateStringsArray, ...holes: Hole[]): string {
  return said(message(texts, ...holes))
}

function filled(
  template: string,
  holes: readonly Hole[],
  print: (hole: Message) => string,
  [comma, semicolon]: (typeof BETWEEN)[Language],
): string {
  return template.replace(/\{(\d+)\}/g, (_, at: string) => {
    const hole = holes[Number(at)] ?? ''
    if (typeof hole !== 'object') return String(hole)
    if ('template' in hole) return print(hole)
    const parts = hole.map((part) => (typeof part === 'string' ? part : print(part)))
    return parts.join(typeof hole[0] === 'string' ? comma : semicolon)
  })
}

/** A replacer of `JSON.stringify`, for data in which messages stand: they are written in English. */
export function inEnglish(_key: string, value: unknown): unknown {
  return isMessage(value) ? english(value) : value
}

/** True for a message. */
export function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && 'template' in value
}

/** The message with each text in its holes changed. */
export function withTexts(words: Message, change: (text: string) => string): Message {
  const changed = (hole: Hole): Hole => {
    if (typeof hole === 'string') return change(hole)
    if (typeof hole === 'number') return hole
    if ('template' in hole) return withTexts(hole, change)
    return hole.map((part: string | Message) => changed(part)) as readonly string[]
  }
  const { template, holes, abroad } = words
  return { template, holes: holes.map(changed), ...(abroad === undefined ? {} : { abroad: withTexts(abroad, change) }) }
}

/** What is said of an address. Its colon is ASCII in every language: one of full width would be taken for a part of it. */
export function ofAddress(url: string, words: Message): Message {
  return message`${`${url}:`} ${words}`
}

/** `one` of 1, `many` of any other number; Chinese has one form, the latter. */
export function plural<T>(number: number, one: T, many: T): T {
  return number === 1 && tongueNow.language === 'en' ? one : many
}

/** The same of messages. */
export function pluralOf(number: number, one: Message, many: Message): Message {
  return number === 1 ? { ...one, abroad: many } : many
}

/** Parts of what is said, `false` and `null` in the place of those that are not. */
type Parts = readonly (string | false | null)[]

/** The parts that are said. */
export function partsSaid(parts: Parts): string[] {
  return parts.filter((part) => part !== false && part !== null)
}

/** Things that are told one after the other, those that are said. */
export function commas(parts: Parts): string {
  return partsSaid(parts).join(t`, `)
}

/** Clauses of one sentence, those that are said. */
export function clauses(parts: Parts): string {
  return partsSaid(parts).join(t`; `)
}
