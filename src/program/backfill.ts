import { type Command, Option } from 'commander'
import { EXIT } from '../errors.ts'
import { type Does, teach, withProgress } from './declare.ts'
import { addRunOptions } from './run-options.ts'

interface Options {
  file?: string
  order: 'newest' | 'oldest'
  dryRun?: boolean
}

export function addBackfill(program: Command, does: Does): void {
  const command = program.command('backfill').description('archive given stories')
  addRunOptions(command)
    .argument('[url...]', 'addresses of stories; - reads them from standard input')
    .option('--file <list>', 'read addresses from a file, one a line')
    .addOption(new Option('--order <order>', 'which to fetch first').choices(['newest', 'oldest']).default('newest'))
  teach(command, {
    examples: [
      'backfill https://www.zaobao.com.sg/realtime/china/story20211110-1212150',
      'backfill --file urls.txt --rate 30/m',
      'grep story urls.txt | zaobao-archiver backfill - --limit 100',
    ],
    codes: { [EXIT.storiesFailed]: true, [EXIT.archive]: true, [EXIT.tryLater]: true },
  }).action(
    does(
      withProgress(async (config, io, called) => {
        const { backfill } = await import('../commands/backfill.ts')
        const { file, order, dryRun } = called.opts<Options>()
        const wanted = { urls: called.args, file: file ?? null, order }
        return backfill({ ...config, dryRun: dryRun === true }, wanted, io)
      }),
    ),
  )
}
