import { build } from 'esbuild'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Bundles TypeScript of this project into one file that node runs; answers its path. */
export async function bundleSource(folder, name, contents) {
  const outfile = join(folder, `${name}.mjs`)
  await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: ['fs-ext-extra-prebuilt'],
    nodePaths: [fileURLToPath(new URL('../node_modules', import.meta.url))],
    outfile,
    logLevel: 'error',
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  })
  return outfile
}

export function bundleDocument(folder) {
  return bundleSource(folder, 'document', "export { toDocument } from './document.ts'")
}
