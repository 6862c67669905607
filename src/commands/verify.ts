import type { Config } from '../config/keys.ts'
import { jsonLine } from '../core/text/printable.ts'
import { type Problem, PROBLEMS } from '../core/archive/verify.ts'
import { acquireLock } from '../edge/archive/version.ts'
import type { Store } from '../edge/store/store.ts'
import { EXIT, type ExitCode } from '../errors.ts'
import { type Io, sayingTo } from '../io.ts'
import { newSurvey, verifyDays } from '../pipeline/check/check-days.ts'
import { verifyFormer } from '../pipeline/check/check-former.ts'
import { verifyJournal } from '../pipeline/check/check-journal.ts'
import { verifyPictures } from '../pipeline/check/check-pictures.ts'
import { repairArchive } from '../pipeline/check/repair.ts'
import { clauses, commas, inEnglish, plural, said, t } from '../words/words.ts'
import { openPresent } from './present.ts'

/** Notes that are told, behind the problems; the others are counted. */
const MAX_NOTES = 1_000

/** What is checked, and how. What is gone or older of stories that `exclude` names is no problem. */
interface VerifyOptions extends Pick<Config, 'archive' | 'json' | 'quiet' | 'wait' | 'exclude'> {
  /** Mend what can be mended without loss. */
  fix: boolean
}

/** Checks an archive, and mends it on request; exit 1 when something is wrong and stays so, and where there is no story. */
export async function verify(options: VerifyOptions, io: Io): Promise<ExitCode> {
  const say = sayingTo(io)
  const { store, archive, journal } = await openPresent(options.archive, say, io, options.fix)
  const counts = { found: 0, fixed: 0, notes: 0 }
  const notes: string[] = []
  async function tell(problem: Problem): Promise<void> {
    const isNote = problem.severity === 'note'
    if (isNote) counts.notes += 1
    else if (problem.fixed === null) counts.found += 1
    else counts.fixed += 1
    if (options.json) await io.stdout(jsonLine(problem, inEnglish))
    else if (!isNote) say(lineOf(problem, store))
    else if (notes.length < MAX_NOTES) notes.push(lineOf(problem, store))
  }

  if (options.fix) {
    const lock = await acquireLock(store, { ...io, waitMs: options.wait, report: say })
    try {
      await repairArchive(archive, journal, io, tell)
    } finally {
      await lock.release()
    }
  }
  const survey = { ...newSurvey(), archive, journal, io, tell }
  await verifyDays(survey)
  await verifyFormer(survey)
  await verifyPictures(archive, survey.pictures, io, tell)
  await verifyJournal(survey, options.exclude)
  if (!options.quiet && notes.length > 0) {
    const more = counts.notes - notes.length
    say(t`notes, which ask for nothing:`)
    for (const line of [...notes, ...(more > 0 ? [t`and ${more} more`] : [])]) say(`  ${line}`)
  }
  const stories = survey.documents - survey.foreign
  if (stories === 0 && counts.found === 0) {
    say(`verify: ${t`${options.archive} holds no stories`}`)
    return EXIT.storiesFailed
  }
  if (!options.quiet) say(summary(stories, counts))
  return counts.found > 0 ? EXIT.storiesFailed : EXIT.done
}

function lineOf({ path, problem, detail, fixed }: Problem, store: Store): string {
  const told = [detail, ...(fixed === null ? [] : [fixed])].map(said)
  return `${store.shown(path)}: ${t`${PROBLEMS[problem]}: ${clauses(told)}`}`
}

function summary(stories: number, counts: { found: number; fixed: number; notes: number }): string {
  const { found, fixed, notes } = counts
  const parts = [
    plural(stories, t`${stories} story`, t`${stories} stories`),
    ...(fixed > 0 ? [t`${fixed} mended`] : []),
    found === 0 ? t`nothing wrong` : plural(found, t`${found} problem`, t`${found} problems`),
    ...(notes > 0 ? [plural(notes, t`${notes} note`, t`${notes} notes`)] : []),
  ]
  return `verify: ${commas(parts)}`
}
