import type { Command } from 'commander'
import { EXIT } from '../errors.ts'
import { type Does, teach, withConfig } from './declare.ts'
import { t } from '../words/words.ts'

interface Options {
  since?: string
  until?: string
  revisions?: boolean
}

export function addExport(program: Command, does: Does): void {
  const command = program
    .command('export')
    .description(t`print archived stories as NDJSON, a record a line`)
    .argument('[file|day...]', t`files, days or months such as 2021-11-10, 2021-11 (default: everything)`)
    .option('--since <day>', t`from this day on (2021-11-10, 2021-11, 7d, yesterday)`)
    .option('--until <day>', t`up to this day, which is included`)
    .option('--revisions', t`former texts too, each before the text that replaced it`)
  teach(command, {
    examples: [
      "export | jq -r '[.published, .title] | @tsv'",
      'export --since 2021-11-01 --until 2021-11-30 > november.ndjson',
      'export 2021-11-10 --revisions',
    ],
    codes: { [EXIT.storiesFailed]: t`some files could not be read; each is named`, [EXIT.archive]: true },
  }).action(
    does(
      withConfig(async ({ archive }, io, called) => {
        const { exportStories } = await import('../commands/export.ts')
        const { since = null, until = null, revisions = false } = called.opts<Options>()
        return exportStories(called.args, { archive, since, until, revisions }, io)
      }),
    ),
  )
}
