import type { Extract } from '../../core/model.ts'
import { bodyTooLarge } from '../../core/html/body-bounds.ts'
import { withoutFooter } from './aggregator.ts'
import { readBody } from '../../core/markdown/read-body.ts'
import { bodyOf } from '../body/body.ts'
import { bodyElement } from '../../core/html/dom.ts'
import { pageOf } from './page.ts'
import type { Paper } from './paper.ts'
import { isCutOff } from './parts.ts'

/** Comes as text, or as HTML escaped once more. */
function unescaped(html: string): string {
  if (/<[a-z!/]/i.test(html) || !/&lt;[a-z!/]/i.test(html)) return html
  return bodyElement(html).textContent
}

function hasPaywall(html: string, { paywall }: Paper): boolean {
  return paywall !== undefined && isCutOff(pageOf(html, '').parts({ paywall }).paywall)
}

/**
 * Reads a story's body HTML as RSSHub's items and posts in the seed's format carry it: pictures glued in front of the
 * body, or a figure and the body in a `div`; shuffled or not. `url` is the story's address. `null` when nothing is left
 * after ads, promotion and chrome are gone, or more than any story has.
 */
export function readContent(
  html: string,
  url: string,
  paper: Paper,
): Pick<Extract, 'body' | 'source' | 'doubts' | 'access'> | null {
  const given = withoutFooter(unescaped(html))
  const text = paper.mended?.(given) ?? given
  const made = bodyOf([], text, url, paper.body)
  if (made === null || bodyTooLarge(made.body) !== null) return null
  const access = hasPaywall(text, paper) ? 'subscriber' : 'public'
  return { body: readBody(made.body, url), source: made.source, doubts: made.doubts, access }
}
