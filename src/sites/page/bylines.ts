import { collapse } from '../text.ts'

const LABEL =
  /(?:^|[\s　|｜])(?:文字?|图|图片|摄影?|报道|编译|翻译|译者?|整理|记者|作者|撰文|特派员|视频|制作|策划)\s*[/／:：|｜]\s*/g
const SEPARATOR = /[、，,;；|｜]|\s\/\s|\s{2,}|(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])/

const ROLE = /^(?:报道|摄影?|编译|翻译|整理|记者|本报记者|作者|特派员|综合报道)$/
const ROLE_AFTER_NAME = /(?<=\S)\s*(?:报道|摄影|摄|编译|翻译)$/

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
  return text.replace(/(?:发布|更新)?\s{0,9}[/／:：]?\s{0,9}\d{4}\s{0,9}[-年/].*$/, '')
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
