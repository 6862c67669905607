import type { Refusal } from './model.ts'
import { type Message, english, message, t } from '../words/words.ts'

/** What read a page that none of the paper's layouts claims, as the record, the front matter and the journal name it. */
export const GENERIC = 'generic'

export const OF_NO_LAYOUT = message`no layout of the paper has its article in this page`

/** The names of what makes a page none of an article; in English the codes themselves. */
export const REFUSALS: Readonly<Record<Refusal, Message>> = {
  'too-large': message`too-large`,
  challenge: message`challenge`,
  consent: message`consent`,
  login: message`login`,
  home: message`home`,
  'not-found': message`not-found`,
  maintenance: message`maintenance`,
  imitator: message`imitator`,
  'no-page': message`no-page`,
  unclaimed: message`unclaimed`,
  empty: message`empty`,
}

/** Where to look when the paper is not as it is known: said by whoever meets that. */
export const SEE_PROBE = message`zaobao-archiver probe shows what is known of the site`

/** What a document says of how its page was read: nothing, unless no layout vouches for it. */
export function extractionMark(extraction: string | null): typeof GENERIC | undefined {
  return extraction === GENERIC ? extraction : undefined
}

/** True for what was read without a layout of the paper, or what a witness doubts, as the journal notes both. */
export function isInDoubt({ extraction, doubt }: { extraction?: string | null; doubt?: string }): boolean {
  return extraction === GENERIC || doubt !== undefined
}

/** How a page was read, in words. */
export function readBy(extraction: string | null): string {
  return extraction === GENERIC ? t`read by no layout` : t`read by the layout ${extraction ?? ''}`
}

/** All that speaks against a text in one line, as the record has it; `null` where nothing does. */
export function doubtOf(doubts: readonly Message[]): string | null {
  return doubts.length === 0 ? null : doubts.map(english).join('; ')
}
