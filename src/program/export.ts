import { type Command, Option } from 'commander'
import { EXIT } from '../errors.ts'
import type { ExportOptions } from '../commands/export.ts'
import { type Does, repeatable, teach, withConfig } from './declare.ts'
import { t } from '../words/words.ts'

interface Options extends Pick<ExportOptions, 'format' | 'section' | 'output' | 'self'> {
  since?: string
  until?: string
  revisions?: boolean
}

export function addExport(program: Command, does: Does): void {
  const command = program
    .command('export')
    .description(t`print archived stories: as NDJSON, a record a line; as a feed; as a book`)
    .argument('[file|day...]', t`files, days or months such as 2021-11-10, 2021-11 (default: everything)`)
    .option('--since <day>', t`from this day on (2021-11-10, 2021-11, 7d, yesterday)`)
    .option('--until <day>', t`up to this day, which is included`)
    .option('--section <name>', t`stories of this section alone: china, rfi:news, dw:all (repeatable)`, repeatable)
    .addOption(
      new Option(
        '--format <form>',
        t`what to print (default: what the ending .atom or .epub of --output says, else ndjson)`,
      ).choices(['ndjson', 'atom', 'json-feed', 'epub'] satisfies NonNullable<ExportOptions['format']>[]),
    )
    .option('--output <file>', t`write this file, which is there when it is whole, instead of standard output (-)`)
    .option('--self <url>', t`the address at which the feed will stand`)
    .option('--revisions', t`former texts too, each before the text that replaced it`)
  teach(command, {
    examples: [
      "export | jq -r '[.published, .title] | @tsv'",
      'export --section china --since 7d --format atom --output china.atom',
      'export 2021-11 --format epub --output november.epub',
    ],
    codes: { [EXIT.storiesFailed]: t`some files could not be read; each is named`, [EXIT.archive]: true },
  }).action(
    does(
      withConfig(async ({ archive, quiet }, io, called) => {
        const { exportStories } = await import('../commands/export.ts')
        const { since = null, until = null, revisions = false, ...rest } = called.opts<Options>()
        return exportStories(called.args, { archive, quiet, since, until, revisions, ...rest }, io)
      }),
    ),
  )
}
