import { textOfHtml } from '../text.ts'
import type { Page, Part } from './page.ts'

/** Where the parts of a page stand, which of them are a story's, and which a reader sees. */

/** The parts that stand before another one and do not hold it. */
export function before(parts: readonly Part[], body: Part): Part[] {
  return parts.filter((part) => part.end <= body.start)
}

/**
 * Of parts that tell something of a story, its own: between its headline and its body, else in the element that holds
 * both. What stands above may be of other stories; where there is no headline, all before the body count.
 */
export function ownParts(parts: readonly Part[], h1: readonly Part[], body: Part, article?: Part): Part[] {
  const above = before(parts, body)
  const headline = before(h1, body).at(-1)
  if (headline === undefined) return above
  const below = above.filter((part) => part.start >= headline.end)
  return below.length > 0 || article === undefined ? below : above.filter((part) => holds(article, part))
}

/** True when a part is cut from the page's text, and its place is one there: that of others is one in a DOM. */
export function isInPlace(page: Page, part: Part): boolean {
  return page.html.startsWith(part.outer, part.start)
}

/** True when one part stands in another. */
export function holds(outer: Part, inner: Part): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

/** The HTML between a body and the headline above it; `null` without one, or where the page's text does not have the body in its place. */
export function belowHeadline(page: Page, h1: readonly Part[], body: Part): string | null {
  const above = before(h1, body).at(-1)
  return above === undefined || !isInPlace(page, body) ? null : page.html.slice(above.end, body.start)
}

/** The HTML from the beginning of the article, or from its headline where no element holds it, to its body. */
export function leadBetween(
  page: Page,
  article: Part | undefined,
  h1: readonly Part[],
  body: Part | undefined,
): string[] {
  if (body === undefined) return []
  if (article !== undefined) return [article.inner.slice(0, Math.max(article.inner.indexOf(body.outer), 0))]
  const above = belowHeadline(page, h1, body)
  return above === null ? [] : [above]
}

/** The headline among a page's `h1`: the last before the body, else the first. */
export function headlineOf(parts: readonly Part[], body: Part | undefined): string | null {
  const filled = parts.filter((part) => textOfHtml(part.inner) !== '')
  const above = body === undefined ? [] : filled.filter((part) => part.start < body.start)
  return (above.at(-1) ?? filled[0])?.inner ?? null
}

const HIDDEN = /display\s*:\s*none|visibility\s*:\s*hidden/i

/** True when one of the boxes is shown: a hidden one is a template that scripts may fill, and tells nothing. */
export function isCutOff(boxes: readonly Part[]): boolean {
  return boxes.some((box) => box.attribute('hidden') === null && !HIDDEN.test(box.attribute('style') ?? ''))
}
