import type { Command } from 'commander'
import { shownText } from '../core/text/printable.ts'
import { EXIT, UsageError } from '../errors.ts'
import { type CommandAction, teach, withConfig } from './declare.ts'
import { t } from '../words/words.ts'

const MAX_PORT = 65_535

export function declareServe(command: Command): CommandAction {
  command
    .description(t`a local web page to browse, read and compare what is archived; prints its address`)
    .option('--port <n>', t`where it listens; 0: any port that is free (default: 9226)`, '9226')
    .option(
      '--host <address>',
      t`an address of this machine at which others may read, too, with the token that is printed`,
      '127.0.0.1',
    )
  teach(command, {
    examples: ['serve', 'serve --port 0 --archive news', 'serve --host 0.0.0.0'],
    codes: { [EXIT.done]: null, [EXIT.archive]: true, [EXIT.interrupted]: t`ended by Ctrl-C (143: terminated)` },
  })
  return withConfig(command, async (config, io) => {
    const { serve } = await import('../commands/serve.ts')
    const { port: written, host } = command.opts<{ port: string; host: string }>()
    const port = /^\d{1,5}$/.test(written) ? Number(written) : MAX_PORT + 1
    if (port > MAX_PORT) throw new UsageError(t`--port: "${shownText(written)}": write a number up to ${MAX_PORT}`)
    return serve({ ...config, port, host }, io)
  })
}
