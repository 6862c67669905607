import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Io } from '../../src/io.ts'
import { run } from '../../src/program.ts'
import { speak, spoken } from '../../src/words/words.ts'
import { bareIo, PATIENCE } from './io.ts'

/** The program as it is published, a file for Node. */
export const BIN = fileURLToPath(new URL('../../bin/zaobao-archiver.js', import.meta.url))

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

export interface Started {
  child: ChildProcess
  ended: Promise<Ended>
}

/** Starts the program as it is published, with nothing of this process's environment but the path and the zone, and with patience. */
export function start(
  args: readonly string[],
  options: { cwd: string; env?: Record<string, string>; input?: string | Uint8Array },
): Started {
  const zone = process.env['TZ'] === undefined ? {} : { TZ: process.env['TZ'] }
  const env = { PATH: process.env['PATH'] ?? '', HOME: options.cwd, ZAOBAO_TIMEOUT: PATIENCE, ...zone, ...options.env }
  const child = spawn(process.execPath, [BIN, ...args], { cwd: options.cwd, env })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  child.stdin.on('error', () => undefined)
  child.stdin.end(options.input ?? '')
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) =>
      resolve({ code, stdout: Buffer.concat(out).toString('utf8'), stderr: Buffer.concat(err).toString('utf8') }),
    )
  })
  return { child, ended }
}

/** Runs the program to its end. */
export function program(
  args: readonly string[],
  options: { cwd: string; env?: Record<string, string>; input?: string | Uint8Array },
): Promise<Ended> {
  return start(args, options).ended
}

/** By how much the clock of `call` is ahead: what was waited for. */
let aheadMs = 0

/** What the clock of `call` shows, in ms since 1970. */
export const clockMs = (): number => Date.now() + aheadMs

/**
 * What the program says and does of a command line, without a process: for all that does not lie with streams, signals or
 * what Node itself is told. Nothing is waited for: sleep moves the clock on.
 */
export async function call(
  args: readonly string[],
  { cwd, env = {}, input = '' }: { cwd: string; env?: Record<string, string>; input?: string },
): Promise<Ended> {
  const said = { stdout: '', stderr: '' }
  const io: Io = {
    ...bareIo(cwd),
    stdout: async (text) => void (said.stdout += text),
    stderr: (text) => void (said.stderr += text),
    async *stdin() {
      yield Buffer.from(input)
    },
    invocation: [process.execPath, BIN],
    v8: process.versions.v8,
    env: { PATH: process.env['PATH'] ?? '', HOME: cwd, ZAOBAO_TIMEOUT: PATIENCE, ...env },
    now: clockMs,
    async sleep(ms, stop) {
      stop?.throwIfAborted()
      aheadMs += ms
      await new Promise((resolve) => void setImmediate(resolve))
    },
    random: Math.random,
  }
  const language = spoken()
  try {
    return { code: await run(args, io), ...said }
  } finally {
    await speak(language)
  }
}

/** A folder of the test's own, and how to remove it. */
export function folder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'zaobao-test-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** Every story file of an archive, path to text, in order. */
export function storiesIn(archive: string): Map<string, string> {
  const stories = new Map<string, string>()
  for (const day of readdirSync(archive)
    .filter((name) => /^\d{4}-/.test(name))
    .toSorted()) {
    for (const name of readdirSync(join(archive, day)).toSorted()) {
      stories.set(`${day}/${name}`, readFileSync(join(archive, day, name), 'utf8'))
    }
  }
  return stories
}

/** Size and time of change of every file of an archive, `.zaobao/` apart. */
export function marksOf(archive: string): string[] {
  return [...storiesIn(archive).keys()].map((path) => {
    const { mtimeMs, size, ino } = statSync(join(archive, path))
    return `${path} ${mtimeMs} ${size} ${ino}`
  })
}
