import type { Command } from 'commander'
import { configFileFor } from '../config/config.ts'
import { type CommandAction, flagsOf, teach } from './declare.ts'
import { t } from '../words/words.ts'

export function declareConfig(command: Command): CommandAction {
  command
    .description(t`print the configuration that holds, and where each value comes from`)
    .option('--opml', t`print the feeds in it as OPML, for a feed reader`)
  teach(command, {
    examples: ['config', 'config --json | jq .archive.value', 'config --opml > feeds.opml'],
  })
  return async (io) => {
    const { readConfig } = await import('../config/read.ts')
    const { printConfig, printOpml } = await import('../commands/config.ts')
    const flags = flagsOf(command)
    const { config, given } = readConfig(flags, io.env, await configFileFor(flags, io))
    if (command.opts<{ opml?: boolean }>().opml === true) return printOpml(config, io)
    return printConfig(given, config, io)
  }
}
