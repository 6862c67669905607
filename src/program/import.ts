import type { Command } from 'commander'
import { EXIT } from '../errors.ts'
import { type Does, teach, withProgress } from './declare.ts'
import { keepRevisions as keepRevisionsHelp } from './run-options.ts'
import { t } from '../words/words.ts'

export function addImport(program: Command, does: Does): void {
  const command = program
    .command('import')
    .description(t`take an archive in the same format into this one, cleaned; the source is not touched`)
    .argument('<dir>', t`the folder to read, with the folders below it`)
    .option('--dry-run', t`say what would be done, and write nothing`)
    .option('--keep-revisions <n>', keepRevisionsHelp())
    .option('--wait <span>', t`wait this long for another run to end (default: 0)`)
    .option('--no-progress', t`draw no progress bar`)
  teach(command, {
    examples: ['import ~/old-posts', 'import ~/old-posts --dry-run', 'import ~/old-posts --json | jq .foreign'],
    codes: {
      [EXIT.storiesFailed]: t`done, but some stories could not be taken in; each is named`,
      [EXIT.archive]: true,
      [EXIT.tryLater]: t`try later: another run holds the archive`,
    },
  }).action(
    does(
      withProgress(async (config, io, called) => {
        const { importFolder } = await import('../commands/import.ts')
        const dryRun = called.opts()['dryRun'] === true
        return importFolder(called.args[0] ?? '', { ...config, dryRun }, io)
      }),
    ),
  )
}
