import { spawnSync } from 'node:child_process'

/** What a program of Python prints as JSON when it is given `input`. `name`: which Python. */
export function python(args: readonly string[], input: string | Uint8Array, name = 'python3'): unknown {
  const { stdout, stderr } = spawnSync(name, args, { input, encoding: 'utf8', maxBuffer: 1e9 })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}
