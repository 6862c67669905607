import type { Command } from 'commander'
import { EXIT, UsageError } from '../errors.ts'
import { type CommandAction, teach, withProgress } from './declare.ts'
import { SHARED } from './options.ts'
import { t } from '../words/words.ts'

export function declareVerify(command: Command): CommandAction {
  command
    .description(t`check the archive: format, identity, dates, leftovers, duplicates`)
    .option('--fix', t`mend what can be mended without loss`)
    .option('--reextract', t`first read the kept pages again with what this version knows, without asking the site`)
    .option(
      '--warc [dir]',
      t`with --reextract: read again what of the stories was captured, too (default: warc in the archive)`,
    )
    .option('--wait <span>', t`with --fix and --reextract: wait this long for another run to end (default: 0)`)
    .addOption(SHARED.noProgress())
  teach(command, {
    examples: ['verify', 'verify --fix', 'verify --json | jq -r \'select(.problem == "duplicate") | .path\''],
    codes: {
      [EXIT.storiesFailed]: t`something is wrong in the archive; each thing is named`,
      [EXIT.archive]: true,
      [EXIT.tryLater]: t`try later: another run holds the archive`,
    },
  })
  return withProgress(command, async (config, io) => {
    const { fix, reextract: isReextract, warc } = command.opts()
    if (warc !== undefined && isReextract !== true) throw new UsageError(t`--warc goes with --reextract`)
    if (isReextract === true) await (await import('../commands/reextract.ts')).reextract(config, io, warc !== undefined)
    const { verify } = await import('../commands/verify.ts')
    return verify({ ...config, fix: fix === true }, io)
  })
}
