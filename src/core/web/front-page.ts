import { urlOf } from '../url.ts'
import { isIdle } from './twins.ts'

/** The paths of front pages at any site. */
export const FRONT_PATH = /^\/(?:index\.\w{2,5})?$/

/** True for an address where front pages are; not for a story of which a query tells, as WordPress has them (`/?p=12`). */
export function isFrontPage(url: string): boolean {
  const parsed = urlOf(url)
  return parsed !== null && FRONT_PATH.test(parsed.pathname) && parsed.search.slice(1).split('&').every(isIdle)
}
