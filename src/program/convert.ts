import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { loadConfig } from '../config/config.ts'
import type { Config } from '../config/keys.ts'
import { CONFIG_FILE } from '../config/file.ts'
import type { ConvertOptions } from '../commands/convert.ts'
import { EXIT } from '../errors.ts'
import type { Io } from '../io.ts'
import { type CommandAction, flagsOf, teach } from './declare.ts'
import { t } from '../words/words.ts'

export function declareConvert(command: Command): CommandAction {
  command
    .description(t`turn a story's page into its document; no network, no archive`)
    .argument('[file]', t`the page (default: standard input)`)
    .option('--url <url>', t`the address of the page`)
    .addOption(
      new Option('--format <form>', t`what to print`).choices(['document', 'body', 'json', 'html']).default('document'),
    )
    .addOption(new Option('--from <form>', t`what is read`).choices(['page', 'json']).default('page'))
    .option('--check', t`compare the Markdown with the page and say what differs (exit 1)`)
  teach(command, {
    examples: [
      'curl -s "$URL" | zaobao-archiver convert --url "$URL"',
      'convert page.html --url "$URL" --format json | jq .title',
      'convert record.json --from json > story.md',
    ],
    codes: { [EXIT.storiesFailed]: t`there is no article in the page, or --check found a difference` },
  })
  return async (io) => {
    const { convert } = await import('../commands/convert.ts')
    const { verbose, json, format } = flagsOf(command)
    const own = command.opts<Omit<ConvertOptions, 'file' | 'verbose'>>()
    const given = { file: command.args[0] ?? null, verbose: verbose === true }
    const options: ConvertOptions = {
      ...own,
      ...given,
      ...(json === true && format === undefined && { format: 'json' }),
    }
    return convert(options, await keysFor(io, command), io)
  }
}

/** Reading a configuration takes longer than converting a page: it is left where nothing names any keys. */
async function keysFor(io: Io, command: Command): Promise<Config['keys']> {
  const { config: named } = flagsOf(command)
  if (named === undefined && !io.env['ZAOBAO_KEYS'] && !existsSync(resolve(io.cwd, CONFIG_FILE))) return []
  return (await loadConfig({ config: named }, io)).keys
}
