import { request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { serve, type ServeOptions } from '../../../src/commands/serve.ts'
import { configOf, testIo } from '../../support/io.ts'

export interface Served {
  /** As it was printed. */
  address: string
  port: number
  err: string[]
  get(path: string, headers?: Record<string, string>, method?: string): Promise<Got>
  /** Interrupts it; answers its exit code. */
  stop(): Promise<number>
}

export interface Got {
  status: number
  headers: Record<string, string | undefined> & { 'set-cookie'?: string[] }
  body: Buffer
  text: string
}

/** What is answered to a request as it is given, its path and its `Host` too. */
export function ask(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, path, method, headers, host: '127.0.0.1', agent: false }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part)).on('error', reject)
      response.on('end', () => {
        const body = Buffer.concat(parts)
        const { statusCode: status = 0, headers: given } = response
        resolve({ status, headers: given as unknown as Got['headers'], body, text: body.toString('utf8') })
      })
    })
    asked.on('error', reject).end()
  })
}

/** Serves an archive on loopback, at a port that is free, until it is stopped. */
export async function serveArchive(archive: string, over: Partial<ServeOptions> = {}): Promise<Served> {
  const stopping = new AbortController()
  const io = { ...testIo('/', Date.now()), now: Date.now, signal: stopping.signal }
  io.sleep = (ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal })
  const printed = new Promise<string>((resolve) => {
    io.stdout = (text) => {
      resolve(String(text))
      return Promise.resolve()
    }
  })
  const config = await configOf({ archive }, '/')
  const ended = serve({ ...config, host: '127.0.0.1', port: 0, ...over }, io)
  const address = (await Promise.race([printed, ended.then(() => '')])).trim()
  const port = Number(new URL(address).port)
  return {
    address,
    port,
    err: io.err,
    get: (path, headers, method) => ask(port, path, headers, method),
    stop() {
      stopping.abort()
      return ended
    },
  }
}
