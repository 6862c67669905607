import type { Tag } from '../../core/html/selector.ts'

/** The boxes that stand where the text of a subscriber's story is cut off. */
export const PAYWALL = [
  '#paywall, #freemium_subscribe, #video-freemium-player',
  '.overlay-microtransaction, .freemium_subscribe, .microtransaction-body, .microtransaction-option',
  '.article-microtransaction, .article-transaction, .cta-subscribe, .paywall-message, .cx_paywall_placeholder',
].join(', ')

const HIDDEN = /display\s*:\s*none|visibility\s*:\s*hidden/i

/** True when one of the boxes is shown: a hidden one is a template that scripts may fill, and tells nothing. */
export function isCutOff(boxes: readonly Tag[]): boolean {
  return boxes.some((box) => box.attribute('hidden') === null && !HIDDEN.test(box.attribute('style') ?? ''))
}
