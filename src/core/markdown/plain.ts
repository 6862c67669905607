import type { Block } from '../blocks.ts'

/** Signs that mean nothing in Markdown, wherever they stand behind a letter or a sign of Chinese. */
const LETTERS = String.raw`\p{Script=Han}\p{Script=Latin}0-9\uff01-\uff5e。、“”‘’《》「」『』【】…—·•●©,.%:;?/()+=-`
/** No list, heading, quote or rule begins so: a list that is numbered has a sign behind its number. */
const BEGIN = String.raw`(?:[\p{Script=Han}\p{Script=Latin}\uff01-\uff5e“‘《「『【…—·•●©]|\d+(?=[\p{Script=Han}\p{Script=Latin}]))`
const TEXT = String.raw`${BEGIN}(?:[${LETTERS}]| (?=[${LETTERS}]))*`
const PLAIN = new RegExp(`^${TEXT}$`, 'u')
const PICTURE = new RegExp(String.raw`^!\[(${TEXT}|)\]\((https?://[\w./?=%,:-]+)\)$`, 'u')
/** What may reach beyond a blank line, or be meant elsewhere: HTML, fences, definitions. */
const REACHES_FAR = /[<`~\r]|\]:/
const MAX_OTHERS = 100

/** A part of a body: what is known to be said in it, the HTML that it is, or Markdown that is to be read. */
type BodyPart = { block: Block } | { html: string } | { markdown: string }

/**
 * The parts of a body: paragraphs of text alone, and pictures, of which most stories are made, can be read as they stand;
 * what is between them is Markdown by itself.
 */
export function partsOf(markdown: string): BodyPart[] {
  if (REACHES_FAR.test(markdown)) return [{ markdown }]
  const parts: BodyPart[] = []
  let others = 0
  // A paragraph, and the blank lines behind it.
  for (const [whole, text = ''] of markdown.matchAll(/((?:[^\n]+\n)*?[^\n]+|)(?:\n{2,}|\n?$)/g)) {
    if (text === '') continue
    const last = parts.at(-1)
    const [, alt, url] = PICTURE.exec(text) ?? []
    if (PLAIN.test(text)) {
      parts.push({ block: { kind: 'paragraph', inlines: [{ kind: 'text', text }], explicit: true, caption: null } })
    } else if (url !== undefined) parts.push({ html: `<p><img src="${url}" alt="${alt}"></p>` })
    else {
      if (last !== undefined && 'markdown' in last) last.markdown += whole
      else parts.push({ markdown: whole })
      if ((others += 1) > MAX_OTHERS) return [{ markdown }]
    }
  }
  return parts
}
