import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** What a run of the program loaded of the bundle, and wrote to its streams. */
export interface Loaded {
  /** Packages and folders of the sources in the files that were loaded, each once, in order of name. */
  modules: string[]
  /** Files of the bundle. */
  files: number
  code: number
  stdout: string
}

/** `src/edge/http/http.ts` stays, a package is its name. */
function nameOf(input: string): string {
  return /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? input
}

/** Which modules each file of the program holds, by paths from the root. */
export function bundleOutputs(): Readonly<Record<string, readonly string[]>> {
  return JSON.parse(readFileSync(join(process.env['TEST_BUNDLES'] ?? '', 'outputs.json'), 'utf8'))
}

/** Runs the program with a hook that notes every file of the bundle that Node loads. */
export function loadedBy(
  args: readonly string[],
  outputs: Readonly<Record<string, readonly string[]>>,
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Loaded> {
  const hook = pathToFileURL(fileURLToPath(new URL('note-loads.mjs', import.meta.url))).href
  const argv = ['--no-warnings', '--import', hook, `${ROOT}bin/zaobao-archiver.js`, ...args]
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      argv,
      { cwd, maxBuffer: 1e8, env: { ...process.env, ...env } },
      (error, stdout, stderr) => {
        const paths = [...stderr.matchAll(/^loaded (.*)$/gm)].map((match) => match[1] ?? '')
        const own = paths.map((path) => path.slice(ROOT.length)).filter((path) => outputs[path] !== undefined)
        const modules = new Set(own.flatMap((path) => (outputs[path] ?? []).map(nameOf)))
        const code = error === null ? 0 : Number(error.code)
        resolve({ modules: [...modules].toSorted(), files: own.length, code, stdout })
      },
    )
    child.stdin?.end()
  })
}
