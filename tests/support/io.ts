import { loadConfig } from '../../src/config/config.ts'
import type { Config } from '../../src/config/keys.ts'
import type { Io } from '../../src/io.ts'

/** A process that has nothing, to which nobody listens, and whose clock stands. */
export function bareIo(cwd: string, nowMs = Date.UTC(2026, 10, 22)): Io {
  return {
    stdout: () => Promise.resolve(),
    stderr: () => undefined,
    async *stdin() {},
    stderrIsTerminal: false,
    columns: () => 80,
    outputColumns: () => null,
    progress: () => undefined,
    invocation: ['/usr/bin/node', '/usr/lib/zaobao-archiver.js'],
    v8: '',
    env: {},
    cwd,
    now: () => nowMs,
    sleep: () => Promise.resolve(),
    random: () => 0,
    signal: new AbortController().signal,
  }
}

/** The process as values, what was printed kept. */
export interface TestIo extends Io {
  out: string[]
  err: string[]
}

export function testIo(cwd: string, nowMs?: number): TestIo {
  const out: string[] = []
  const err: string[] = []
  return {
    ...bareIo(cwd, nowMs),
    out,
    err,
    stdout: async (text) => void out.push(String(text)),
    stderr: (text) => void err.push(text),
  }
}

/** What flags and variables say of requests in tests: a machine that is busy, or stopped for a while, ends none. */
export const PATIENCE = '300s'

/** The configuration that flags give, nothing else being there but patience. */
export function configOf(flags: Record<string, unknown>, cwd: string): Promise<Config> {
  return loadConfig({ timeout: PATIENCE, ...flags }, testIo(cwd))
}
