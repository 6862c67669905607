import { shown } from '../archive/plan.ts'
import { IMPLIED, isBlock } from '../html/elements.ts'
import { tokenizer } from '../html/tokenize.ts'
import type { Item } from '../model.ts'

/** So many texts tell what is the feed's, and not a story's. */
const LEAST_TEXTS = 3

/** A line of a text: between two tags that part lines. A rule above it is its own. */
interface Line {
  start: number
  end: number
  /** Its words, and the names of its pictures. */
  shows: string
  /** It leads elsewhere, shows a picture, or is set off by a rule. */
  isSetOff: boolean
}

/** What is words of the line in which it stands. */
const partsLines = (name: string): boolean => isBlock(name) || IMPLIED.has(name) || name === 'hr' || name === 'br'

function linesOf(html: string): Line[] {
  const lines: Line[] = []
  let start = 0
  let rule: number | null = null
  function take(end: number): void {
    const shows = shown(html.slice(start, end)).trim()
    if (shows === '') return
    const isSetOff = rule !== null || /<(?:a|img)\s/i.test(html.slice(start, end))
    lines.push({ start: rule ?? start, end, shows, isSetOff })
    rule = null
  }
  const next = tokenizer(html)
  for (let token = next(); token !== null; token = next()) {
    if ((token.kind !== 'start' && token.kind !== 'end') || !partsLines(token.name)) continue
    take(token.start)
    if (token.name === 'hr') rule = token.start
    start = token.end
  }
  take(html.length)
  return lines
}

/** How many lines all texts end with alike, from the outermost that is set off: those above it may be the stories' own. */
function commonEnd(texts: readonly Line[][]): number {
  const [first = []] = texts
  let found = 0
  for (let count = 1; count <= first.length; count += 1) {
    const line = first.at(-count)!
    if (texts.some((lines) => lines.at(-count)?.shows !== line.shows)) break
    if (line.isSetOff) found = count
  }
  return found
}

/**
 * A feed's items without what every text of it ends with, if that leads elsewhere, is a picture, or stands below a rule: programs put
 * advertising there, which is another at each request. Nothing is taken where a text would be left without a word.
 */
export function withoutCommonEnd<Kind extends Pick<Item, 'html'>>(items: readonly Kind[]): Kind[] {
  const texts = items.flatMap(({ html }) => (html === null ? [] : [linesOf(html)]))
  const count = texts.length < LEAST_TEXTS ? 0 : commonEnd(texts)
  if (count === 0 || texts.some((lines) => lines.length <= count)) return [...items]
  return items.map((item) => (item.html === null ? item : { ...item, html: withoutEnd(item.html, count) }))
}

/** The last lines go, the tags around them stay, so that none is left open. */
function withoutEnd(html: string, count: number): string {
  const last = linesOf(html).slice(-count).toReversed()
  return last.reduce((text, { start, end }) => text.slice(0, start) + text.slice(end), html)
}
