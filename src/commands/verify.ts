import type { Config } from '../config/keys.ts'
import { createFirstSeen } from '../core/archive/first-seen.ts'
import { dayPattern, idOfName } from '../core/archive/path.ts'
import { isExcluded } from '../core/archive/plan.ts'
import { HASH_ID } from '../core/identity.ts'
import { jsonLine } from '../core/text/printable.ts'
import type { JournalEntry } from '../core/archive/journal.ts'
import type { QueueEntry } from '../core/archive/queue.ts'
import { EMPTY_STATE } from '../core/archive/state.ts'
import { isOlderText } from '../core/archive/stored.ts'
import {
  checkDocument,
  type Checked,
  idKey,
  type Problem,
  problemOf,
  PROBLEMS,
  writeAnew,
} from '../core/archive/verify.ts'
import type { Archive } from '../edge/archive/archive.ts'
import { type Journal, journalOf } from '../edge/archive/journal.ts'
import { readState } from '../edge/archive/state.ts'
import { acquireLock } from '../edge/archive/version.ts'
import { oddPlaces, OWN } from '../edge/archive/own-files.ts'
import { hasPicture, strayStories, surveyBelow, surveyFolder } from '../edge/archive/survey.ts'
import type { Store } from '../edge/store/store.ts'
import { ArchiveError, EXIT, type ExitCode, unlessLocal } from '../errors.ts'
import { type Io, sayingTo } from '../io.ts'
import { addresses, identify, sectionOf } from '../sites/publishers.ts'
import { leftoverAt, readOrProblem, unreadable } from '../pipeline/check/check-file.ts'
import { createNamedPictures, verifyPictures } from '../pipeline/check/check-pictures.ts'
import { repairArchive } from '../pipeline/check/repair.ts'
import { entryOf, stayingOf } from '../pipeline/check/doubles.ts'
import { clauses, commas, inEnglish, type Message, message, plural, said, t } from '../words/words.ts'
import { openPresent } from './present.ts'

/** Files that are read at once. */
const READ_AHEAD = 32
/** Notes that are told, behind the problems; the others are counted. */
const MAX_NOTES = 1_000

/** What is checked, and how. What is gone or older of stories that `exclude` names is no problem. */
interface VerifyOptions extends Pick<Config, 'archive' | 'json' | 'quiet' | 'wait' | 'exclude'> {
  /** Mend what can be mended without loss. */
  fix: boolean
}

/** What was seen of an archive: nothing yet. */
function newSurvey() {
  return {
    ids: createFirstSeen(),
    texts: createFirstSeen(),
    /** The pictures that stories name. */
    pictures: createNamedPictures(),
    /** What stands where a file should, and is none. */
    odd: new Set<string>(),
    /** Ids of stories whose files lie where none is looked for. */
    stray: new Set<string>(),
    /** The days looked at so far, and how many documents were seen before each. */
    days: [] as { day: string; before: number }[],
    /** Seen so far, and those of them that are no story's. */
    documents: 0,
    foreign: 0,
  }
}

interface Survey extends ReturnType<typeof newSurvey> {
  archive: Archive
  journal: Journal
  io: Io
  exclude: readonly string[]
  /** What is queued, given up or not, by id: read when the first story is gone. */
  queued: () => Promise<ReadonlyMap<string, QueueEntry>>
  tell: (problem: Problem) => Promise<void>
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
  let read: ReturnType<Survey['queued']> | null = null
  const queued = () => (read ??= queuedIn(store))
  const survey = { ...newSurvey(), archive, journal, io, exclude: options.exclude, queued, tell }
  await verifyAll(survey)
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

async function verifyAll(survey: Survey): Promise<void> {
  const { archive, io, tell } = survey
  const top = await surveyFolder(archive.store, '', io.now(), false)
  const { leftovers, refused } = await surveyBelow(archive.store, OWN, io.now(), false)
  for (const path of [...top.leftovers, ...leftovers]) await tell(leftoverAt(path))
  for (const { path, why } of refused) await tell(problemOf(path, 'unreadable', why))
  for (const { name, why } of await oddPlaces(archive.store)) {
    await tell(problemOf(name, 'link', message`${why}; the next run that writes sets it aside`))
  }
  for (const name of top.odd.filter((odd) => dayPattern.test(odd)))
    await tell(problemOf(name, 'link', message`a link or the like stands at the name of a day`))
  await tellStrays('', survey)
  const days = top.folders.filter((name) => dayPattern.test(name))
  for (const [done, day] of days.entries()) {
    io.progress({ what: 'verify', done, total: days.length, label: day })
    await verifyDay(day, survey)
  }
  await verifyPictures(archive, survey.pictures, io, tell)
  await verifyJournal(survey)
}

/** What the journal says that the archive had, and that is nowhere, or is what it was before. */
async function verifyJournal(survey: Survey): Promise<void> {
  const { archive, journal, io, ids, odd, stray, exclude, queued, tell } = survey
  for (const day of await journal.days()) {
    const noted = await journal.latest(day).catch(unreadable)
    if (noted instanceof ArchiveError) {
      await tell(problemOf(journalOf(day), 'unreadable', noted.words))
      continue
    }
    const former = await journal.former(day)
    for (const entry of noted.values()) {
      const { id, path, url } = entry
      io.signal.throwIfAborted()
      if (isExcluded({ id, url: url ?? '', section: url === undefined ? null : sectionOf(url) }, exclude)) continue
      await compareWithFormer(entry, former.get(id) ?? [], survey)
      // A file that cannot be read is there all the same; one that was moved to its day, or became one with another of its
      // story, was seen there. What is in its place is named already, and fetch writes none there.
      const own = url === undefined || !HASH_ID.test(id) ? id : identify(url).id
      if (
        odd.has(path) ||
        stray.has(id) ||
        ids.has(idKey(id)) ||
        ids.has(idKey(own)) ||
        (await unlessLocal(archive.find({ id, day }), '')) !== null
      )
        continue
      await tell(problemOf(path, 'gone', fateOf((await queued()).get(id))))
    }
  }
}

async function queuedIn(store: Store): Promise<ReadonlyMap<string, QueueEntry>> {
  const { queue } = await readState(store, () => undefined).catch(() => EMPTY_STATE)
  return new Map(queue.map((entry) => [entry.id, entry]))
}

/** What becomes of a story that is gone. */
function fateOf(queued: QueueEntry | undefined): Message {
  return queued?.nextTry === null
    ? message`the journal names it, and fetch gave it up: ${queued.reason}; a backup may have it, exclude leaves it out`
    : message`the journal names it; fetch has it again, exclude leaves it out`
}

/** Tells where a file holds one of the texts that its story had before: few have any. */
async function compareWithFormer(
  { id, path: noted, digest }: JournalEntry,
  former: readonly JournalEntry[],
  { archive, tell }: Survey,
): Promise<void> {
  if (former.length === 0) return
  const path = await unlessLocal(archive.find({ id, day: noted.slice(0, 10) }), null)
  const text = path === null ? null : await readOrProblem(path, archive)
  if (path === null || typeof text !== 'string' || !isOlderText(text, { digest }, former)) return
  const anew = writeAnew(path, text, addresses)
  await tell(problemOf(path, 'older', message`a former text, as where a backup came back; ${anew}`))
}

async function verifyDay(day: string, survey: Survey): Promise<void> {
  const { archive, io, tell } = survey
  const found = await surveyFolder(archive.store, day, io.now(), false).catch(unreadable)
  if (found instanceof ArchiveError) return tell(problemOf(day, 'unreadable', found.words))
  const { documents, odd, folders, leftovers } = found
  for (const name of leftovers) await tell(leftoverAt(`${day}/${name}`))
  for (const name of [...odd, ...folders.filter((folder) => folder.endsWith('.md'))].toSorted()) {
    survey.odd.add(`${day}/${name}`)
    await tell(problemOf(`${day}/${name}`, 'link', message`a link or a folder, no file; move it away`))
  }
  if (folders.length > 0) await tellStrays(day, survey)
  survey.days.push({ day, before: survey.documents })
  for (let at = 0; at < documents.length; at += READ_AHEAD) {
    io.signal.throwIfAborted()
    const paths = documents.slice(at, at + READ_AHEAD).map((name) => `${day}/${name}`)
    const checked = await Promise.all(paths.map((path) => check(path, survey)))
    for (const [index, path] of paths.entries()) {
      await verifyStory(path, checked[index]!, survey)
      io.signal.throwIfAborted()
    }
  }
}

async function tellStrays(folder: string, { archive, io, stray, tell }: Survey): Promise<void> {
  for (const path of await unlessLocal(strayStories(archive.store, folder, io.now()), [])) {
    stray.add(idOfName(path.split('/').at(-1) ?? '') ?? '')
    await tell(
      problemOf(path, 'path', message`the file of a story, where none is looked for; --fix moves it to its day`),
    )
  }
}

async function check(path: string, survey: Survey): Promise<Checked | Problem> {
  const text = await readOrProblem(path, survey.archive)
  if (typeof text !== 'string') return text
  survey.pictures.note(text)
  return checkDocument(path, text, await digestOf(path, text, survey), addresses)
}

async function verifyStory(path: string, checked: Checked | Problem, survey: Survey): Promise<void> {
  const ordinal = survey.documents
  survey.documents += 1
  if ('problem' in checked) {
    survey.foreign += checked.problem === 'foreign' ? 1 : 0
    return survey.tell(checked)
  }
  for (const problem of checked.problems) await survey.tell(problem)
  for (const address of checked.localPictures) {
    if (await hasPicture(survey.archive.store, path.slice(0, 10), address)) continue
    await survey.tell(problemOf(path, 'picture', message`the picture ${address} is not in the archive`))
  }
  await compare(path, checked, ordinal, survey)
}

/** Asked for where the last newline is missing alone: the notes of a million stories take long to read. */
async function digestOf(path: string, text: string, { journal }: Survey): Promise<string | null> {
  if (text.endsWith('\n')) return null
  return (await entryOf(path, journal))?.digest ?? null
}

async function compare(path: string, checked: Checked, ordinal: number, survey: Survey): Promise<void> {
  const { url, ids, textKey, head } = checked
  const twins = ids.map((each) => survey.ids.see(idKey(each), ordinal))
  const twin = twins.find((seen) => seen !== null && seen !== ordinal) ?? null
  if (twin !== null) {
    const both = [await pathOf(twin, survey), path]
    const own = await stayingOf(both, url, survey.journal)
    const other = both.find((one) => one !== own) ?? path
    return survey.tell(problemOf(other, 'duplicate', message`the story has another file, ${own}`))
  }
  const alike = textKey === null ? null : survey.texts.see(textKey, ordinal)
  if (alike === null) return
  const other = await pathOf(alike, survey)
  await survey.tell(
    (await headOf(other, survey)) === head
      ? problemOf(path, 'same-text', message`text, headline and time are those of ${other}`)
      : problemOf(path, 'same-text', message`the text is that of ${other}`, { severity: 'note' }),
  )
}

async function headOf(path: string, { archive }: Survey): Promise<string | null> {
  const text = await readOrProblem(path, archive)
  return typeof text === 'string' ? checkDocument(path, text, null, addresses).head : null
}

/** The paths of a million stories are not kept in memory: the day is listed again. */
async function pathOf(ordinal: number, { archive, days, io }: Survey): Promise<string> {
  const { day, before } = days.findLast((one) => one.before <= ordinal)!
  const { documents } = await surveyFolder(archive.store, day, io.now(), false)
  return `${day}/${documents[ordinal - before] ?? ''}`
}
