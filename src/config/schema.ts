import * as z from 'zod/mini'
import { ROWS } from './keys.ts'
import { section, sectionForm } from './values.ts'
import { english } from '../words/words.ts'
import { present } from '../core/present.ts'

/** JSON Schema (2020-12) of the configuration file. */
export function configSchema(): { properties: Record<string, object> } & Record<string, unknown> {
  const keys = ROWS.map(([key, row]): [string, object] => {
    const { $schema: _, ...value } = z.toJSONSchema(row.value(), { io: 'input', override: ofValues })
    return [key, { description: english(row.about), ...value, ...present({ default: row.default }) }]
  })
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'The configuration of zaobao-archiver',
    type: 'object',
    properties: { $schema: { type: 'string' }, ...Object.fromEntries(keys) },
    additionalProperties: false,
  }
}

type Override = NonNullable<NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override']>

/** A value stands for a list of one; which sections there are is said. */
const ofValues: Override = ({ zodSchema, jsonSchema }) => {
  if (zodSchema === section()) jsonSchema.pattern = sectionForm().source
  const { def } = zodSchema._zod
  if (def.type !== 'pipe' || def.in._zod.def.type !== 'transform') return
  const { type, items, ...rest } = jsonSchema
  for (const key of Object.keys(jsonSchema)) delete jsonSchema[key]
  Object.assign(jsonSchema, rest, { anyOf: [items, { type, items }] })
}
