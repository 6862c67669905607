/** Addresses that carry a signature: new with each request, though what stands there is the same. */

/** What stores sign with: Amazon, Google, CloudFront, Alibaba, Tencent, Akamai. */
const SIGNED =
  /^(?:x-(?:amz|goog|cos)-.+|x-oss-(?!process$).+|q-(?:sign-algorithm|ak|sign-time|key-time|header-list|url-param-list|signature)|(?:aws|oss)accesskeyid|googleaccessid|key-pair-id|signature|expires|security-token|auth_key|hdn(?:ts|ea)|hdntl|__token__|__gda__)$/i
/** What may also name the thing itself: `get.php?token=5`. */
const PERHAPS_SIGNED =
  /^(?:token|access_?token|sig|sign|exp|expire|expiry|expiration|expires_?(?:in|at)|auth|hmac|policy|nonce)$/i
/** What counts beside a signature alone, as in Azure's and Facebook's addresses. */
const BESIDE = /^(?:s[eprtv]|spr|sip|sk[a-z]{1,3}|e|t|ts|time|timestamp|oe|_nc_\w+)$/i
const SIGNATURE = /^(?:sig|sign|signature|token|oh|hmac|auth)$/i

const QUERY = /\?([^#]*)/
const FILE = /\.(?!(?:php\d?|aspx?|ashx|jsp|cgi|do)$)[a-z\d]{2,5}$/i

/**
 * The address without what signs it and says how long it holds; whatever else the query says is kept. A word that might
 * as well name a picture (`token`) counts where the path names a file, or another parameter stays.
 */
export function unsigned(url: string): string {
  const query = QUERY.exec(url)?.[1] ?? ''
  if (query === '') return url
  const pairs = query.split('&').map((pair) => ({ pair, name: pair.split('=')[0] ?? '' }))
  const hasSignature = pairs.some(({ name }) => SIGNATURE.test(name))
  const isSure = pairs.filter(({ name }) => !SIGNED.test(name))
  const rest = isSure.filter(
    ({ name }) => !PERHAPS_SIGNED.test(name) && !(hasSignature && (BESIDE.test(name) || SIGNATURE.test(name))),
  )
  const isNamed = rest.length > 0 || isSure.length < pairs.length || FILE.test(url.slice(0, url.indexOf('?')))
  const kept = isNamed ? rest : isSure
  return url.replace(QUERY, kept.length === 0 ? '' : `?${kept.map(({ pair }) => pair).join('&')}`)
}

const ADDRESS = /https?:\/\/[^\s"'<>()?]{1,1000}\?[^\s"'<>()]+/g

/** An address without its signature; `null` for one that has none. */
function keyOf(address: string): string | null {
  const plain = address.replaceAll('&amp;', '&')
  const key = unsigned(plain)
  return key === plain ? null : key
}

/** A text, HTML or Markdown, with no signature in its addresses: what is the same of two that differ in nothing else. */
export function withoutSignatures(text: string): string {
  return text.includes('?') ? text.replace(ADDRESS, (address) => keyOf(address) ?? address) : text
}

/**
 * A body with the addresses of its former text where they differ in nothing but the signature; both are Markdown, or
 * both HTML. A picture that is signed anew is no edit.
 */
export function withFormerSignatures(body: string, former: string): string {
  const spelled = new Map((former.match(ADDRESS) ?? []).map((address) => [keyOf(address), address]))
  spelled.delete(null)
  if (spelled.size === 0) return body
  return body.replace(ADDRESS, (address) => spelled.get(keyOf(address)) ?? address)
}
