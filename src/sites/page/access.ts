import type { StartTag } from '../../core/html/selector.ts'

const HIDDEN = /display\s*:\s*none|visibility\s*:\s*hidden/i

/** True when one of the boxes is shown: a hidden one is a template that scripts may fill, and tells nothing. */
export function isCutOff(boxes: readonly StartTag[]): boolean {
  return boxes.some((box) => box.attribute('hidden') === null && !HIDDEN.test(box.attribute('style') ?? ''))
}
