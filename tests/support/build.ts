import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { bundle } from '../../scripts/bundle.mjs'
import { makeAuthority } from './server.ts'

const cache = new URL('../../node_modules/.cache/', import.meta.url)

/**
 * What is made once for all tests: the program as it is published, bundled from the sources as they are now; a folder for
 * bundles of the tests' own; an authority for certificates, which Node is told of where a process starts, and so each worker.
 */
export default async function setup(): Promise<() => void> {
  await bundle()
  mkdirSync(cache, { recursive: true })
  const bundles = mkdtempSync(fileURLToPath(new URL('zaobao-tests-', cache)))
  const { folder, caFile } = makeAuthority()
  Object.assign(process.env, { TEST_BUNDLES: bundles, TEST_AUTHORITY: folder, NODE_EXTRA_CA_CERTS: caFile })
  return () => {
    for (const made of [bundles, folder]) rmSync(made, { recursive: true, force: true })
  }
}
