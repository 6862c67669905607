/**
 * The file system for a process under test. Every call is counted; at call `FAIL_AT` the process dies by SIGKILL
 * (`FAIL_HOW=kill`: before the call; `torn`: a write dies half done) or the call fails (`FAIL_HOW=EIO` and so on, from
 * then on with `FAIL_ON=always`). `FAIL_NAMES=143` refuses names of more bytes, as eCryptfs does, `FAIL_NAMES=ascii` those
 * with other characters, where they are used (`FAIL_NAMES_AT=rename`: not before a file is renamed). `FAIL_OPS` names the calls that count; without `FAIL_AT` they are only counted, into
 * the file `FAIL_COUNT`, and named in order in `FAIL_COUNT.ops`.
 *
 * A run within the process of its test (`lifeOf`) dies alone: its calls are answered no more, and what it held is let go.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { writeFileSync } from 'node:fs'
import * as real from 'node:fs/promises'
import { basename } from 'node:path'

type Env = Readonly<Record<string, string | undefined>>

/** What is never answered. */
const silence = <T>(): Promise<T> => new Promise<T>(() => undefined)

/** A run: what is to befall it, what it called, and what of it is under way. */
class Life {
  readonly env: Env
  readonly #die: () => void
  readonly #called: string[] = []
  readonly #ops: ReadonlySet<string>
  readonly #handles = new Set<real.FileHandle>()
  readonly #underWay = new Set<Promise<unknown>>()
  #isOver = false

  constructor(env: Env, die: () => void) {
    this.env = env
    this.#die = die
    this.#ops = new Set((env['FAIL_OPS'] ?? 'open,write,sync,rename,mkdir,unlink').split(','))
  }

  /** Counts a call of a kind, which may fail or be the last; then `work` is done. */
  async call<T>(op: string, work: () => Promise<T>, torn?: () => Promise<unknown>): Promise<T> {
    await this.#befall(op, torn)
    return this.does(work)
  }

  /** What `work` answers; nothing when the run is over by then. */
  does<T>(work: () => T): T {
    if (this.#isOver) return silence() as T
    const working: unknown = work()
    if (!(working instanceof Promise)) return working as T
    this.#underWay.add(working)
    return new Promise((resolve, reject) => {
      const last = (answer: () => void): void => {
        this.#underWay.delete(working)
        if (!this.#isOver) answer()
      }
      working.then(
        (value) => last(() => resolve(value)),
        (error: unknown) => last(() => reject(error)),
      )
    }) as T
  }

  async open(...args: Parameters<typeof real.open>): Promise<real.FileHandle> {
    const handle = await real.open(...args)
    this.#handles.add(handle)
    return handle
  }

  /** What the system does when a process has ended: what was begun is done, files are closed, locks with them. */
  async bury(): Promise<void> {
    this.#isOver = true
    await Promise.allSettled(this.#underWay)
    for (const handle of this.#handles) if (handle.fd !== -1) await handle.close()
  }

  count(): void {
    const file = this.env['FAIL_COUNT']
    if (file === undefined) return
    writeFileSync(file, String(this.#called.length))
    writeFileSync(`${file}.ops`, this.#called.join('\n'))
  }

  async #befall(op: string, torn?: () => Promise<unknown>): Promise<void> {
    if (this.#isOver) return silence()
    if (!this.#ops.has(op)) return undefined
    const { FAIL_AT = '0', FAIL_HOW: how = 'kill', FAIL_ON } = this.env
    const [at, count] = [Number(FAIL_AT), this.#called.push(op)]
    if (at === 0 || (FAIL_ON === 'always' ? count < at : count !== at)) return undefined
    if (how !== 'kill' && how !== 'torn')
      throw Object.assign(new Error(`${how}: injected, ${op}`), { code: how, syscall: op })
    if (how === 'torn') await torn?.()
    this.#isOver = true
    this.#die()
    return silence()
  }
}

const lives = new AsyncLocalStorage<Life>()
const ofProcess = new Life(process.env, () => {
  process.kill(process.pid, 'SIGKILL')
  // The signal is delivered before anything else happens.
  for (;;);
})
process.on('exit', () => ofProcess.count())
let isWithin = false

function life(): Life {
  const own = lives.getStore()
  if (own === undefined && isWithin) throw new Error('a call of no run, which could not die')
  return own ?? ofProcess
}

/** What `work` answers, done over this file system by variables of its own; `null` when it died. */
export async function lifeOf<T>(env: Env, work: () => Promise<T>): Promise<T | null> {
  isWithin = true
  let die = (): void => undefined
  const death = new Promise<null>((resolve) => void (die = () => resolve(null)))
  const own = new Life(env, die)
  try {
    const ended = await Promise.race([lives.run(own, work), death])
    if (ended !== null) own.count()
    return ended
  } finally {
    await own.bury()
  }
}

function wrapHandle(handle: real.FileHandle, own: Life): real.FileHandle {
  return new Proxy(handle, {
    get(target, key) {
      if (key === 'writeFile' || key === 'appendFile') {
        return (content: string | Uint8Array) => {
          const bytes = Buffer.from(content as string)
          const torn = () => target.writeFile(bytes.subarray(0, bytes.length >> 1))
          return own.call('write', () => target[key](bytes), torn)
        }
      }
      const value: unknown = Reflect.get(target, key, target)
      if (typeof value !== 'function') return value
      const work = (...args: unknown[]): unknown => value.apply(target, args) as unknown
      if (key !== 'truncate' && key !== 'sync') return (...args: unknown[]) => own.does(() => work(...args))
      return (...args: unknown[]) => own.call(key, async () => work(...args))
    },
  })
}

function checkName(path: unknown, op: string): void {
  const { FAIL_NAMES: names, FAIL_NAMES_AT: namesAt = 'any' } = life().env
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

/** A call of the file system as a run has it. */
function wrap<F extends (...args: never[]) => Promise<unknown>>(op: string, call: F): F {
  return ((...args: Parameters<F>) => life().call(op, () => call(...args))) as F
}

export * from 'node:fs/promises'

export const access = wrap('access', real.access)
export const copyFile = wrap('copyFile', real.copyFile)
export const mkdir = wrap('mkdir', real.mkdir)
export const mkdtemp = wrap('mkdtemp', real.mkdtemp)
export const readdir = wrap('readdir', real.readdir)
export const readFile = wrap('readFile', real.readFile)
export const realpath = wrap('realpath', real.realpath)
export const rm = wrap('rm', real.rm)
export const stat = wrap('stat', real.stat)
export const unlink = wrap('unlink', real.unlink)
export const writeFile = wrap('writeFile', real.writeFile)

export const lstat = (async (...args: Parameters<typeof real.lstat>) => (
  checkName(args[0], 'lstat'),
  life().call('lstat', () => real.lstat(...args))
)) as typeof real.lstat

export const open: typeof real.open = async (...args) => {
  const own = life()
  return wrapHandle(await own.call('open', () => own.open(...args)), own)
}
export const rename: typeof real.rename = async (...args) => {
  checkName(args[1], 'rename')
  return life().call('rename', () => real.rename(...args))
}
