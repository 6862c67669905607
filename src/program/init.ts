import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { loadConfig } from '../config/config.ts'
import type { InitOptions } from '../commands/init.ts'
import { type CommandAction, flagsOf, teach } from './declare.ts'
import { t } from '../words/words.ts'

interface Options {
  schedule?: InitOptions['schedule']
  force?: boolean
  contact?: string | null
  opml?: string | null
}

export function declareInit(command: Command): CommandAction {
  command
    .description(t`write a commented configuration and, on request, a schedule, into the working folder`)
    .addOption(
      new Option(
        '--schedule <kind>',
        t`crontab (a line, printed), systemd (service and timer) or github (workflow)`,
      ).choices(['crontab', 'systemd', 'github']),
    )
    .option('--contact <address>', t`how the site reaches you: an address or a page, told in the User-Agent`)
    .option('--opml <file>', t`follow the feeds of this list of a feed reader; its folders are their sections`)
    .option('--force', t`overwrite files that are there`)
  teach(command, {
    examples: [
      'init --opml feeds.opml',
      '(crontab -l; zaobao-archiver init --schedule crontab) | crontab -',
      'init --archive news --schedule github',
    ],
  })
  return async (io) => {
    const { init } = await import('../commands/init.ts')
    const { schedule = null, force = false, contact = null, opml = null } = command.opts<Options>()
    const { archive = './archive', quiet = false } = command.optsWithGlobals<{ archive?: string; quiet?: boolean }>()
    // A configuration that is to be overwritten need not be a good one.
    if (force) return init({ archive, contact, opml, schedule, force, quiet, changed: null }, io)
    const config = await loadConfig(flagsOf(command), io)
    const given = { archive: config.archive, contact: config.contact ?? null, quiet: config.quiet }
    const { archive: _, contact: __, ...others } = flagsOf(command)
    const before = await loadConfig(others, io)
    const moved = resolve(io.cwd, before.archive) !== resolve(io.cwd, config.archive)
    const changed = moved ? 'archive' : before.contact === config.contact ? null : 'contact'
    return init({ ...given, opml, schedule, force, changed }, io)
  }
}
