import { parseKept } from '../core/archive/kept-page.ts'
import { tellApart } from '../core/feed/apart.ts'
import { jsonLine, printableName, printableUrl, shownText } from '../core/text/printable.ts'
import type { Config } from '../config/keys.ts'
import { EXIT, type ExitCode, SourceError, TryLaterError, UsageError } from '../errors.ts'
import type { HostMemory } from '../edge/http/http.ts'
import { type Io, sayingTo } from '../io.ts'
import { faultOf, readItems } from '../pipeline/sources/read-items.ts'
import { createReporter } from '../pipeline/report.ts'
import { httpOptions, overTheNetwork } from '../pipeline/client.ts'
import { addresses, DEFAULT_PUBLISHER, identify } from '../sites/publishers.ts'
import { MAX_DOCUMENT_BYTES, readInput } from './input.ts'
import { message, said, t } from '../words/words.ts'
import { isUrl } from '../core/url.ts'
import { wordsOf } from '../words/error.ts'

/** What items are read in. `url` is empty where nobody says it; times are against the clock of `foundMs`. */
interface Source {
  body: Uint8Array
  contentType: string | null
  url: string
  foundMs: number
}

/** A single look remembers nothing. */
const noMemory: HostMemory = {
  notBefore: () => null,
  setNotBefore: () => undefined,
  setAddressNotBefore: () => undefined,
  asked: () => null,
  setAsked: () => undefined,
  robots: () => Promise.resolve(null),
  setRobots: () => Promise.resolve(),
}

/**
 * Prints the items of a feed, list page or sitemap, a line each; of an index of sitemaps those that it names. `base` is
 * the address that a file or standard input was read from.
 */
export async function items(from: string | null, base: string | null, config: Config, io: Io): Promise<ExitCode> {
  const isAddress = from !== null && /^[a-z][a-z\d+.-]*:\/\//i.test(from)
  if (base !== null && (isAddress || !/^https?:/i.test(base) || !isUrl(base))) {
    throw new UsageError(
      isAddress
        ? t`--url is for a file or standard input`
        : `--url: "${shownText(base)}": ${t`write the address that it was read from`}`,
    )
  }
  const source = isAddress ? await ask(from, config, io) : await local(from, base ?? '', io)
  const name = from === null ? t`standard input` : printableName(from)
  const maps = await sitemapsIn(source)
  if (maps !== null) {
    if (maps.length === 0) throw new SourceError(`${name}: ${t`it names no item`}`)
    for (const url of maps) await io.stdout(jsonLine({ id: null, title: null, url, published: null, html: null }))
    return EXIT.done
  }
  let found
  try {
    found = await readItems(source, 'any', source.foundMs)
  } catch (error) {
    throw new SourceError(`${name}: ${said(wordsOf(error))}`)
  }
  const fault = faultOf(found)
  if (found.items.length === 0) throw new SourceError(`${name}: ${said(fault ?? message`it names no item`)}`)
  const apart = tellApart(found.items, addresses)
  for (const [place, { guid: _guid, lang: _lang, day: _day, updated: _updated, ...item }] of found.items.entries()) {
    const url = apart[place]?.url ?? null
    const id = url === null ? null : identify(url).id
    await io.stdout(jsonLine({ id, ...item }))
  }
  if (fault === null) return EXIT.done
  sayingTo(io)(`${name}: ${said(fault)}`)
  return EXIT.storiesFailed
}

/** The sitemaps that an index of them names; `null` where it is none. */
async function sitemapsIn({ body, contentType, url }: Source): Promise<string[] | null> {
  const [{ decode }, { readSitemapIndex }] = await Promise.all([
    import('../core/text/charset.ts'),
    import('../sites/index.ts'),
  ])
  return readSitemapIndex(decode(body, contentType), url || DEFAULT_PUBLISHER.origin)
}

/** What a file holds; of a page that was kept, that page, found where and when its first line says. */
async function local(file: string | null, url: string, io: Io): Promise<Source> {
  const body = await readInput(file, io, MAX_DOCUMENT_BYTES).catch((error: unknown) => {
    throw error instanceof UsageError ? new SourceError(error.words) : error
  })
  const kept = parseKept(body)
  if (kept === null) return { body, contentType: null, url, foundMs: io.now() }
  const { contentType, foundAt, fetched } = kept.head
  return { body: kept.body, contentType, url: url || foundAt, foundMs: Date.parse(fetched) || io.now() }
}

async function ask(url: string, config: Config, io: Io): Promise<Source> {
  if (!/^https?:/i.test(url))
    throw new UsageError(`"${shownText(url)}": ${t`write an address that begins with http:// or https://`}`)
  if (!isUrl(url)) throw new UsageError(t`"${shownText(url)}" is no address that can be asked`)
  const hosts = [new URL(url).hostname]
  const http = await overTheNetwork(httpOptions(config, io, hosts, createReporter(config, io), noMemory))
  try {
    const response = await http.get(url, { userNamed: true })
    if (response.kind === 'ok') return { ...response, foundMs: io.now() }
    const detail = response.kind === 'failed' ? response.detail : message`the server says 304 unasked`
    if (response.kind === 'failed' && response.reason === 'wait')
      throw new TryLaterError(`${printableUrl(url)}: ${said(detail)}`)
    throw new SourceError(`${printableUrl(url)}: ${said(detail)}`)
  } finally {
    await http.close()
  }
}
