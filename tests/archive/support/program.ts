import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Plugin } from 'rolldown'
import { bundleInto } from '../../../scripts/bundle.mjs'
import type { Program } from './within.ts'

/** Puts `failing-fs.ts` in place of the file system: it dies or fails at a given operation. */
const failingFs: Plugin = {
  name: 'failing-fs',
  resolveId(id, importer = '') {
    if (id !== 'node:fs/promises') return null
    const isReal = importer.endsWith('failing-fs.ts') || importer.includes('node_modules')
    return isReal ? { id, external: true } : fileURLToPath(new URL('failing-fs.ts', import.meta.url))
  },
}

/**
 * Bundles a TypeScript program, named by its path from this folder, as the published one is: such starts are half of what
 * these tests take; once a run. Returns the bundle's path.
 */
export async function bundleProgram(name: string, fs: 'real' | 'failing' = 'real'): Promise<string> {
  const folder = join(process.env['TEST_BUNDLES'] ?? '', `${basename(name, '.ts')}-${fs}`)
  if (!existsSync(folder)) {
    const plugins = fs === 'failing' ? [failingFs] : []
    const outdir = `${folder}-${process.pid}`
    await bundleInto(outdir, `export * from './tests/archive/support/${name}'`, { plugins })
    // Another worker may have been quicker.
    await rename(outdir, folder).catch(() => rm(outdir, { recursive: true }))
  }
  return join(folder, 'program.mjs')
}

export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

export interface Running {
  child: ChildProcess
  ended: Promise<Ended>
  /** Resolves when stdout has held this text. */
  says(text: string): Promise<void>
}

/** Starts a program of its own process. */
export function start(command: string, args: readonly string[], env: Record<string, string> = {}): Running {
  // What is for the tests is no variable that the program knows.
  const own = { ...process.env, ZAOBAO_KILL_STEP: undefined, ...env }
  const child = spawn(command, args, { env: own, stdio: ['pipe', 'pipe', 'pipe'] })
  const out = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => void (out.stdout += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => void (out.stderr += chunk))
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, ...out }))
  })
  return {
    child,
    ended,
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => void (out.stdout.includes(text) && resolve())
        child.stdout.on('data', look)
        child.on('close', () => reject(new Error(`ended without saying ${text}: ${out.stdout}${out.stderr}`)))
        look()
      }),
  }
}

/** Runs a bundle to its end. */
export function run(bundle: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  return start(process.execPath, [bundle, ...args], env).ended
}

/** Every how many calls a run is killed: `ZAOBAO_KILL_STEP`, 1 for all of them, in a process each, which takes minutes. */
const { ZAOBAO_KILL_STEP } = process.env

export function killStep(usual: number): number {
  return Number(ZAOBAO_KILL_STEP ?? usual)
}

/** Runs a program by the variables of `failing-fs.ts`, in a process of its own where `isReal`. */
export type Failing = (args: readonly string[], env?: Record<string, string>, isReal?: boolean) => Promise<Ended>

/**
 * A program over the failing file system. It runs within this process and dies there alone: what a death leaves is the same,
 * and starting Node is most of the work. What a dead run began is begun for its modules for ever: the next run is one of `src`.
 */
export async function failingProgram(program: Program): Promise<Failing> {
  const url = pathToFileURL(await bundleProgram('within.ts', 'failing')).href
  const { within } = (await import(url)) as typeof import('./within.ts')
  let bundle: Promise<string> | null = null
  return async (args, env, isReal = ZAOBAO_KILL_STEP !== undefined) =>
    isReal ? run(await (bundle ??= bundleProgram(program, 'failing')), args, env) : within(program, args, env ?? {})
}

/**
 * The calls at which a run is killed: every `step`th, and of each kind of call (write, sync, rename and so on) that these
 * miss the middle one. `counted`: the file `FAIL_COUNT` of a run that was not killed.
 */
export async function killPoints(counted: string, step: number): Promise<number[]> {
  const ops = (await readFile(`${counted}.ops`, 'utf8')).split('\n')
  const points = new Set(Array.from({ length: Math.ceil(ops.length / step) }, (_, n) => n * step + 1))
  for (const kind of new Set(ops)) {
    const ofKind = ops.flatMap((op, n) => (op === kind ? [n + 1] : []))
    if (!ofKind.some((n) => points.has(n))) points.add(ofKind[ofKind.length >> 1] ?? 1)
  }
  return [...points].toSorted((a, b) => a - b)
}

/** Where a run dies, and whether it is a process that is killed. */
export interface Death {
  n: number
  isReal?: boolean
}

/** The deaths at each of `killPoints`, and, unless others die so, those of a process in the middle of each kind of call. */
export async function deathsOf(counted: string, step: number, hasReal = true): Promise<Death[]> {
  const ofEachKind = hasReal ? await killPoints(counted, Number.POSITIVE_INFINITY) : []
  const within = await killPoints(counted, step)
  return [...ofEachKind.map((n) => ({ n, isReal: true })), ...within.map((n) => ({ n }))]
}
