import { collapse } from './page.ts'

const LABEL =
  /(?:^|[\s　|｜])(?:文字?|图|图片|摄影?|报道|编译|翻译|译者?|整理|记者|作者|撰文|特派员|视频|制作|策划)\s*[/／:：]\s*/g
const SEPARATOR = /[、，,;；|｜]|\s\/\s|\s{2,}|(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])/

/** True when a text carries the label of a byline: `文 /`, `报道／`, `摄影：`. */
export function hasBylineLabel(text: string): boolean {
  return collapse(text).search(LABEL) !== -1
}

/** The names that a byline prints, without the label: `文 / 甲 乙  摄影 / 丙` gives 甲, 乙, 丙. */
export function namesIn(text: string): string[] {
  const names = text
    .replaceAll('\u00a0', ' ')
    .replace(LABEL, '、')
    .split(SEPARATOR)
    .map((name) => collapse(name).replace(/^[/／:：\s]+|[/／:：\s]+$/g, ''))
  return unique(names)
}

/** Each once, in order, none empty. */
export function unique(texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => collapse(text)).filter((text) => text !== ''))]
}
