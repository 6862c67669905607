import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns'
import { type LookupFunction, isIP } from 'node:net'
import { isPrivateName, isPublicAddress, withoutBrackets } from './address.ts'
import { failed } from './failure.ts'
import type { FailedRequest } from './model.ts'
import { printable } from '../../core/text/printable.ts'
import { WordedError } from '../../words/error.ts'
import { message, t } from '../../words/words.ts'

interface GuardOptions {
  /** Host names in lower case, without a final dot. */
  allowHosts: (host: string) => boolean
  allowPrivate: boolean
}

/** A URL's host name: lower case, no brackets, no final dot. */
export function hostName(url: URL): string {
  return withoutBrackets(url.hostname.toLowerCase()).replace(/\.$/, '')
}

/**
 * Whether a URL may be asked for, as far as it shows itself; `null` when it may. What its name resolves to is checked by
 * `guardedLookup` as the connection is made. A proxy resolves on its own, so names of a single label, which only a
 * private network knows, are refused before it is asked.
 */
export function refusal(url: URL, proxied: boolean, options: GuardOptions): FailedRequest | null {
  const host = hostName(url)
  const shown = printable(host)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return failed('bad-url', message`${printable(url.protocol)} is neither http nor https`)
  }
  const isPrivate = isIP(host) !== 0 ? !isPublicAddress(host) : isPrivateName(host) || (proxied && !host.includes('.'))
  if (isPrivate && !options.allowPrivate) {
    const detail = message`${shown} is no public address; --allow-private lifts this`
    return failed('refused-address', detail, { retryable: false })
  }
  if (!options.allowHosts(host)) {
    return failed('refused-host', message`${shown} is not among the allowed hosts; --allow-host ${shown} adds it`)
  }
  return null
}

/** A name that resolves to an address that may not be asked. */
export class RefusedAddressError extends WordedError {
  override readonly name = 'RefusedAddressError'
}

/**
 * A `lookup` for sockets that hands over only addresses it has checked: the one that is connected to is among them, so a
 * name cannot resolve to one address for the check and to another for the connection.
 */
export function guardedLookup(allowPrivate: boolean, resolve: typeof systemLookup = systemLookup): LookupFunction {
  return (host, options, done) => {
    const all: LookupOptions & { all: true } = { ...options, all: true }
    resolve(host, all, (error, addresses: LookupAddress[]) => {
      const first = addresses?.[0]
      if (error !== null || first === undefined) return done(error ?? noAddress(host), '', 0)
      const bad = allowPrivate ? undefined : addresses.find(({ address }) => !isPublicAddress(address))
      if (bad !== undefined) {
        return done(
          new RefusedAddressError(
            message`${printable(host)} resolves to ${bad.address}, no public address; --allow-private lifts this`,
          ),
          '',
          0,
        )
      }
      if (options.all === true) return done(null, addresses)
      return done(null, first.address, first.family)
    })
  }
}

function noAddress(host: string): NodeJS.ErrnoException {
  return Object.assign(new Error(t`${host} has no address`), { code: 'ENOTFOUND' })
}
