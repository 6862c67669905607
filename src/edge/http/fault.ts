import { RefusedAddressError } from './guard.ts'
import type { FailureReason } from './model.ts'
import { ProxyError } from './tunnel.ts'

/** What went wrong below HTTP. */
export interface Fault {
  reason: FailureReason
  detail: string
  /** Whether another try within the run may do better. */
  heals: boolean
}

const HEALING: ReadonlySet<FailureReason> = new Set(['connect', 'reset', 'truncated', 'timeout'])

export function makeFault(reason: FailureReason, detail: string): Fault {
  return { reason, detail, heals: HEALING.has(reason) }
}

const REASONS: readonly (readonly [code: RegExp, reason: FailureReason, words: string])[] = [
  [/^(?:ENOTFOUND|EAI_)/, 'dns', 'the name does not resolve'],
  [/^UND_ERR_CONNECT_TIMEOUT$/, 'timeout', 'no connection in time'],
  [/^UND_ERR_HEADERS_TIMEOUT$/, 'timeout', 'no answer in time'],
  [/^(?:UND_ERR_BODY_TIMEOUT|ETIMEDOUT)$/, 'timeout', 'the answer stopped'],
  [/^UND_ERR_HEADERS_OVERFLOW$/, 'headers', 'the headers of the answer are too large'],
  [
    /^(?:CERT_|ERR_TLS_|ERR_SSL_|UND_ERR_PRX_TLS|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|EPROTO)/,
    'tls',
    'no trusted connection',
  ],
  [
    /^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ENETDOWN|EHOSTDOWN|EACCES|EPERM)$/,
    'connect',
    'no connection',
  ],
  [/^(?:ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET)$/, 'reset', 'the connection broke'],
  [/^(?:HPE_|UND_ERR_RES)/, 'protocol', 'the answer is no proper HTTP'],
]

/** The certificate may be good, for whoever knows its issuer. */
const UNKNOWN_ISSUER =
  /^(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_(?:GET_ISSUER|VERIFY_LEAF)\w*)$/

const BREAKS_A_BODY: ReadonlySet<FailureReason> = new Set(['reset', 'protocol'])

function codeOf(error: Error): string {
  const { code, errors } = error as { code?: unknown; errors?: unknown }
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined
  if (typeof code === 'string') return code
  return first instanceof Error ? codeOf(first) : ''
}

/** undici's parser says what it met in brackets. */
function wordsOf({ message }: Error): string {
  return message.replace(/^Response does not match the HTTP\/1\.1 protocol/, 'the answer is no proper HTTP')
}

/** Names the error that undici, a socket or a resolver threw; `answered` tells whether the headers were there by then. */
export function faultOf(error: Error, answered: boolean): Fault {
  if (error instanceof RefusedAddressError) return makeFault('refused-address', error.message)
  if (error instanceof ProxyError) return makeFault('proxy', error.message)
  const code = codeOf(error)
  const [, reason, words] = REASONS.find(([pattern]) => pattern.test(code)) ?? [null, 'protocol', wordsOf(error)]
  if (answered && BREAKS_A_BODY.has(reason)) return makeFault('truncated', 'the answer ends before its time')
  const advice = UNKNOWN_ISSUER.test(code) ? '; NODE_EXTRA_CA_CERTS=FILE names an authority of your own' : ''
  const fault = makeFault(reason, code === '' ? words : `${words} (${code})${advice}`)
  // The resolver did not answer, which is not the same as a name that does not exist.
  return { ...fault, heals: fault.heals || code === 'EAI_AGAIN' }
}
