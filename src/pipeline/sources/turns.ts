import { groupsOf } from '../../core/groups.ts'
import { turnsAfter } from '../../core/archive/turns.ts'
import type { Findings } from '../found.ts'
import { ofAny } from '../report.ts'
import type { Run } from '../run.ts'
import { commas, plural, said, t } from '../../words/words.ts'

/** One line on what had no turn, for each that has not turns enough: a site, or the run. */
export function linesOnLeft(found: Findings): { site: string | null; line: string }[] {
  return groupsOf(found.left, ({ why }) => why.site ?? '').map((group) => {
    const { reason, site } = group[0]!.why
    const count = (asker: string): number => group.filter((one) => one.asker === asker).length
    const [sources, gaps, pages] = [count('sources'), count('gaps'), count('pages')]
    const parts = ofAny([
      [sources, plural(sources, t`${sources} source is not asked`, t`${sources} sources are not asked`)],
      [gaps, plural(gaps, t`${gaps} gap is not looked up`, t`${gaps} gaps are not looked up`)],
      [pages, plural(pages, t`${pages} story is left for the next run`, t`${pages} stories are left for the next run`)],
    ])
    return { site, line: `${said(reason)}: ${commas(parts)}` }
  })
}

/** Remembers who is owed a turn, and that there are too few: a trouble that is told as others are. */
export function settleTurns(run: Run): void {
  const { had, left, met, well } = run.found
  const { turns, troubles = [] } = run.state
  for (const { key } of troubles) if (key.startsWith('turns ')) well.add(key)
  for (const { site, line } of linesOnLeft(run.found)) {
    const key = `turns ${site ?? 'fetch'}`
    well.delete(key)
    met.push({ key, line, manner: 'going-on' })
  }
  run.remember({ turns: turnsAfter(turns, had, new Set(left.map(({ asker }) => asker))) })
}
