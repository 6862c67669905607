import { once } from 'node:events'
import { type Socket, connect, isIPv4, isIPv6 } from 'node:net'
import { withoutBrackets } from './address.ts'
import { credentialsOf, type Proxy } from './proxy.ts'
import { type OpenTunnel, ProxyError, unusable, type Target } from './tunnel.ts'
import { message } from '../../words/words.ts'

const VERSION = 5
const NO_CREDENTIALS = 0
const NAME_AND_PASSWORD = 2
const CONNECT = 1
const ADDRESS = { v4: 1, name: 3, v6: 4 } as const
const USUAL_PORT = 1080

/** Resolves when there may be more to read, rejects when there will be no more. */
function moreToRead(socket: Socket, { name }: Proxy): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      socket.off('readable', settle).off('close', settle)
      if (socket.closed) reject(socket.errored ?? new ProxyError(message`${name} hung up`))
      else resolve()
    }
    if (socket.closed) settle()
    else socket.on('readable', settle).on('close', settle)
  })
}

/** Exactly so many bytes, and no more: what follows them is the site's. */
async function read(socket: Socket, proxy: Proxy, count: number): Promise<Buffer> {
  let held: Buffer = Buffer.alloc(0)
  while (held.length < count) {
    const chunk = socket.read() as Buffer | null
    if (chunk === null) await moreToRead(socket, proxy)
    else held = Buffer.concat([held, chunk])
  }
  if (held.length > count) socket.unshift(held.subarray(count))
  return held.subarray(0, count)
}

function text(value: string): number[] {
  const bytes = [...Buffer.from(value).subarray(0, 255)]
  return [bytes.length, ...bytes]
}

/** Of an address as URLs write it. */
function bytesOfV6(host: string): number[] {
  const [head = [], tail = []] = host.split('::').map((half) => half.split(':').filter((group) => group !== ''))
  const gap = Array<string>(8 - head.length - tail.length).fill('0')
  return [...head, ...gap, ...tail].flatMap((group) => [
    Number.parseInt(group, 16) >> 8,
    Number.parseInt(group, 16) & 255,
  ])
}

function addressOf({ host, port }: Target): number[] {
  const named = isIPv4(host)
    ? [ADDRESS.v4, ...host.split('.').map(Number)]
    : isIPv6(host)
      ? [ADDRESS.v6, ...bytesOfV6(host)]
      : [ADDRESS.name, ...text(host)]
  return [...named, port >> 8, port & 255]
}

/** RFC 1928, 3; RFC 1929. */
async function greet(socket: Socket, proxy: Proxy): Promise<void> {
  const { name } = proxy
  const credentials = credentialsOf(proxy.url)
  const methods = credentials === null ? [NO_CREDENTIALS] : [NO_CREDENTIALS, NAME_AND_PASSWORD]
  socket.write(Buffer.from([VERSION, methods.length, ...methods]))
  const [version, method = 255] = await read(socket, proxy, 2)
  if (version !== VERSION || !methods.includes(method))
    throw new ProxyError(message`${name} wants other credentials, or is no SOCKS5`)
  if (method !== NAME_AND_PASSWORD || credentials === null) return
  socket.write(Buffer.from([1, ...text(credentials.name), ...text(credentials.password)]))
  const [, status] = await read(socket, proxy, 2)
  if (status !== 0) throw new ProxyError(message`${name} refuses the credentials`)
}

/** RFC 1928, 4 to 6. */
async function connectTo(socket: Socket, proxy: Proxy, target: Target): Promise<void> {
  socket.write(Buffer.from([VERSION, CONNECT, 0, ...addressOf(target)]))
  const [, reply, , kind] = await read(socket, proxy, 4)
  if (reply !== 0) throw new ProxyError(message`${proxy.name} opens no way to ${target.host} (reply ${reply ?? ''})`)
  const length = kind === ADDRESS.v4 ? 4 : kind === ADDRESS.v6 ? 16 : ((await read(socket, proxy, 1))[0] ?? 0)
  await read(socket, proxy, length + 2)
}

function ignore(): void {}

/** SOCKS5. Names are left to the proxy to resolve. */
export const openSocksTunnel: OpenTunnel = async (proxy, target, timeoutMs) => {
  const { url, name } = proxy
  const socket = connect({ host: withoutBrackets(url.hostname), port: Number(url.port || USUAL_PORT) })
  const timer = setTimeout(() => socket.destroy(new ProxyError(message`${name} does not answer in time`)), timeoutMs)
  try {
    await once(socket, 'connect')
    // Whoever awaits the next bytes hears of an error; a socket that nobody listens to would end the program.
    socket.on('error', ignore)
    await greet(socket, proxy)
    await connectTo(socket, proxy, target)
    socket.off('error', ignore)
    return socket
  } catch (error) {
    socket.destroy()
    throw error instanceof ProxyError ? error : unusable(proxy, error)
  } finally {
    clearTimeout(timer)
  }
}
