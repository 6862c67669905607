import { build } from 'esbuild'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { ChildResult, ChildTask } from './http-child.ts'

const run = promisify(execFile)

export interface Child {
  get(task: ChildTask, env?: Record<string, string>): Promise<ChildResult & { stderr: string }>
  remove(): Promise<void>
}

/** Bundles the HTTP edge the way the published program is, into a folder of its own. */
export async function bundleChild(): Promise<Child> {
  const folder = await mkdtemp(join(tmpdir(), 'zaobao-http-'))
  await build({
    entryPoints: [fileURLToPath(new URL('http-child.ts', import.meta.url))],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  })
  return {
    async get(task, env = {}) {
      const script = join(folder, 'http-child.mjs')
      const { stdout, stderr } = await run(process.execPath, [script, JSON.stringify(task)], { env })
      return { ...(JSON.parse(stdout) as ChildResult), stderr }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
