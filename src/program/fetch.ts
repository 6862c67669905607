import type { Command } from 'commander'
import { EXIT } from '../errors.ts'
import { type CommandAction, teach, withProgress } from './declare.ts'
import { addRunOptions, checkFolder, SHARED } from './options.ts'
import { t } from '../words/words.ts'

export function declareFetch(command: Command): CommandAction {
  command.description(t`poll the sources and archive what is new: the job for cron`)
  addRunOptions(command)
    .argument('[section...]', t`sections, or addresses of list pages (default: china)`)
    .option(
      '--warc [dir]',
      t`keep what goes over the wire as WARC files, in this folder (default: warc in the archive)`,
    )
    .addOption(SHARED.noWarc())
  teach(command, {
    examples: [
      'fetch',
      'fetch china world --archive ~/news',
      'fetch --feed https://rsshub.example.org/zaobao/realtime/china --json | jq .title',
    ],
    codes: {
      [EXIT.done]: t`done; also when nothing was new`,
      [EXIT.storiesFailed]: true,
      [EXIT.noSource]: t`no source could be read, or none of a section`,
      [EXIT.archive]: true,
      [EXIT.tryLater]: true,
    },
  })
  return withProgress(command, async (config, io) => {
    const { fetch } = await import('../commands/fetch.ts')
    await checkFolder(command)
    const section = command.args.length > 0 ? command.args : config.section
    return fetch({ ...config, section, dryRun: command.opts()['dryRun'] === true }, io)
  })
}
