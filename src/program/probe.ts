import type { Command } from 'commander'
import { EXIT } from '../errors.ts'
import { type CommandAction, repeatable, teach, withProgress } from './declare.ts'
import { SHARED } from './options.ts'
import { t } from '../words/words.ts'

export function declareProbe(command: Command): CommandAction {
  command
    .description(t`look at the living site: what of it is known, in 15 requests at most; needs no archive`)
    .argument(
      '[section...]',
      t`sections, or addresses of whatever it is: a list, a feed, a home page, a story (default: china)`,
    )
    .option('--save <dir>', t`keep the answers as they came in this folder`)
    .option('--feed <url>', t`look at this feed instead of the configured sources (repeatable)`, repeatable)
    .addOption(SHARED.section())
    .addOption(SHARED.rate())
    .addOption(SHARED.timeout())
    .addOption(SHARED.allowHost())
    .addOption(SHARED.allowPrivate())
    .addOption(SHARED.noRobots())
    .addOption(SHARED.noProgress())
  teach(command, {
    examples: ['probe', 'probe --json > report.json', 'probe https://www.example.org/ --save pages'],
    codes: {
      [EXIT.done]: t`all that it saw is known, and all witnesses agree`,
      [EXIT.storiesFailed]: t`some of it is not known, or witnesses contradict one another`,
      [EXIT.noSource]: t`nothing of the paper could be read`,
      [EXIT.tryLater]: t`the site said to wait`,
    },
  })
  return withProgress(command, async (config, io) => {
    const { probe } = await import('../commands/probe.ts')
    const section = command.args.length > 0 ? command.args : config.section
    return probe({ ...config, section }, command.opts<{ save?: string }>().save ?? null, io)
  })
}
