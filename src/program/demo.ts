import type { Command } from 'commander'
import { EXIT } from '../errors.ts'
import { type CommandAction, flagsOf, teach, withProgress } from './declare.ts'
import { SHARED } from './options.ts'
import { t } from '../words/words.ts'

export function declareDemo(command: Command): CommandAction {
  command
    .description(t`the whole job against a small recorded Zaobao inside the package; no network`)
    .addOption(SHARED.noProgress())
  teach(command, {
    examples: ['demo', 'demo --archive ./demo-archive', 'demo --json | jq .title'],
    codes: {
      [EXIT.done]: t`done; also when nothing was new`,
      [EXIT.archive]: true,
      [EXIT.tryLater]: t`try later: another run holds the archive`,
    },
  })
  return withProgress(command, async (config, io) => {
    const { demo } = await import('../commands/demo.ts')
    const archive = flagsOf(command)['archive'] === undefined ? null : config.archive
    return demo({ ...config, archive, dryRun: false }, io)
  })
}
