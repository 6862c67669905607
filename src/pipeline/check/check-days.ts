import { createFirstSeen } from '../../core/archive/first-seen.ts'
import type { Journal } from '../../edge/archive/journal.ts'
import { dayPattern, idOfName, placeOfPath } from '../../core/archive/path.ts'
import { checkDocument, type Checked, idKey, type Problem, problemOf } from '../../core/archive/verify.ts'
import type { Archive } from '../../edge/archive/archive.ts'
import { oddPlaces, OWN } from '../../edge/archive/own-files.ts'
import { hasPicture, strayStories, surveyBelow, surveyFolder } from '../../edge/archive/survey.ts'
import { ArchiveError, unlessLocal } from '../../errors.ts'
import type { Io } from '../../io.ts'
import { addresses } from '../../sites/publishers.ts'
import { message } from '../../words/words.ts'
import { leftoverAt, readOrProblem, unreadable } from './check-file.ts'
import { createNamedPictures } from './check-pictures.ts'
import { entryOf, stayingOf } from './doubles.ts'

/** Files that are read at once. */
const READ_AHEAD = 32

/** What was seen of an archive: nothing yet. */
export function newSurvey() {
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

export interface Survey extends ReturnType<typeof newSurvey> {
  archive: Archive
  journal: Journal
  io: Io
  tell: (problem: Problem) => Promise<void>
}

/** Tells what is wrong with the stories of an archive, day by day, and what stands where none is looked for. */
export async function verifyDays(survey: Survey): Promise<void> {
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
    if (await hasPicture(survey.archive.store, placeOfPath(path).day, address)) continue
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
