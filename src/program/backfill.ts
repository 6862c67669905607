import { type Command, Option } from 'commander'
import { EXIT } from '../errors.ts'
import { type Does, teach, withProgress } from './declare.ts'
import { addRunOptions } from './run-options.ts'
import { t } from '../words/words.ts'

interface Options {
  file?: string
  from?: string
  to?: string
  order: 'newest' | 'oldest'
  dryRun?: boolean
}

export function addBackfill(program: Command, does: Does): void {
  const command = program.command('backfill').description(t`archive given stories, or those of a span of days`)
  addRunOptions(command)
    .argument('[url...]', t`addresses or numbers of stories; - reads them from standard input`)
    .option('--file <list>', t`read addresses or numbers (20211110-1212150) from a file, one a line`)
    .option(
      '--from <day>',
      t`every story of the sections in use from this day on (2026-11-01, 2026-11, 7d, yesterday), by the monthly sitemaps`,
    )
    .option('--to <day>', t`the last of those days (default: today in Singapore)`)
    .addOption(new Option('--order <order>', t`which to fetch first`).choices(['newest', 'oldest']).default('newest'))
  teach(command, {
    examples: [
      'backfill https://www.zaobao.com.sg/realtime/china/story20211110-1212150',
      'backfill --file urls.txt --rate 30/m',
      'backfill --from 2026-09-01 --to 2026-09-30 --section all',
    ],
    codes: {
      [EXIT.done]: t`done; also when nothing was new`,
      ...{ [EXIT.storiesFailed]: true, [EXIT.noSource]: true, [EXIT.archive]: true, [EXIT.tryLater]: true },
    },
  }).action(
    does(
      withProgress(async (config, io, called) => {
        const { backfill } = await import('../commands/backfill.ts')
        const { file, from, to, order, dryRun } = called.opts<Options>()
        const wanted = { urls: called.args, file: file ?? null, from: from ?? null, to: to ?? null, order }
        return backfill({ ...config, dryRun: dryRun === true }, wanted, io)
      }),
    ),
  )
}
