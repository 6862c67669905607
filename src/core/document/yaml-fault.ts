import { YAMLParseError } from 'yaml'
import { type Message, message } from '../../words/words.ts'
import { WordedError } from '../../words/error.ts'

const SAID: Readonly<Record<string, Message>> = {
  DUPLICATE_KEY: message`the key stands there twice; leave one of the two`,
  TAB_AS_INDENT: message`a tab stands at the beginning of a line; write blanks`,
  BAD_DQ_ESCAPE: message`a backslash within double quotes begins no escape; write it twice`,
  BLOCK_AS_IMPLICIT_KEY: message`a colon with a blank stands within it; put the value in quotes`,
  BAD_INDENT: message`its lines are not indented alike; write it in one line`,
  MULTILINE_IMPLICIT_KEY: message`a line of it has no colon; indent it, or write it in one line`,
  MULTIPLE_DOCS: message`a line "..." or "---" ends it; take that line out`,
}
const EXCESS = message`aliases stand for too much; write the values themselves`
/** What stands at the beginning of a value, or two of them. */
const MARKS = message`it begins with a character that means something else in YAML; put the value in quotes`
const QUOTES = message`its quotes do not match; end it with the one that it begins with, and write \\" for one within`
const BRACKETS = message`its brackets and commas do not match; put what holds such characters in quotes`
const OTHER = message`it is no YAML; put the value in quotes`
const FOLLOWED = new Set(['MISSING_CHAR', 'UNEXPECTED_TOKEN', 'BAD_INDENT'])

/** The lines between which git leaves the sides of a conflict. */
export const MERGE_MARK = /^(?:<{7}|>{7}) /m
/** What is wrong with a text that has such lines. */
export const UNFINISHED_MERGE = message`it holds the marks of a merge that was not finished`

/** True where a few aliases stand for a text that no memory holds: no key by itself is at fault. */
export function isExcess(error: Error): boolean {
  return error.message.startsWith('Excessive alias count')
}

/** Why a key with its value, or several of them, are no YAML, and what to do about it; the parser's own words are English alone. */
export function yamlFault(error: Error, source: string): Message {
  if (error instanceof WordedError) return error.words
  if (isExcess(error)) return EXCESS
  if (!(error instanceof YAMLParseError)) return MARKS
  const first = /:\s*(\S)/.exec(source)?.[1] ?? ''
  if (FOLLOWED.has(error.code) && /["']/.test(first)) return QUOTES
  if (FOLLOWED.has(error.code) && /[[{]/.test(first)) return BRACKETS
  return SAID[error.code] ?? (/[\w\p{L}]/u.test(first) ? OTHER : MARKS)
}
