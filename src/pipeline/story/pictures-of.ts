import type { Candidate } from '../../core/archive/plan.ts'
import { plural, t } from '../../words/words.ts'
import { inParts } from './batches.ts'
import { countPictures, type IsAsked, keepOfStories } from '../pictures/pictures.ts'
import type { Run } from '../run.ts'
import { storiesOf } from '../records/look-up.ts'
import { lookUpNamed } from './tasks.ts'

/**
 * True where one of the `given` stories, or of those of a span of days, is there: their pictures are kept, and their pages are not
 * asked for. A dry run counts them.
 */
export async function keepPicturesOf(
  given: readonly Candidate[],
  span: { from: string; to: string } | null,
  run: Run,
): Promise<boolean> {
  const turn = { letIn: run.io.now(), stories: 0, pictures: 0 }
  const keep = async (paths: readonly string[], isAsked: IsAsked) => {
    turn.stories += paths.length
    for await (const some of inParts(paths, turn, run)) {
      if (run.config.dryRun) turn.pictures += await countPictures(some, run)
      else await keepOfStories(some, isAsked, run)
    }
  }
  const named = await Promise.all(given.map(async (candidate) => (await lookUpNamed(candidate, run)).path))
  await keep(
    named.filter((path) => path !== null),
    () => true,
  )
  const days = span === null ? [] : (await run.archive.days()).filter((day) => day >= span.from && day <= span.to)
  // What is not there, or no picture, is not asked for by each run.
  for (const day of days) await keep(await storiesOf(day, run), ({ nextTry }) => nextTry !== null)
  const { pictures } = turn
  if (run.config.dryRun)
    run.report.notice(
      plural(pictures, t`${pictures} picture would be asked for`, t`${pictures} pictures would be asked for`),
    )
  return turn.stories > 0
}
