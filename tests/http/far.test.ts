import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { lookup } from 'node:dns'
import { connect, getDefaultAutoSelectFamilyAttemptTimeout, setDefaultAutoSelectFamilyAttemptTimeout } from 'node:net'
import { expect, test } from 'vitest'
import type { HttpEvent } from '../../src/edge/http/http.ts'
import { testHttp } from '../support/http.ts'
import { serve } from '../support/server.ts'

/** Answers every request; one connection waits to be taken, and one more. */
const SERVER = `
  const server = require('node:http').createServer((_, response) => response.end('there'))
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port))`

test('a server that is far away is waited for, though its name has an address of a kind that leads nowhere', async () => {
  const child = spawn(process.execPath, ['-e', SERVER])
  const [port] = await once(child.stdout, 'data')
  // A process that is stopped takes no connection: with its queue full, the next one is made a second later.
  child.kill('SIGSTOP')
  const waiting = [1, 2].map(() => connect(Number(port), '127.0.0.1'))
  await Promise.all(waiting.map((socket) => once(socket, 'connect')))
  const addresses = [
    { address: '127.0.0.1', family: 4 },
    { address: 'fd00::1', family: 6 },
  ]
  const resolve = ((_name: string, _options: object, done: (error: null, found: typeof addresses) => void) =>
    done(null, addresses)) as typeof lookup
  const faults: HttpEvent['fault'][] = []
  const http = testHttp({ lookup: resolve, onEvent: ({ fault }) => faults.push(fault) })
  try {
    const answer = http.get(`http://far.example:${Number(port)}/`)
    setTimeout(() => child.kill('SIGCONT'), 600)
    expect(await answer).toMatchObject({ kind: 'ok' })
    expect(faults).toEqual([null])
  } finally {
    for (const socket of waiting) socket.destroy()
    await http.close()
    child.kill('SIGKILL')
  }
})

test.each([
  [1_000, 250],
  [4_000, 1_000],
  [30_000, 2_500],
])('of %i ms that a request may take, one address has %i', async (timeoutMs, addressMs) => {
  const before = getDefaultAutoSelectFamilyAttemptTimeout()
  setDefaultAutoSelectFamilyAttemptTimeout(250)
  const server = await serve((_request, response) => void response.end('there'))
  const http = testHttp({ timeoutMs })
  try {
    await http.get(server.origin)
    expect(getDefaultAutoSelectFamilyAttemptTimeout()).toBe(addressMs)
  } finally {
    setDefaultAutoSelectFamilyAttemptTimeout(before)
    await http.close()
    await server.close()
  }
})
