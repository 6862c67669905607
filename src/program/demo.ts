import type { Command } from 'commander'
import { EXIT } from '../errors.ts'
import { type Does, flagsOf, teach, withProgress } from './declare.ts'
import { t } from '../words/words.ts'

export function addDemo(program: Command, does: Does): void {
  const command = program
    .command('demo')
    .description(t`the whole job against a small recorded Zaobao inside the package; no network`)
    .option('--no-progress', t`draw no progress bar`)
  teach(command, {
    examples: ['demo', 'demo --archive ./demo-archive', 'demo --json | jq .title'],
    codes: {
      [EXIT.done]: t`done; also when nothing was new`,
      [EXIT.archive]: true,
      [EXIT.tryLater]: t`try later: another run holds the archive`,
    },
  }).action(
    does(
      withProgress(async (config, io, called) => {
        const { demo } = await import('../commands/demo.ts')
        const archive = flagsOf(called)['archive'] === undefined ? null : config.archive
        return demo({ ...config, archive, dryRun: false }, io)
      }),
    ),
  )
}
