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
export function countSyscalls(args: readonly string[], cwd: string): Promise<Record<string, number> | null> {
  const log = join(cwd, 'strace.log')
  const traced = Object.values(FAMILIES)
    .flat()
    .map((name) => `?${name}`)
    .join(',')
  const argv = ['-f', '-qq', '-o', log, '-e', `trace=${traced}`, process.execPath, BIN, ...args]
  return new Promise((resolve, reject) => {
    execFile('strace', argv, { cwd }, (error) => {
      if (error !== null && error.code === 'ENOENT') return resolve(null)
      if (error !== null) return reject(error)
      const lines = readFileSync(log, 'latin1').split('\n')
      const count = (names: readonly string[]) =>
        lines.filter((line) => names.includes(/^\d+\s+(\w+)\(/.exec(line)?.[1] ?? '')).length
      return resolve(Object.fromEntries(Object.entries(FAMILIES).map(([family, names]) => [family, count(names)])))
    })
  })
}
