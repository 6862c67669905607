import { Argument, type Command } from 'commander'
import type { Described } from '../commands/schema.ts'
import { type CommandAction, teach } from './declare.ts'
import { t } from '../words/words.ts'

export function declareSchema(command: Command): CommandAction {
  command
    .description(t`print the JSON Schema (2020-12) of the record, of a hit of search, or of the configuration`)
    .addArgument(new Argument('[what]', t`whose schema`).choices(['record', 'hit', 'config']).default('record'))
  teach(command, {
    examples: ['schema > record.schema.json', 'schema config > zaobao.config.schema.json', 'schema | jq .required'],
  })
  return async (io) => {
    const { schema } = await import('../commands/schema.ts')
    return schema(command.processedArgs[0] as Described, io)
  }
}
