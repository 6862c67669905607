/**
 * The file system for a process under test. Every call is counted; at call `FAIL_AT` the process dies by SIGKILL
 * (`FAIL_HOW=kill`: before the call; `torn`: a write dies half done) or the call fails (`FAIL_HOW=EIO` and so on, from
 * then on with `FAIL_ON=always`). `FAIL_NAMES=143` refuses names of more bytes, as eCryptfs does, `FAIL_NAMES=ascii` those
 * with other characters, where they are used (`FAIL_NAMES_AT=rename`: not before a file is renamed). `FAIL_OPS` names the calls that count; without `FAIL_AT` they are only counted, into
 * the file `FAIL_COUNT`, and named in order in `FAIL_COUNT.ops`.
 */
import { writeFileSync } from 'node:fs'
import * as real from 'node:fs/promises'
import { basename } from 'node:path'

const at = Number(process.env['FAIL_AT'] ?? 0)
const how = process.env['FAIL_HOW'] ?? 'kill'
const always = process.env['FAIL_ON'] === 'always'
const ops = new Set((process.env['FAIL_OPS'] ?? 'open,write,sync,rename,mkdir,unlink').split(','))
const countFile = process.env['FAIL_COUNT']
const called: string[] = []

process.on('exit', () => {
  if (countFile === undefined) return
  writeFileSync(countFile, String(called.length))
  writeFileSync(`${countFile}.ops`, called.join('\n'))
})

function die(): never {
  process.kill(process.pid, 'SIGKILL')
  // The signal is delivered before anything else happens; this only tells the compiler.
  for (;;);
}

async function step(op: string, torn?: () => Promise<unknown>): Promise<void> {
  if (!ops.has(op)) return
  const count = called.push(op)
  if (at === 0 || (always ? count < at : count !== at)) return
  if (how === 'kill') die()
  if (how === 'torn') {
    await torn?.()
    die()
  }
  throw Object.assign(new Error(`${how}: injected, ${op}`), { code: how, syscall: op })
}

function wrapHandle(handle: real.FileHandle): real.FileHandle {
  return new Proxy(handle, {
    get(target, key) {
      if (key === 'writeFile' || key === 'appendFile') {
        return async (content: string | Uint8Array) => {
          const bytes = Buffer.from(content as string)
          await step('write', () => target.writeFile(bytes.subarray(0, bytes.length >> 1)))
          return target[key](bytes)
        }
      }
      if (key === 'truncate') return async (size: number) => (await step('truncate'), target.truncate(size))
      if (key === 'sync') return async () => (await step('sync'), target.sync())
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

const names = process.env['FAIL_NAMES']
const namesAt = process.env['FAIL_NAMES_AT'] ?? 'any'

function checkName(path: unknown, op: string): void {
  if (names === undefined || (namesAt !== 'any' && namesAt !== op)) return
  const name = basename(String(path))
  // eslint-disable-next-line no-control-regex
  const code =
    names === 'ascii'
      ? /[^\x20-\x7e]/.test(name)
        ? 'EINVAL'
        : null
      : Buffer.byteLength(name) > Number(names)
        ? 'ENAMETOOLONG'
        : null
  if (code !== null) throw Object.assign(new Error(`${code}: injected, ${op}`), { code, syscall: op })
}

export * from 'node:fs/promises'

export const lstat = (async (...args: Parameters<typeof real.lstat>) => (
  checkName(args[0], 'lstat'),
  real.lstat(...args)
)) as typeof real.lstat

export const open: typeof real.open = async (...args) => {
  await step('open')
  return wrapHandle(await real.open(...args))
}
export const readdir = (async (...args: Parameters<typeof real.readdir>) => (
  await step('readdir'),
  real.readdir(...args)
)) as unknown as typeof real.readdir
export const rename: typeof real.rename = async (...args) => {
  checkName(args[1], 'rename')
  await step('rename')
  return real.rename(...args)
}
export const unlink: typeof real.unlink = async (...args) => (await step('unlink'), real.unlink(...args))
export const mkdir = (async (...args: Parameters<typeof real.mkdir>) => (
  await step('mkdir'),
  real.mkdir(...args)
)) as typeof real.mkdir
