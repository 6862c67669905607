import { printable } from '../../core/text/printable.ts'
import { type Message, withTexts } from '../../words/words.ts'
import type { FailedRequest, FailureReason } from './model.ts'

/** What no later run will change. */
const FINAL: ReadonlySet<FailureReason> = new Set(['bad-url', 'refused-host', 'downgrade', 'missing', 'gone'])

export function failed(reason: FailureReason, detail: Message, more: Partial<FailedRequest> = {}): FailedRequest {
  return {
    kind: 'failed',
    reason,
    status: null,
    retryable: !FINAL.has(reason),
    notBefore: null,
    ofHost: reason === 'wait' || reason === 'refusing',
    unasked: reason === 'budget',
    ...more,
    detail: withTexts(detail, printable),
  }
}
