import { type ReaderResponse, type ReaderRequest, typeOf } from '../../core/reader/answer.ts'
import { documentOf, faultPage, type ReaderPage } from '../../core/reader/frame.ts'
import { cookieIn, HEADERS, isSame, isServed, languageFor, policyOf } from '../../core/reader/policy.ts'
import { type Links, routeOf, servedAt } from '../../core/reader/routes.ts'
import { urlOf } from '../../core/url.ts'
import { saidIn, spoken, t, tongueOf } from '../../words/words.ts'
import { makePage, type PageTools } from './pages.ts'

interface ReaderOptions extends PageTools {
  /** The host that is listened at. */
  host: string
  /** What a browser has to bring; `null` where this machine alone can ask. */
  token: string | null
  /** The name of the cookie that holds it. */
  cookie: string
}

/** Answers what browsers ask: pages of an archive, as it stands at that moment. */
export function createReader(options: ReaderOptions): (asked: ReaderRequest) => Promise<ReaderResponse> {
  const { library, token, cookie, host } = options

  async function paged(
    page: (to: Links) => ReaderPage,
    asked: ReaderRequest,
    status: number,
    remote = false,
  ): Promise<ReaderResponse> {
    const tongue = await tongueOf(languageFor(asked.headers['accept-language'], spoken()))
    const site = { paper: await library.paper(), to: servedAt }
    const body = saidIn(tongue, () => documentOf(page(servedAt), site))
    const headers = {
      'content-language': tongue.language,
      vary: 'accept-language',
      'content-security-policy': policyOf(remote),
    }
    return { status, headers: { ...HEADERS, ...headers, 'content-type': typeOf('html') }, body }
  }

  const refused = (status: number, words: string, headers: Record<string, string> = {}): ReaderResponse => {
    return { status, headers: { ...HEADERS, ...headers, 'content-type': typeOf('txt') }, body: `${words}\n` }
  }

  /** What a request asks for, or why it is not answered, or is led on. */
  function gate({ method, target, headers }: ReaderRequest): URL | ReaderResponse {
    // Of which host: that of the target, where this is a whole address (RFC 9112, 3.2.2).
    const whole = /^http:/i.test(target) ? urlOf(target) : null
    const url = target.startsWith('/') ? urlOf(`http://reader.invalid${target}`) : whole
    if (!isServed(whole?.host ?? headers.host, host)) return refused(421, t`This is no address of the reader.`)
    if (method !== 'GET' && method !== 'HEAD')
      return refused(405, t`The reader is for reading.`, { allow: 'GET, HEAD' })
    if (url === null) return refused(400, t`This is no address.`)
    if (token === null) return url
    const given = url.searchParams.get('token')
    const isGiven = given !== null && isSame(given, token)
    // What reads feeds keeps no cookies.
    if (isGiven && url.pathname.startsWith('/feed.')) return url
    if (isGiven) {
      url.searchParams.delete('token')
      const kept = `${cookie}=${token}; Path=/; HttpOnly; SameSite=Lax`
      return refused(303, t`Led on.`, { location: url.pathname + url.search, 'set-cookie': kept })
    }
    return isSame(cookieIn(headers.cookie, cookie) ?? '', token)
      ? url
      : refused(403, t`Open the address that the reader printed when it was started: it holds a token.`)
  }

  return async (asked) => {
    const url = gate(asked)
    if (!(url instanceof URL)) return url
    const route = routeOf(url)
    const made = route === null ? null : await makePage(route, options)
    if (made === null)
      return paged(() => faultPage(t`Nothing is here`, t`The archive has nothing at this address.`), asked, 404)
    if ('page' in made) {
      const answer = await paged(made.page, asked, 200, made.remote)
      return made.isWaiting === true ? { ...answer, headers: { ...answer.headers, refresh: '3' } } : answer
    }
    const { bytes, extension, isForEver = false } = made
    const kept = isForEver ? { 'cache-control': 'private, max-age=31536000, immutable' } : {}
    const type = { 'content-type': typeOf(extension), 'content-security-policy': "default-src 'none'; sandbox" }
    return { status: 200, headers: { ...HEADERS, ...kept, ...type }, body: bytes }
  }
}
