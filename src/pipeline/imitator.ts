import { UsageError } from '../errors.ts'
import { isImitator } from '../sites/zaobao/hosts.ts'
import { t } from '../words/words.ts'

/** One line about the imitator whose address this is; `null` for every other host. */
export function imitatorOf(url: string): string | null {
  const { hostname } = new URL(url)
  return isImitator(hostname) ? t`${hostname} republishes Zaobao and is not Zaobao` : null
}

/** Throws `UsageError` for the address of an imitator. */
export function refuseImitator(url: string): void {
  const refused = imitatorOf(url)
  if (refused !== null) throw new UsageError(`${url}: ${refused}`)
}
