import type { Command } from 'commander'
import { EXIT } from '../errors.ts'
import { type CommandAction, teach, withConfig } from './declare.ts'
import { SHARED } from './options.ts'
import { t } from '../words/words.ts'

export function declareItems(command: Command): CommandAction {
  command
    .description(t`print the items of a feed, list page, sitemap or index of sitemaps as NDJSON; no archive`)
    .argument('[file|url]', t`where to read it (default: standard input)`)
    .option('--url <url>', t`where a file or standard input was read from: what its addresses are relative to`)
    .addOption(SHARED.allowPrivate())
    .addOption(SHARED.timeout())
  teach(command, {
    examples: [
      'items feed.xml',
      'items https://www.zaobao.com.sg/realtime/china | jq -r .url',
      'curl -s "$URL" | zaobao-archiver items --url "$URL"',
    ],
    codes: {
      [EXIT.storiesFailed]: t`it is cut off; the items that are whole are printed`,
      [EXIT.noSource]: t`it cannot be read, or is no feed, list page or sitemap`,
      [EXIT.tryLater]: t`the site said to wait`,
    },
  })
  return withConfig(command, async (config, io) => {
    const { items } = await import('../commands/items.ts')
    return items(command.args[0] ?? null, command.opts<{ url?: string }>().url ?? null, config, io)
  })
}
