import { errors } from 'undici'
import { constants } from 'node:os'
import { afterEach, describe, expect, test } from 'vitest'
import { faultOf } from '../../src/edge/http/fault.ts'
import { unusable } from '../../src/edge/http/tunnel.ts'
import { inWords, testHttp } from '../support/http.ts'
import { makeCertificate, serve, serveBytes } from '../support/server.ts'
import { message, said } from '../../src/words/words.ts'

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** What a user should not have to know: codes of undici, its parser, Node's own, OpenSSL's, zlib's. */
const DIALECT =
  /UND_|HPE_|ERR_|Z_[A-Z]|_CERT(?!S=)|(?<!CA_)CERT_|EPROTO\b|EPROXY|\b(?:undici|llhttp|socket|ssl3?|SSL|Error)\b|undefined/

const OF_LIBRARIES = [
  ...Object.values(errors).flatMap((Type): string[] => {
    try {
      return [String(new (Type as new (message: string) => Error & { code?: string })('x').code)]
    } catch {
      return []
    }
  }),
  ...[
    'HPE_INVALID_CONSTANT',
    'HPE_HEADER_OVERFLOW',
    'HPE_INVALID_CHUNK_SIZE',
    'HPE_INVALID_EOF_STATE',
    'HPE_CB_MESSAGE',
  ],
  ...['ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'EPROTO'],
  ...['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'CERT_REVOKED', 'CERT_SIGNATURE_FAILURE', 'UNABLE_TO_GET_CRL'],
  ...['SELF_SIGNED_CERT_IN_CHAIN', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'INVALID_PURPOSE'],
  ...[
    'ERR_STREAM_PREMATURE_CLOSE',
    'ERR_STREAM_DESTROYED',
    'ERR_SOCKET_CLOSED',
    'ERR_INVALID_CHAR',
    'ERR_UNESCAPED_CHARACTERS',
  ],
  ...['EAI_AGAIN', 'EAI_FAIL', 'EAI_NONAME', 'ENOTFOUND', 'ENODATA', 'Z_DATA_ERROR', 'ERR__ERROR_FORMAT_PADDING_1'],
]

const PROXY = { url: new URL('http://127.0.0.1:3128/'), name: message`the proxy 127.0.0.1:3128 (HTTPS_PROXY)` }

describe('no word of a library', () => {
  test.each([...new Set(OF_LIBRARIES)])('is said of %s', (code) => {
    const error = Object.assign(new Error('UND_ERR socket SSL routines undefined'), { code })
    for (const answered of [false, true]) expect(said(faultOf(error, answered).detail)).not.toMatch(DIALECT)
    const byProxy = faultOf(unusable(PROXY, error), false)
    expect(byProxy.reason).toBe('proxy')
    expect(said(byProxy.detail)).not.toMatch(DIALECT)
  })

  test.each(Object.keys(constants.errno))('is said of the system’s %s', (code) => {
    const error = Object.assign(new Error(`connect ${code}`), { code, errno: -1, syscall: 'connect' })
    expect(said(faultOf(error, false).detail)).not.toMatch(DIALECT)
  })

  test('is said of several errors in one', () => {
    const one = Object.assign(new Error('x'), { code: 'ECONNREFUSED' })
    expect(said(faultOf(new AggregateError([one, one]), false).detail)).toBe('no connection (ECONNREFUSED)')
  })
})

describe('what a server does wrong is one line in plain words', () => {
  const whole = 'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 13\r\n\r\n<p>早报</p>'
  const chunked = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'
  test.each<[string, string]>([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['noise', '\x00\x01\x02\xff'],
    ['TLS', '\x15\x03\x01\x00\x02\x02\x16'],
    ['HTTP/0.9', '<html>早报'],
    ['HTTP/2', 'HTTP/2 200 OK\r\n\r\n'],
    ['a status of letters', 'HTTP/1.1 ok\r\n\r\n'],
    ['a status of four digits', 'HTTP/1.1 2000 OK\r\n\r\n'],
    ['a header without a name', 'HTTP/1.1 200 OK\r\n: x\r\n\r\n'],
    ['a NUL in a header', 'HTTP/1.1 200 OK\r\nx: a\0b\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx'],
    ['a length that is none', 'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\nx'],
    [
      'a length and chunks',
      'HTTP/1.1 200 OK\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n',
    ],
    ['a chunk of no size', `${chunked}zz\r\nx\r\n`],
    ['a chunk that is longer than it says', `${chunked}1\r\nxyz\r\n0\r\n\r\n`],
    ['an endless chunk', `${chunked}fffffffffffffffff\r\nx`],
    ['more than its length', whole.replace('13', '3')],
    ['less than its length', whole.replace('13', '1100')],
    ['headers of 100 KiB', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100 * 1024)}\r\n\r\n`],
    ['10,000 headers', `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(10_000)}\r\n`],
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n'],
    ['interim answers and an end', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(50)],
  ])('%s', async (_name, answer) => {
    const server = await serveBytes((socket) => socket.end(Buffer.from(answer, 'latin1')))
    const http = testHttp({ timeoutMs: 3000 })
    closing.push(
      () => http.close(),
      () => server.close(),
    )
    const response = await http.get(server.origin)
    if (response.kind === 'failed') expect(said(response.detail)).not.toMatch(DIALECT)
    if (response.kind === 'failed') expect(said(response.detail)).not.toMatch(/[\n\r]/)
    expect(response).toSatisfy(({ kind }: { kind: string }) => kind === 'failed' || kind === 'ok')
  })

  test('a connection that is reset at any byte is never taken for whole, and hangs nobody', async () => {
    let at = 0
    const bytes = Buffer.from(whole)
    const server = await serveBytes((socket) => {
      socket.write(bytes.subarray(0, at), () => void (at % 2 === 0 ? socket.resetAndDestroy() : socket.destroy()))
    })
    closing.push(() => server.close())
    for (at = 0; at < bytes.length; at += 1) {
      const http = testHttp({ timeoutMs: 3000 })
      const response = await http.get(server.origin)
      await http.close()
      expect(response, String(at)).toMatchObject({ kind: 'failed', retryable: true })
      expect(response.kind === 'failed' ? said(response.detail) : '').not.toMatch(DIALECT)
    }
  })

  test('TLS asked of a port that speaks none, and plain HTTP of one that does', async () => {
    const plain = await serve((_request, response) => void response.end('x'))
    const certificate = makeCertificate(['localhost'])
    const secure = await serve((_request, response) => void response.end('x'), certificate)
    const http = testHttp()
    closing.push(
      () => http.close(),
      () => plain.close(),
      () => secure.close(),
      () => certificate.remove(),
    )
    const words: [string, RegExp][] = [
      [plain.origin.replace('http:', 'https:'), /^no trusted connection: it speaks no TLS that is known here$/],
      [secure.origin, /^no trusted connection: nobody known here vouches for its certificate; NODE_EXTRA_CA_CERTS/],
      [secure.origin.replace('https:', 'http:'), /^(?:the connection broke|the answer is no proper HTTP|status 400)/],
    ]
    for (const [url, line] of words) {
      expect(inWords(await http.get(url))).toMatchObject({ kind: 'failed', detail: expect.stringMatching(line) })
    }
  })

  test('a name that does not resolve hints at the proxy, where none is set', async () => {
    const lookup = ((_host: string, _options: object, done: (error: Error) => void) => {
      done(Object.assign(new Error('x'), { code: 'ENOTFOUND' }))
    }) as never
    const detail = /^the name does not resolve \(ENOTFOUND\); if your network needs a proxy, HTTPS_PROXY=/
    expect(inWords(await testHttp({ lookup }).get('https://nowhere.example/'))).toMatchObject({
      detail: expect.stringMatching(detail),
    })
  })
})
