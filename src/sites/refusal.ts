import type { Refusal } from '../core/model.ts'
import type { Sheet } from './zaobao/generation.ts'

/** Why a page is no article, and how that was told. */
export interface Refused {
  reason: Refusal
  detail: string
}

const IMITATORS = /(?:^|\.)(?:zaochenbao|sczaobao)\.com$/

function hostOf(url: string | null): string {
  return url !== null && URL.canParse(url) ? new URL(url).hostname.toLowerCase().replace(/\.$/, '') : ''
}

function certain(page: Sheet): Refused | null {
  for (const host of [hostOf(page.url), hostOf(page.head.canonical)]) {
    if (IMITATORS.test(host)) return { reason: 'imitator', detail: `${host} republishes Zaobao and is not Zaobao` }
  }
  return null
}

/**
 * Why a page is refused. `certain`: signs that hold whatever else the page contains. `likely`: signs that count once
 * no layout found an article; a story that carries one of them (a script of a bot guard, a consent banner) is a story.
 */
export function refusalOf(page: Sheet, signs: 'certain' | 'likely'): Refused | null {
  return signs === 'certain' ? certain(page) : null
}
