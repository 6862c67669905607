import { toJSONSchema, type ZodMiniType } from 'zod/mini'
import manifest from '../../package.json' with { type: 'json' }
import { configSchema } from '../config/schema.ts'
import { RECORD_FIELDS, recordSchema } from '../core/record/schema.ts'
import { HIT_FIELDS, hitSchema } from '../core/search/hit-schema.ts'
import { EXIT, type ExitCode } from '../errors.ts'
import type { Io } from '../io.ts'

/** What has a schema. */
export type Described = 'record' | 'hit' | 'config'

/** Prints a JSON Schema (2020-12). */
export async function schema(what: Described, io: Io): Promise<ExitCode> {
  const value = what === 'config' ? configSchema() : SCHEMAS[what]()
  await io.stdout(`${JSON.stringify({ $comment: `zaobao-archiver ${manifest.version}`, ...value }, null, 2)}\n`)
  return EXIT.done
}

const SCHEMAS = {
  record: () => described('A story, as zaobao-archiver prints it', recordSchema, RECORD_FIELDS),
  hit: () => described('A story that search found', hitSchema, { ...RECORD_FIELDS, ...HIT_FIELDS }),
}

function described(title: string, values: ZodMiniType, fields: Readonly<Record<string, string>>): object {
  const shape = toJSONSchema(values, { target: 'draft-2020-12' })
  const properties = Object.entries(shape.properties ?? {}).map(([name, property]) => {
    return [name, { description: fields[name], ...(property as object) }]
  })
  return { title, ...shape, properties: Object.fromEntries(properties) as object }
}
