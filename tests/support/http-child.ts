/** A process of its own that gets URLs, for what only a process shows: peak memory, certificates, its streams. */
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { Request } from '../../src/edge/http/http.ts'
import { present } from '../../src/core/present.ts'
import { testHttp } from './http.ts'
import { inEnglish } from '../../src/words/words.ts'

export interface ChildTask {
  urls: string[]
  request?: Request
  timeoutMs?: number
  allowPrivate?: boolean
}

export interface ChildResult {
  responses: { kind: string; reason?: string; url?: string; detail?: string; text?: string }[]
  /** The processor's time for the responses. */
  cpuMs: number
  peakMb: number
}

const task = JSON.parse(process.argv[2] ?? '') as ChildTask
const http = testHttp({
  ...{ allowPrivate: task.allowPrivate ?? true, ...present({ timeoutMs: task.timeoutMs }), env: process.env },
  rate: { count: 1000, perMs: 1000 },
  now: Date.now,
  sleep: (ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal }),
  random: Math.random,
})
const started = process.cpuUsage()
const responses: object[] = []
for (const url of task.urls) {
  const response = await http.get(url, task.request)
  responses.push(response.kind === 'ok' ? { ...response, text: new TextDecoder().decode(response.body) } : response)
}
const { user, system } = process.cpuUsage(started)
await http.close()
const short = responses.map((response) => ({ ...response, body: undefined }))
const result = {
  responses: short,
  cpuMs: Math.round((user + system) / 1000),
  // `maxRSS` of a process is at least that of the one which started it.
  peakMb: Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024),
}
process.stdout.write(JSON.stringify(result, inEnglish))
