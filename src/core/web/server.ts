import type { Publisher } from '../publisher.ts'

/** As URLs write them: no name has a number for its last label. */
const ADDRESS = /:|(?:^|\.)\d+$/

/** Second labels under which countries let others register: `example.co.uk`, `example.com.sg`. */
const REGISTRIES = /^(?:ac|co|com|edu|go|gov|ne|net|nom|or|org)$/

/**
 * The name that all hosts of one publisher share, as far as names tell: `example.com` for `news.example.com`, one name
 * for the several of a paper. It is for manners alone, so a list of all suffixes is not needed: two sites taken for one are
 * asked the more slowly. `owner`: the paper whose host it is, where that is known. `host` is in lower case, without port,
 * brackets or final dot.
 */
export function siteOf(host: string, owner: Publisher | null): string {
  if (owner !== null) return owner.site
  if (ADDRESS.test(host)) return host
  const labels = host.replace(/^www\./, '').split('.')
  const isNested = labels.at(-1)?.length === 2 && REGISTRIES.test(labels.at(-2) ?? '')
  return labels.slice(isNested ? -3 : -2).join('.')
}

/**
 * Who answers by a challenge to prove that one is human, as the headers say whose bodies are not read; `null` for any other
 * `answer`, whose `header` gets a name in lower case.
 */
export function challengerOf(answer: { header(name: string): string | null }): string | null {
  if (answer.header('cf-mitigated') === 'challenge') return 'Cloudflare'
  return /^(?:challenge|captcha)$/.test(answer.header('x-amzn-waf-action') ?? '') ? 'AWS WAF' : null
}

/** True for what a site answers to all when it is down or blocks us. A pause that it asks for (429) is another matter. */
export function refusesAll(status: number): boolean {
  return status === 401 || status === 403 || status === 407 || status === 451 || status >= 500
}
