import { collapse } from '../text.ts'

const LABEL =
  /(?:^|[\s　|｜])(?:文字?|[图圖]|[图圖]片|[摄攝]影?|[报報][道導]|[编編][译譯]|翻[译譯]|[译譯]者?|整理|[记記]者|作者|撰文|特派[员員]|[视視][频頻]|[制製]作|策[划劃])\s*[/／:：|｜]\s*/g
const SEPARATOR = /[、，,;；|｜]|\s\/\s|\s{2,}|(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])/

const ROLE =
  /^(?:[报報][道導]|[摄攝]影?|[编編][译譯]|翻[译譯]|整理|本?[报報]?[记記]者|作者|特派[员員]|[综綜]合[报報][道導])$/
const ROLE_AFTER_NAME = /(?<=\S)\s*(?:[报報][道導]|[摄攝]影?|[编編][译譯]|翻[译譯])$/

/** The names in those of several texts that carry the label of a byline. */
export function labelledNames(texts: readonly string[]): string[] {
  return texts.filter(hasBylineLabel).flatMap(namesIn)
}

/** True when a text carries the label of a byline: `文 /`, `报道／`, `摄影：`. */
export function hasBylineLabel(text: string): boolean {
  return collapse(text).search(LABEL) !== -1
}

/** The names that a byline prints, without the label: `文 / 甲 乙  摄影 / 丙` gives 甲, 乙, 丙; `甲 报道` gives 甲. */
export function namesIn(text: string): string[] {
  const names = withoutTime(text)
    .replaceAll('\u00a0', ' ')
    .replace(LABEL, '、')
    .split(SEPARATOR)
    .map((name) => withoutMarks(collapse(name)))
  return unique(names.map((name) => (ROLE.test(name) ? '' : name.replace(ROLE_AFTER_NAME, ''))))
}

/** Text up to the date that follows the names. */
function withoutTime(text: string): string {
  return text.replace(/(?:[发發][布佈]|更新)?\s{0,9}[/／:：]?\s{0,9}\d{4}\s{0,9}[-年/].*$/, '')
}

const MARK = /[/／:：\s]/

/** Not by a pattern that ends in `$`: it looks at a long run of marks once for each of them. */
function withoutMarks(name: string): string {
  let begin = 0
  let end = name.length
  while (begin < end && MARK.test(name.charAt(begin))) begin += 1
  while (end > begin && MARK.test(name.charAt(end - 1))) end -= 1
  return name.slice(begin, end)
}

/** Each once, in order, none empty. */
export function unique(texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => collapse(text)).filter((text) => text !== ''))]
}
