import { type Command, Option } from 'commander'
import { EXIT, UsageError } from '../errors.ts'
import type { ExportOptions } from '../commands/export.ts'
import { type CommandAction, repeatable, teach, withConfig, withProgress } from './declare.ts'
import { SHARED } from './options.ts'
import { t } from '../words/words.ts'

interface Options extends Pick<ExportOptions, 'format' | 'section' | 'output' | 'self'> {
  since?: string
  until?: string
  revisions?: boolean
  site?: string
  progress?: boolean
}

export function declareExport(command: Command): CommandAction {
  command
    .description(
      t`print archived stories: as NDJSON, a record a line; as a feed; as a book; or write them as web pages`,
    )
    .argument('[file|day...]', t`files, or days (2021-11-10, 2021-11, 7d, yesterday); default: everything`)
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
    .option(
      '--site <dir>',
      t`write the pages of serve as files into this folder, with a search; a folder of its own, which the next run brings up to date`,
    )
    .option('--revisions', t`former texts too, each before the text that replaced it`)
    .addOption(SHARED.noProgress())
  teach(command, {
    examples: [
      'export --section china --since 7d --format atom --output china.atom',
      'export 2021-11 --format epub --output november.epub',
      'export --site public',
    ],
    codes: { [EXIT.storiesFailed]: t`some files could not be read; each is named`, [EXIT.archive]: true },
  })
  const print = withConfig(command, async ({ archive, quiet }, io) => {
    const { exportStories } = await import('../commands/export.ts')
    const { since = null, until = null, revisions = false, ...rest } = command.opts<Options>()
    return exportStories(command.args, { archive, quiet, since, until, revisions, ...rest }, io)
  })
  const writeSite = withProgress(command, async (config, io) => {
    const { site = '', progress: _, ...others } = command.opts<Options>()
    if (command.args.length + Object.keys(others).length > 0)
      throw new UsageError(t`--site takes all of an archive: no files, days or other options with it`)
    const { exportSite } = await import('../commands/export-site.ts')
    return exportSite(site, config, io)
  })
  return (io) => (command.opts<Options>().site === undefined ? print : writeSite)(io)
}
