import { randomBytes } from 'node:crypto'
import type { Config } from '../config/keys.ts'
import { isLoopbackHost } from '../core/identity.ts'
import { jsonLine } from '../core/text/printable.ts'
import { keepCatalogue } from '../edge/catalogue/keep.ts'
import { listen, ownAddress } from '../edge/web/server.ts'
import { EXIT, type ExitCode } from '../errors.ts'
import { type Io, sayingTo } from '../io.ts'
import { openLibrary } from '../pipeline/reader/library.ts'
import { onceEach } from '../pipeline/reader/once.ts'
import { createReader } from '../pipeline/reader/reader.ts'
import { openSearch } from '../pipeline/reader/search.ts'
import { sectionsIn } from '../pipeline/configured/sections.ts'
import { wordsOf } from '../words/error.ts'
import { said, t } from '../words/words.ts'
import { openPresent } from './present.ts'

export interface ServeOptions extends Pick<Config, 'archive' | 'json' | 'quiet' | 'section' | 'sources' | 'feed'> {
  host: string
  /** 0: any that is free. */
  port: number
}

/** Serves pages of an archive until it is interrupted; prints their address. Whoever asks from elsewhere needs a token. */
export async function serve(options: ServeOptions, io: Io): Promise<ExitCode> {
  const { archive, host, port: wanted, json, quiet } = options
  const say = sayingTo(io)
  const sayOnce = onceEach(say)
  sectionsIn(options)
  const { store } = await openPresent(archive, sayOnce, io)
  const library = openLibrary(store, sayOnce, io)
  const token = isLoopbackHost(host) ? null : randomBytes(18).toString('base64url')
  const cookie = `reader-${randomBytes(4).toString('hex')}`
  const keeper = keepCatalogue(store, say)
  const search = openSearch(library, keeper, sayOnce, io)
  const answer = createReader({ library, search, config: options, host, token, cookie, say: sayOnce, io })
  try {
    const fail = (error: unknown): void => say(said(wordsOf(error)))
    const { port, closed } = await listen(answer, { host, port: wanted, signal: io.signal, fail })
    const shown = /^(?:0\.0\.0\.0|::)$/.test(host) ? ownAddress() : host
    const query = token === null ? '' : `?token=${token}`
    const url = `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}/${query}`
    await io.stdout(json ? jsonLine({ url }) : `${url}\n`)
    if (token !== null && !quiet) say(t`whoever has this address can read the archive: it holds a token`)
    if (!quiet) say(t`Ctrl-C ends`)
    await closed
    return EXIT.interrupted
  } finally {
    await keeper.close()
  }
}
