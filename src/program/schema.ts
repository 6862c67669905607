import { Argument, type Command } from 'commander'
import type { Described } from '../commands/schema.ts'
import { type Does, teach } from './declare.ts'
import { t } from '../words/words.ts'

export function addSchema(program: Command, does: Does): void {
  const command = program
    .command('schema')
    .description(t`print the JSON Schema (2020-12) of the record, of a hit of search, or of the configuration`)
    .addArgument(new Argument('[what]', t`whose schema`).choices(['record', 'hit', 'config']).default('record'))
  teach(command, {
    examples: ['schema > record.schema.json', 'schema config > zaobao.config.schema.json', 'schema | jq .required'],
  }).action(
    does(async (io, called) => {
      const { schema } = await import('../commands/schema.ts')
      return schema(called.processedArgs[0] as Described, io)
    }),
  )
}
