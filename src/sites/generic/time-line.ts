import type { TextLine } from '../../core/html/outline.ts'
import { isHeading } from './blocks.ts'

/** Days and clocks, in words and figures. */
const TIME =
  /^(?=.*\d)(?:[\d\s年月日时時分秒星期周週礼禮拜一二三四五六天上下午:：/.,|·•()@–-]|(?<![a-z])(?:(?:post|publish|updat)ed|on|at|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|st|nd|rd|th|[ap]\.?m|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|januar|februar|märz|juni|juli|oktober|dezember|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|le|à|um|h|gmt|utc|[bei]st|sgt|hkt|[cemp][sd]?t|uhr)(?![a-z])){8,}$/i
/** A longer line is none of a time alone. */
const TIME_LENGTH = 60

const YEARS = /\b(?:1\d|20)\d\d\b/g

/** True for a line that is a day, with a clock or without, and nothing else: from a year to a later one than the next is a life. */
export function isTimeLine(text: string): boolean {
  if (text.length > TIME_LENGTH || !TIME.test(text)) return false
  const years = Array.from(text.matchAll(YEARS), Number)
  return years.length < 2 || Math.max(...years) - Math.min(...years) <= 1
}

const CLOCK = /\b\d{1,2}:\d\d(?!\d)/
const YEAR = /\b(?:19|20)\d\d\b/
const SIGNED_WORDS = 16
const BEFORE_TIME = 8

/** True for words of which the last are a day and a clock, behind one to `most` others. */
function endWithTime(words: readonly string[], most: number): boolean {
  return words.slice(1, most + 1).some((_, at) => {
    const end = words.slice(at + 1).join(' ')
    return CLOCK.test(end) && YEAR.test(end) && isTimeLine(end)
  })
}

/** True for a line, no heading, that ends with a day and a clock, with a name or place before them. */
export function isSignedTime(line: TextLine): boolean {
  const words = line.text.split(' ')
  return !line.isProse && !isHeading(line) && words.length <= SIGNED_WORDS && endWithTime(words, BEFORE_TIME)
}

const BYLINE_WORDS = 30
const BYLINE = /^(?:by|posted|published|von|par|por|di)\b/i

/** True for a line that begins with who wrote a story and ends with when. */
export function isByline({ text, words }: TextLine): boolean {
  return words <= BYLINE_WORDS && BYLINE.test(text) && endWithTime(text.split(' '), BYLINE_WORDS)
}
