import type { Command } from 'commander'
import { shownText } from '../core/text/printable.ts'
import { EXIT, UsageError } from '../errors.ts'
import { type CommandAction, teach, withConfig } from './declare.ts'
import { t } from '../words/words.ts'

export function declareStatus(command: Command): CommandAction {
  command
    .description(t`how the archive stands: last run, age of the newest story, what is to be tried again`)
    .option(
      '--max-age <age>',
      t`exit 1 when the newest story of all, or of a section in use, is older than this, such as 24h`,
    )
  teach(command, {
    examples: ['status', 'status --quiet --max-age 24h || echo stale', "status --json | jq '.queue[].url'"],
    codes: {
      [EXIT.storiesFailed]: t`the newest story of all, or of a section in use, is older than --max-age; the pages look new; nothing can read some`,
      [EXIT.archive]: true,
    },
  })
  return withConfig(command, async (config, io) => {
    const { status } = await import('../commands/status.ts')
    const { parseDuration } = await import('../core/units.ts')
    const written = command.opts<{ maxAge?: string }>().maxAge
    const maxAge = written === undefined ? null : parseDuration(written)
    if (written !== undefined && maxAge === null) {
      const what = /^\d+(?:\.\d+)?(?:ms|[smhd])$/.test(written)
        ? t`write a duration of 1,000 years (365250d) at most`
        : t`write a duration such as 30m, 24h or 7d`
      throw new UsageError(`--max-age: "${shownText(written)}": ${what}`)
    }
    return status({ ...config, maxAge }, io)
  })
}
