import type { CapturedResponse } from '../../core/warc/capture.ts'
import { valueIn } from '../../core/warc/head.ts'
import { failed } from '../../edge/http/failure.ts'
import { inflateBody } from '../../edge/http/inflate.ts'
import { DEFAULT_LIMITS } from '../../edge/http/limits.ts'
import type { Fetched, Http, Response } from '../../edge/http/http.ts'
import { refreshOf } from '../../edge/http/redirects.ts'
import { hasDocument, PERMANENT } from '../../edge/http/status.ts'
import type { Captures } from '../../edge/warc/captures.ts'
import type { Capture } from '../../edge/warc/scan.ts'
import { identify, ownerOf } from '../../sites/publishers.ts'
import type { Answering } from './rounds.ts'
import { message } from '../../words/words.ts'
import { isTwin, urlOf } from '../../core/url.ts'
import { isPicture } from '../../core/media/kind.ts'

const NO_CAPTURE = message`no capture of it is at hand`

/** A known paper's site is asked by https, whatever was captured. */
function addressAsked({ url }: Capture): string {
  return ownerOf(new URL(url).hostname) === null ? url : url.replace(/^http:/i, 'https:')
}

async function responseOf(
  capture: Capture,
  answer: CapturedResponse,
  permanentUrl: string | null,
  maxBytes: number,
): Promise<Response> {
  const { status, headers, body, isCut } = answer
  if (!hasDocument(status)) return failed('status', message`status ${status}`, { status })
  if (isCut) return failed('truncated', message`its capture ends before its time`, { status })
  const codings = headers.filter(([name]) => /^content-encoding$/i.test(name)).map(([, value]) => value)
  const outcome = await inflateBody(body, codings.join(', '), { maxBytes, overflow: 'fail' })
  if ('fault' in outcome) return failed(outcome.fault, outcome.detail, { status })
  return {
    kind: 'ok',
    url: addressAsked(capture),
    permanentUrl,
    body: outcome.body,
    contentType: valueIn(headers, 'content-type'),
    validators: { etag: valueIn(headers, 'etag'), lastModified: valueIn(headers, 'last-modified') },
  }
}

function ledTo({ url, body }: Fetched, { status, headers }: CapturedResponse): Promise<URL | null> {
  return refreshOf({ status, body, header: (name) => valueIn(headers, name) }, new URL(url))
}

/** Captures from a time on, the oldest first, then those before it, the newest first; as they are where it is `null`. */
function from(time: string | null, captures: readonly Capture[]): readonly Capture[] {
  const next = captures.filter(({ at }) => time === null || at >= Date.parse(time))
  return [...next, ...captures.slice(0, captures.length - next.length).toReversed()]
}

/** Which captures answer for an address, by its id. */
type CaptureChoice = Pick<Answering, 'captureOf' | 'capturesOf'>

/**
 * A client that answers from captures, and on along redirects: for a story from the one that is chosen, for a picture from the first
 * that gives one, of those that were made once its page was had, else before.
 */
export function createCapturedHttp(captures: Captures, { captureOf, capturesOf }: CaptureChoice): Http {
  async function answerFrom(first: Capture | null, maxBytes: number, unasked: boolean): Promise<Response> {
    let capture = first
    let permanentUrl: string | null = null
    let isPermanent = true
    for (let redirects = 0; redirects <= DEFAULT_LIMITS.maxRedirects; redirects += 1) {
      if (capture === null) return failed('missing', NO_CAPTURE, { retryable: true, unasked })
      const answer = await captures.read(capture)
      if (answer === null) return failed('truncated', message`its capture cannot be read any more`)
      const location = capture.location === null ? null : urlOf(capture.location, capture.url)
      const response: Response | null =
        location === null ? await responseOf(capture, answer, permanentUrl, maxBytes) : null
      const target: URL | null = location ?? (response?.kind === 'ok' ? await ledTo(response, answer) : null)
      const next = target === null ? null : captureOf(identify(target.href).id, capture)
      const isItself = target !== null && next === null && isTwin(target, new URL(capture.url))
      if (response !== null && (target === null || isItself)) return response
      isPermanent &&= PERMANENT.has(answer.status)
      if (isPermanent && target !== null) permanentUrl = target.href
      capture = next
    }
    return failed('redirects', message`it redirects more than ${DEFAULT_LIMITS.maxRedirects} times`)
  }

  return {
    async get(url, { shown = false, asOf = null, maxBytes = DEFAULT_LIMITS.maxBytes } = {}) {
      const { id } = identify(url)
      if (!shown) return answerFrom(captureOf(id, null), maxBytes, false)
      let last: Response = failed('missing', NO_CAPTURE, { retryable: true, unasked: true })
      // One that was cut, or a page in its place, may come before it.
      for (const capture of from(asOf, capturesOf(id))) {
        last = await answerFrom(capture, maxBytes, true)
        if (last.kind === 'ok' && isPicture(last.body)) break
      }
      return last
    },
    // From one on, the order is one and the same.
    answerAt: async (url, asOf) => String(from(asOf, capturesOf(identify(url).id))[0]?.at ?? ''),
    close: () => Promise.resolve(),
  }
}
