import { toJSONSchema } from 'zod/mini'
import manifest from '../../package.json' with { type: 'json' }
import { configSchema } from '../config-keys.ts'
import { recordSchema } from '../core/record/schema.ts'
import { EXIT, type ExitCode } from '../errors.ts'
import type { Io } from '../io.ts'

/** Prints a JSON Schema (2020-12). */
export async function schema(what: 'record' | 'config', io: Io): Promise<ExitCode> {
  const value = what === 'config' ? configSchema() : { title: 'A story, as zaobao-archiver prints it', ...ofRecord() }
  await io.stdout(`${JSON.stringify({ $comment: `zaobao-archiver ${manifest.version}`, ...value }, null, 2)}\n`)
  return EXIT.done
}

function ofRecord(): object {
  return toJSONSchema(recordSchema, { target: 'draft-2020-12' })
}
