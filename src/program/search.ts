import type { Command } from 'commander'
import { EXIT } from '../errors.ts'
import { nearest } from '../core/text/nearest.ts'
import { type CommandAction, teach, withProgress } from './declare.ts'
import { SHARED } from './options.ts'
import { t } from '../words/words.ts'

interface Options {
  best?: boolean
  limit?: string
  count?: boolean
  refresh?: boolean
}

const STANDARD_LIMIT = '20'

export function declareSearch(command: Command): CommandAction {
  command
    .description(t`find stories by their words, exactly, in both scripts of Chinese; newest first`)
    .argument(
      '<query...>',
      t`words and phrases, hong*, title:, author:, section:, publisher:, lang:, 2021-11..2022-02, date:7d, after:, before:, is:revised, has:picture, AND OR NOT -`,
    )
    .option('--best', t`those that match best first`)
    .option('--limit <n>', t`print so many (default: 20)`)
    .option('--count', t`print how many there are, and no more`)
    .option('--refresh', t`look at every file first, also where none came or went in its folder`)
    .addOption(SHARED.noProgress())
    // A word that begins with `-` is one that is not to be there.
    .allowUnknownOption()
  teach(command, {
    examples: [
      'search 总领事馆 -香港',
      "search '标题：（國會 OR 立法会） 2021-11..2022-02' --best",
      "search 5G 2021-11 --json | jq -r '[.published, .title] | @tsv'",
    ],
    codes: { [EXIT.storiesFailed]: t`no story was found`, [EXIT.archive]: true, [EXIT.tryLater]: true },
  })
  return withProgress(command, async ({ archive, json, quiet }, io) => {
    const { search } = await import('../commands/search.ts')
    const unknown = command.args.find((word) => /^--[a-z]/.test(word))
    if (unknown !== undefined) {
      const options = [command, command.parent!].flatMap((each) => each.options.flatMap(({ long }) => long ?? []))
      const near = nearest(unknown.replace(/=.*/s, ''), options)
      command.error(`error: unknown option '${unknown}'${near === null ? '' : `\n(Did you mean ${near}?)`}`)
    }
    const { best = false, limit = STANDARD_LIMIT, count = false, refresh = false } = command.opts<Options>()
    // The configuration has looked at it.
    return search(command.args.join(' '), { archive, json, quiet, best, limit: Number(limit), count, refresh }, io)
  })
}
