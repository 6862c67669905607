import type { Tag } from '../../core/cut.ts'
import { hasClass } from './page.ts'

const IDS = new Set(['paywall', 'freemium_subscribe', 'video-freemium-player'])
const CLASSES = `overlay-microtransaction freemium_subscribe microtransaction-body microtransaction-option
  article-microtransaction article-transaction cta-subscribe paywall-message cx_paywall_placeholder`.split(/\s+/)
const HIDDEN = /display\s*:\s*none|visibility\s*:\s*hidden/i

/**
 * True for the boxes that stand where the text of a subscriber's story is cut off. A box that is not shown (a template
 * that scripts fill) tells nothing.
 */
export function isPaywall(tag: Tag): boolean {
  const id = tag.attribute('id')
  const marked = (id !== null && IDS.has(id)) || CLASSES.some((name) => hasClass(tag, name))
  if (!marked) return false
  return tag.attribute('hidden') === null && !HIDDEN.test(tag.attribute('style') ?? '')
}
