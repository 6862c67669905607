// Builds what `bin` and `exports` point to.
import { execFileSync } from 'node:child_process'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from './bundle.mjs'
import { manualPage } from './manual.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
await bundle()
const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'))
execFileSync(process.execPath, [join(typescript, 'bin', 'tsc'), '-p', 'tsconfig.types.json'], {
  cwd: root,
  stdio: 'inherit',
})

/** Adds a file of declarations and all that it names. */
async function addReached(file, reached) {
  if (reached.has(file)) return
  reached.add(file)
  const named = (await readFile(file, 'utf8')).matchAll(/(?:\bfrom |\bimport\()['"](\.[^'"]+)\.ts['"]/g)
  for (const [, path] of named) await addReached(join(dirname(file), `${path}.d.ts`), reached)
}

// What the library does not name would be three quarters of the declarations.
const types = join(root, 'dist', 'types')
const reached = new Set()
await addReached(join(types, 'index.d.ts'), reached)
for (const entry of await readdir(types, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name)
  if (entry.isFile() && !reached.has(path)) await rm(path)
}

const bin = join(root, 'bin', 'zaobao-archiver.js')
await writeFile(join(root, 'dist', 'config.schema.json'), execFileSync(process.execPath, [bin, 'schema', 'config']))
await writeFile(join(root, 'dist', 'zaobao-archiver.1'), await manualPage())
