import { toJSONSchema } from 'zod/mini'
import manifest from '../../package.json' with { type: 'json' }
import { configSchema } from '../config-schema.ts'
import { RECORD_FIELDS, recordSchema } from '../core/record/schema.ts'
import { EXIT, type ExitCode } from '../errors.ts'
import type { Io } from '../io.ts'

/** Prints a JSON Schema (2020-12). */
export async function schema(what: 'record' | 'config', io: Io): Promise<ExitCode> {
  const value = what === 'config' ? configSchema() : { title: 'A story, as zaobao-archiver prints it', ...ofRecord() }
  await io.stdout(`${JSON.stringify({ $comment: `zaobao-archiver ${manifest.version}`, ...value }, null, 2)}\n`)
  return EXIT.done
}

function ofRecord(): object {
  const shape = toJSONSchema(recordSchema, { target: 'draft-2020-12' })
  const described = Object.entries(shape.properties ?? {}).map(([name, property]) => {
    const description = (RECORD_FIELDS as Readonly<Record<string, string>>)[name]
    return [name, { description, ...(property as object) }]
  })
  return { ...shape, properties: Object.fromEntries(described) as object }
}
