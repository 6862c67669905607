import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const FOLDER = fileURLToPath(new URL('../conformance/', import.meta.url))

/** A file without a suite is a failure: what has nothing to compare with is skipped by `runIf`, not left out by `if`. */
test.each(readdirSync(FOLDER).filter((name) => name.endsWith('.test.ts')))(
  '%s has a suite on every machine',
  (name) => {
    expect(readFileSync(`${FOLDER}${name}`, 'utf8')).toMatch(/^(?:if \([^\n]*\) )?(?:describe|test)\b/m)
  },
)
