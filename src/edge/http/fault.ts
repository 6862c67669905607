import { RefusedAddressError } from './guard.ts'
import type { FailureReason } from './model.ts'
import { ProxyError } from './tunnel.ts'
import { type Message, message } from '../../words/words.ts'

/** What went wrong below HTTP. */
export interface Fault {
  reason: FailureReason
  detail: Message
  /** Whether another try within the run may do better. */
  heals: boolean
}

const HEALING: ReadonlySet<FailureReason> = new Set(['connect', 'reset', 'truncated', 'timeout'])

export function makeFault(reason: FailureReason, detail: Message): Fault {
  return { reason, detail, heals: HEALING.has(reason) }
}

/**
 * What the codes of undici, Node, OpenSSL and the system mean, the first that fits. The system's own (`ECONNREFUSED`) are
 * known to many and said too; those of libraries are said in words alone.
 */
const MEANINGS: readonly (readonly [code: RegExp, reason: FailureReason, words: Message])[] = [
  [/^EAI_AGAIN$/, 'dns', message`the name cannot be looked up now`],
  [/^(?:ENOTFOUND|ENODATA|EAI_)/, 'dns', message`the name does not resolve`],
  [/^UND_ERR_CONNECT_TIMEOUT$/, 'timeout', message`no connection in time`],
  [/^UND_ERR_HEADERS_TIMEOUT$/, 'timeout', message`no answer in time`],
  [/^(?:UND_ERR_BODY_TIMEOUT|ETIMEDOUT|ESOCKETTIMEDOUT)$/, 'timeout', message`the answer stopped`],
  [/^(?:UND_ERR_HEADERS_OVERFLOW|HPE_HEADER_OVERFLOW)$/, 'headers', message`the headers of the answer are too large`],
  [/^CERT_HAS_EXPIRED$/, 'tls', message`no trusted connection: its certificate has expired`],
  [
    /^CERT_NOT_YET_VALID$/,
    'tls',
    message`no trusted connection: its certificate is not valid yet, or the clock here is wrong`,
  ],
  [
    /^(?:ERR_TLS_CERT_ALTNAME|HOSTNAME_MISMATCH)/,
    'tls',
    message`no trusted connection: its certificate is for another name`,
  ],
  [
    /^(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_(?:GET_ISSUER|VERIFY_LEAF)\w*)$/,
    'tls',
    message`no trusted connection: nobody known here vouches for its certificate; NODE_EXTRA_CA_CERTS=FILE names an authority of your own`,
  ],
  [
    /^(?:CERT_|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|AKID_|CRL_|OCSP_)/,
    'tls',
    message`no trusted connection: its certificate is not in order`,
  ],
  [
    /^(?:EPROTO$|ERR_SSL_|ERR_TLS_|ERR_OSSL_|UND_ERR_PRX_TLS)/,
    'tls',
    message`no trusted connection: it speaks no TLS that is known here`,
  ],
  [
    /^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EADDRINUSE|ENETDOWN|EHOSTDOWN|EACCES|EPERM|EAFNOSUPPORT|EINVAL)$/,
    'connect',
    message`no connection`,
  ],
  [/^E[MN]FILE$/, 'connect', message`too many files are open; ulimit -n raises the limit`],
  [/^(?:ENOMEM|ENOBUFS)$/, 'connect', message`no memory is left for connections`],
  [
    /^(?:ECONNRESET|EPIPE|ECONNABORTED|ENOTCONN|ESHUTDOWN|EIO|UND_ERR_(?:SOCKET|INFO|ABORT|ABORTED|DESTROYED|CLOSED)|ERR_STREAM_|ERR_SOCKET_)/,
    'reset',
    message`the connection broke`,
  ],
  [
    /^(?:UND_ERR_(?:INVALID|NOT_SUPPORTED|REQ)|ERR_INVALID_|ERR_UNESCAPED)/,
    'bad-url',
    message`the address cannot be asked for`,
  ],
]

const BREAKS_A_BODY: ReadonlySet<FailureReason> = new Set(['reset', 'protocol'])

function codeOf(error: Error): string {
  const { code, errors } = error as { code?: unknown; errors?: unknown }
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined
  if (typeof code === 'string') return code
  return first instanceof Error ? codeOf(first) : ''
}

function isOfSystem(code: string): boolean {
  return /^E(?!PROTO$|PROXY$|RR_|AI_)[A-Z0-9]+$/.test(code)
}

/** Names the error that undici, a socket or a resolver threw; `answered` tells whether the headers were there by then. */
export function faultOf(error: Error, answered: boolean): Fault {
  if (error instanceof RefusedAddressError) return makeFault('refused-address', error.words)
  if (error instanceof ProxyError) {
    const { cause } = error
    if (!(cause instanceof Error)) return makeFault('proxy', error.words)
    const code = codeOf(cause)
    const why = isOfSystem(code) ? code : faultOf(cause, false).detail
    return makeFault('proxy', message`${error.words} (${why})`)
  }
  const code = codeOf(error)
  const known = MEANINGS.find(([pattern]) => pattern.test(code))
  const [, reason, words] = known ?? [null, 'protocol', message`the answer is no proper HTTP`]
  if (answered && BREAKS_A_BODY.has(reason)) return makeFault('truncated', message`the answer ends before its time`)
  const fault = makeFault(reason, isOfSystem(code) ? message`${words} (${code})` : words)
  // The resolver did not answer, which is not the same as a name that does not exist.
  return { ...fault, heals: fault.heals || code === 'EAI_AGAIN' }
}
