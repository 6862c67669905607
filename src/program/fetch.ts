import type { Command } from 'commander'
import { EXIT } from '../errors.ts'
import { type Does, teach, withProgress } from './declare.ts'
import { addRunOptions, checkFolder, noWarc } from './run-options.ts'
import { t } from '../words/words.ts'

export function addFetch(program: Command, does: Does): void {
  const command = program.command('fetch').description(t`poll the sources and archive what is new: the job for cron`)
  addRunOptions(command)
    .argument('[section...]', t`sections, or addresses of list pages (default: china)`)
    .option(
      '--warc [dir]',
      t`keep what goes over the wire as WARC files, in this folder (default: warc in the archive)`,
    )
    .option(...noWarc())
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
  }).action(
    does(
      withProgress(async (config, io, called) => {
        const { fetch } = await import('../commands/fetch.ts')
        await checkFolder(called)
        const section = called.args.length > 0 ? called.args : config.section
        return fetch({ ...config, section, dryRun: called.opts()['dryRun'] === true }, io)
      }),
    ),
  )
}
