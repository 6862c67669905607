import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from '../../scripts/bundle.mjs'
import { makeAuthority } from './server.ts'

const cache = new URL('../../node_modules/.cache/', import.meta.url)

/** Where Linux keeps files in memory, and of how much room it is worth it: a run holds some hundred MB at a time. */
const MEMORY = '/dev/shm'
const ROOM_BYTES = 2 * 1024 ** 3

/**
 * A folder for all that tests write: in memory, where the calls are those of a disk and a tenth of the work, none of it
 * waiting; where it has no room, runs no program, or `TMPDIR` names another place, on the disk.
 */
function makeScratch(): string {
  try {
    if (process.env['TMPDIR'] !== undefined) throw new Error('asked for elsewhere')
    const { bavail, bsize } = statfsSync(MEMORY)
    if (bavail * bsize < ROOM_BYTES) throw new Error('no room')
    const folder = mkdtempSync(join(MEMORY, 'zaobao-tests-'))
    const script = join(folder, 'runs')
    writeFileSync(script, '#!/bin/sh\n', { mode: 0o755 })
    if (spawnSync(script).status === 0) return folder
    rmSync(folder, { recursive: true })
  } catch {
    // The disk will do.
  }
  return mkdtempSync(join(tmpdir(), 'zaobao-tests-'))
}

/**
 * What is made once for all tests: the program as it is published, bundled from the sources as they are now, and which
 * modules each of its files holds; a folder for bundles of the tests' own; one for their files; an authority for
 * certificates, which Node is told of where a process starts, and so each worker.
 */
export default async function setup(): Promise<() => void> {
  const outputs = await bundle()
  const scratch = makeScratch()
  process.env['TMPDIR'] = scratch
  mkdirSync(cache, { recursive: true })
  const bundles = mkdtempSync(fileURLToPath(new URL('zaobao-tests-', cache)))
  writeFileSync(join(bundles, 'outputs.json'), JSON.stringify(outputs))
  const { folder, caFile } = makeAuthority()
  Object.assign(process.env, { TEST_BUNDLES: bundles, TEST_AUTHORITY: folder, NODE_EXTRA_CA_CERTS: caFile })
  return () => {
    for (const made of [bundles, folder, scratch]) rmSync(made, { recursive: true, force: true })
  }
}
