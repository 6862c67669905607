import { type Command, Option } from 'commander'
import { EXIT } from '../errors.ts'
import { type CommandAction, repeatable, teach, withProgress } from './declare.ts'
import { addRunOptions, checkFolder, SHARED } from './options.ts'
import { t } from '../words/words.ts'

interface Options {
  file?: string
  from?: string
  to?: string
  order: 'newest' | 'oldest'
  dryRun?: boolean
  /** True where nothing is named, false where nothing is to be kept. */
  warc?: string[] | boolean
}

export function declareBackfill(command: Command): CommandAction {
  command.description(t`archive given stories, or those of a span of days`)
  addRunOptions(command)
    .argument('[url...]', t`addresses or numbers of stories; - reads them from standard input`)
    .option('--file <list>', t`read addresses or numbers (20211110-1212150) from a file, one a line`)
    .option(
      '--from <day>',
      t`every story of the sections in use from this day on (2026-11-01, 2026-11, 7d, yesterday), by the monthly sitemaps`,
    )
    .option('--to <day>', t`the last of those days (default: today in Singapore)`)
    .option(
      '--warc [file]',
      t`archive stories from WARC files (- is standard input), of all known papers where none is named (repeatable); a folder, or nothing: keep what goes over the wire, as fetch does`,
      repeatable,
    )
    .addOption(SHARED.noWarc())
    .addOption(new Option('--order <order>', t`which to fetch first`).choices(['newest', 'oldest']).default('newest'))
  teach(command, {
    examples: [
      'backfill https://www.zaobao.com.sg/realtime/china/story20211110-1212150',
      'backfill --warc captures.warc.gz',
      'backfill --from 2026-09-01 --to 2026-09-30 --section all',
    ],
    codes: {
      [EXIT.done]: t`done; also when nothing was new`,
      ...{ [EXIT.storiesFailed]: true, [EXIT.noSource]: true, [EXIT.archive]: true, [EXIT.tryLater]: true },
    },
  })
  return async (io) => {
    const { file, from, to, order, dryRun, warc } = command.opts<Options>()
    const { captures, folder, urls } =
      warc === undefined || warc === false
        ? { captures: [], folder: warc, urls: command.args }
        : (await import('../commands/input.ts')).sortCaptures(warc, command.args, io)
    command.setOptionValueWithSource('warc', folder, 'cli')
    await checkFolder(command)
    const namesSections = command.getOptionValueSource('section') === 'cli'
    const wanted = { urls, file: file ?? null, from: from ?? null, to: to ?? null, order, namesSections }
    return withProgress(command, async (given, watched) => {
      const config = { ...given, dryRun: dryRun === true }
      if (captures.length > 0)
        return (await import('../commands/captures.ts')).backfillCaptures(config, wanted, captures, watched)
      return (await import('../commands/backfill.ts')).backfill(config, wanted, watched)
    })(io)
  }
}
