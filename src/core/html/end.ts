import { beginsTag, markupEnd, RAW_TEXT, rawTextEnd, readTag, VOID } from './tags.ts'

/** Elements that HTML lets end without a tag. */
const OPTIONAL = new Set(
  'html head body p li dt dd option optgroup colgroup caption thead tbody tfoot tr td th rb rt rtc rp'.split(' '),
)

/**
 * False where a page ends before its time: without the end of its root. Of what has no root (part of a page), where it
 * ends inside a tag or a comment, or with elements open.
 */
export function isEnded(html: string): boolean {
  if (/<\/(?:html|body)\s*>/i.test(html)) return true
  if (/<html[\s>]/i.test(html)) return false
  const open = new Map<string, number>()
  let left = 0
  for (let at = html.indexOf('<'); at !== -1;) {
    const past = markupEnd(html, at)
    const tag = past === -1 ? readTag(html, at) : null
    if (tag === null) {
      if (past === -1 ? beginsTag(html, at) : past >= html.length && !html.endsWith('>')) return false
      at = html.indexOf('<', Math.max(past, at + 1))
      continue
    }
    let end = tag.end
    const { name, isEnd } = tag
    const count = open.get(name) ?? 0
    if (isEnd) {
      left -= count > 0 ? 1 : 0
      open.set(name, Math.max(0, count - 1))
    } else if (RAW_TEXT.has(name)) {
      end = rawTextEnd(html, name, tag.end)
      if (end >= html.length) return false
    } else if (!VOID.has(name) && !OPTIONAL.has(name) && !html.endsWith('/>', tag.end)) {
      left += 1
      open.set(name, count + 1)
    }
    at = html.indexOf('<', end)
  }
  return left === 0
}
