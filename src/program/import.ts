import type { Command } from 'commander'
import { EXIT } from '../errors.ts'
import { type CommandAction, teach, withProgress } from './declare.ts'
import { SHARED } from './options.ts'
import { t } from '../words/words.ts'

export function declareImport(command: Command): CommandAction {
  command
    .description(t`take an archive in the same format into this one, cleaned; the source is not touched`)
    .argument('<dir>', t`the folder to read, with the folders below it`)
    .option('--dry-run', t`say what would be done, and write nothing`)
    .addOption(SHARED.keepRevisions())
    .addOption(SHARED.wait())
    .addOption(SHARED.noProgress())
  teach(command, {
    examples: ['import ~/old-posts', 'import ~/old-posts --dry-run', 'import ~/old-posts --json | jq .foreign'],
    codes: {
      [EXIT.storiesFailed]: t`done, but some stories could not be taken in; each is named`,
      [EXIT.archive]: true,
      [EXIT.tryLater]: t`try later: another run holds the archive`,
    },
  })
  return withProgress(command, async (config, io) => {
    const { importFolder } = await import('../commands/import.ts')
    const dryRun = command.opts()['dryRun'] === true
    return importFolder(command.args[0] ?? '', { ...config, dryRun }, io)
  })
}
