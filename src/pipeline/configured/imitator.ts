import { printableUrl } from '../../core/text/printable.ts'
import { UsageError } from '../../errors.ts'
import { type Message, message, said } from '../../words/words.ts'
import { imitatedBy } from '../../sites/publishers.ts'

/** One line about the imitator whose address this is; `null` for every other host. */
export function imitatorOf(url: string): Message | null {
  const { hostname } = new URL(url)
  const paper = imitatedBy(hostname)
  return paper === null ? null : message`${hostname} republishes ${paper.title} and is not ${paper.title}`
}

/** Throws `UsageError` for the address of an imitator. */
export function refuseImitator(url: string): void {
  const refused = imitatorOf(url)
  if (refused !== null) throw new UsageError(`${printableUrl(url)}: ${said(refused)}`)
}
