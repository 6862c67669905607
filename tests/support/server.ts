import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingMessage, type RequestListener, type Server, createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, type Socket, connect, createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TestServer {
  /** `http://127.0.0.1:PORT`, no final slash. */
  origin: string
  port: number
  /** Method and path of every request that came, in order. */
  requests: string[]
  headers: IncomingMessage['headers'][]
  /** When each came (ms since 1970). */
  times: number[]
  close(): Promise<void>
}

async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** Ends a server and every connection to it, tunnels included. */
function closer(server: Server | ReturnType<typeof createTcpServer>): () => Promise<void> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
  })
  return () =>
    new Promise((resolve) => {
      for (const socket of sockets) socket.destroy()
      server.close(() => resolve())
    })
}

/** An HTTP server on loopback; HTTPS when `tls` is given. */
export async function serve(listener: RequestListener, tls?: { key: string; cert: string }): Promise<TestServer> {
  const requests: string[] = []
  const headers: IncomingMessage['headers'][] = []
  const times: number[] = []
  const record: RequestListener = (request, response) => {
    requests.push(`${request.method} ${request.url}`)
    headers.push(request.headers)
    times.push(Date.now())
    listener(request, response)
  }
  const server = tls === undefined ? createServer(record) : createSecureServer(tls, record)
  const close = closer(server)
  const port = await listen(server)
  return {
    origin: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    requests,
    headers,
    times,
    close,
  }
}

/** A server that speaks bytes: `talk` is given each connection with the first bytes that came by it. */
export async function serveBytes(
  talk: (socket: Socket, first: Buffer) => void,
): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createTcpServer((socket) => void socket.once('data', (first: Buffer) => talk(socket, first)))
  const close = closer(server)
  return { origin: `http://127.0.0.1:${await listen(server)}`, close }
}

/** An ETag that follows from a body. */
export function etagOf(body: string | Uint8Array): string {
  return `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`
}

/** Serves what `pages` holds, path to body, and 404 for the rest. */
export function pages(bodies: Readonly<Record<string, string>>): RequestListener {
  return (request, response) => {
    const body = bodies[request.url ?? '']
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(body ?? '')
  }
}

/** A proxy that tunnels every `CONNECT`, to whatever host, to `port` on loopback. */
export async function serveProxy(port: number): Promise<{ origin: string; tunnels: string[]; close(): Promise<void> }> {
  const tunnels: string[] = []
  const server = createServer((_request, response) => void response.writeHead(405).end())
  const close = closer(server)
  server.on('connect', (request, socket, head) => {
    tunnels.push(request.url ?? '')
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.write(head)
      upstream.pipe(socket).pipe(upstream)
    })
    upstream.on('error', () => socket.destroy())
    socket.on('error', () => upstream.destroy()).on('close', () => upstream.destroy())
  })
  return { origin: `http://127.0.0.1:${await listen(server)}`, tunnels, close }
}

export interface TestCertificate {
  key: string
  cert: string
  /** The certificate authority, for `NODE_EXTRA_CA_CERTS`: a file inside `folder`. */
  caFile: string
  folder: string
  remove(): void
}

const CA = ['ca.key', 'ca.pem'] as const
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

function openssl(folder: string, ...args: string[]): void {
  execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
}

/** An authority in a folder of its own. Needs the openssl command. */
export function makeAuthority(): { folder: string; caFile: string } {
  const folder = mkdtempSync(join(tmpdir(), 'zaobao-ca-'))
  const [key, certificate] = CA
  const more = ['-keyout', key, '-out', certificate, '-days', '2', '-subj', '/CN=test authority']
  openssl(folder, 'req', '-x509', ...NEW_KEY, ...more)
  return { folder, caFile: join(folder, certificate) }
}

/** A certificate for `hosts`, signed by an authority made for this call, which nobody trusts who is not told of it. */
export function makeCertificate(hosts: readonly string[]): TestCertificate {
  return signedIn(makeAuthority().folder, hosts)
}

/** A certificate for `hosts`, signed by the authority that this run's processes trust. */
export function trustedCertificate(hosts: readonly string[]): TestCertificate {
  const folder = mkdtempSync(join(tmpdir(), 'zaobao-ca-'))
  for (const name of CA) copyFileSync(join(process.env['TEST_AUTHORITY'] ?? '', name), join(folder, name))
  return signedIn(folder, hosts)
}

function signedIn(folder: string, hosts: readonly string[]): TestCertificate {
  const file = (name: string): string => join(folder, name)
  openssl(folder, 'req', ...NEW_KEY, '-keyout', 'key.pem', '-out', 'request.pem', '-subj', `/CN=${hosts[0]}`)
  writeFileSync(file('names.txt'), `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}\n`)
  const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names.txt']
  openssl(folder, 'x509', '-req', '-in', 'request.pem', ...signing, '-out', 'cert.pem')
  return {
    key: readFileSync(file('key.pem'), 'utf8'),
    cert: readFileSync(file('cert.pem'), 'utf8'),
    caFile: file('ca.pem'),
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
