import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(new URL('../../bin/zaobao-archiver.js', import.meta.url))
const FAMILIES = {
  connect: ['connect'],
  fsync: ['fsync', 'fdatasync'],
  mkdir: ['mkdir', 'mkdirat'],
  rename: ['rename', 'renameat', 'renameat2'],
  unlink: ['unlink', 'unlinkat'],
} as const

/** How often a run of the program asks the system for what costs; `null` where strace is not installed. */
export async function countSyscalls(args: readonly string[], cwd: string): Promise<Record<string, number> | null> {
  const lines = await traced(args, cwd, Object.values(FAMILIES).flat())
  const count = (names: readonly string[]) =>
    (lines ?? []).filter((line) => names.includes(/^\d+\s+(\w+)\(/.exec(line)?.[1] ?? '')).length
  return lines && Object.fromEntries(Object.entries(FAMILIES).map(([family, names]) => [family, count(names)]))
}

/** How often a run of the program opens each story's file, by its name, that of its state, and those of pictures (`media`); `null` where strace is not installed. */
export async function countOpened(args: readonly string[], cwd: string, code = 0): Promise<Map<string, number> | null> {
  const lines = await traced(args, cwd, ['open', 'openat'], code)
  const opened = new Map<string, number>()
  for (const line of lines ?? []) {
    const name = [/\/(\d{4}-\d\d-\d\d-\d+)[^/"]*\.md"/, /\.zaobao\/(state\.json)"/, /\/(media)\/..\/[^"]+"/]
      .map((path) => path.exec(line)?.[1])
      .find((found) => found !== undefined)
    if (name !== undefined) opened.set(name, (opened.get(name) ?? 0) + 1)
  }
  return lines && opened
}

/** The lines of strace about some system calls of a run that ends with `code`; `null` where it is not installed. */
function traced(args: readonly string[], cwd: string, calls: readonly string[], code = 0): Promise<string[] | null> {
  const log = join(cwd, 'strace.log')
  const wanted = calls.map((name) => `?${name}`).join(',')
  const argv = ['-f', '-qq', '-o', log, '-e', `trace=${wanted}`, process.execPath, BIN, ...args]
  return new Promise((resolve, reject) => {
    execFile('strace', argv, { cwd }, (error) => {
      if (error !== null && error.code === 'ENOENT') return resolve(null)
      if ((error?.code ?? 0) !== code) return reject(error)
      return resolve(readFileSync(log, 'latin1').split('\n'))
    })
  })
}
