import { importFolder } from '../../../src/commands/import.ts'
import { verify } from '../../../src/commands/verify.ts'
import type { Io } from '../../../src/io.ts'

/** `import SOURCE` into an archive, or `verify --fix` of it where there is no source: without the command line. */
export function mend(archive: string, source: string | undefined, io: Io): Promise<number> {
  const options = { archive, json: true, quiet: true, wait: 0, exclude: [] }
  return source === undefined
    ? verify({ ...options, fix: true }, io)
    : importFolder(source, { ...options, dryRun: false, keepRevisions: 50 }, io)
}
