import { dateOf, type Document, DocumentError, fromOf, titleOf } from '../../core/document/document.ts'
import { isUnescapedTitle, parseDocument } from '../../core/document/parse.ts'
import { reformDocument, renderDocument } from '../../core/document/render.ts'
import { createFirstSeen, type FirstSeen } from '../../core/archive/first-seen.ts'
import { mendLines, mendTimes, provenIdentity } from '../../core/archive/mend.ts'
import { dayPattern, idOfName, placeOfPath, storyPath } from '../../core/archive/path.ts'
import { lacksNewlineAlone } from '../../core/archive/stored.ts'
import { checkDocument, idKey, problemOf } from '../../core/archive/verify.ts'
import { HASH_ID } from '../../core/identity.ts'
import type { Archive } from '../../edge/archive/archive.ts'
import type { Journal } from '../../edge/archive/journal.ts'
import { type Mender, openMender } from '../../edge/archive/mend.ts'
import { OWN } from '../../edge/archive/own-files.ts'
import { strayStories, surveyBelow, surveyFolder } from '../../edge/archive/survey.ts'
import { ArchiveError, StoryError, unlessLocal } from '../../errors.ts'
import { addresses, zoneOf } from '../../sites/publishers.ts'
import { decodeUtf8 } from '../../edge/read.ts'
import { isDay, isOfDay } from '../../core/time.ts'
import type { Io } from '../../io.ts'
import { leftoverAt, removeAndTell, type Tell, tellFault, unreadable } from './check-file.ts'
import { repairPictures } from './check-pictures.ts'
import { entryOf, idAt, idsOfStory, isLater, stayingOf } from './doubles.ts'
import { english, message } from '../../words/words.ts'

interface Work {
  archive: Archive
  journal: Journal
  mender: Mender
  ids: FirstSeen
  days: string[]
  tell: Tell
}

/** Mends what can be mended without losing a byte of any story, and tells each thing that it did. */
export async function repairArchive(
  archive: Archive,
  journal: Journal,
  io: Pick<Io, 'now' | 'signal' | 'progress'>,
  tell: Tell,
): Promise<void> {
  const { store } = archive
  const now = io.now()
  const work: Work = { archive, journal, mender: openMender(store), ids: createFirstSeen(), days: [], tell }
  const top = await surveyFolder(store, '', now, true)
  for (const path of [...top.leftovers, ...(await surveyBelow(store, OWN, now, true)).leftovers])
    await removeAndTell(leftoverAt(path), work.mender, tell)
  const known = top.folders.filter((name) => dayPattern.test(name))
  for (const folder of ['', ...known]) {
    for (const path of await unlessLocal(strayStories(store, folder, now), []))
      await bringHome(path, work).catch((error: unknown) => tellFault(path, error, tell))
  }
  const days = await archive.days()
  for (const [done, day] of days.entries()) {
    io.progress({ what: 'verify --fix', done, total: days.length, label: day })
    // What the system does not give is named afterwards, and left.
    const found = await surveyFolder(store, day, now, true).catch(unreadable)
    const { documents, leftovers } = found instanceof ArchiveError ? { documents: [], leftovers: [] } : found
    for (const name of leftovers) await removeAndTell(leftoverAt(`${day}/${name}`), work.mender, tell)
    work.days.push(day)
    for (const name of documents) {
      io.signal.throwIfAborted()
      await repairStory(`${day}/${name}`, work).catch((error: unknown) => tellFault(`${day}/${name}`, error, tell))
    }
  }
  await repairPictures(archive, work.mender, io, tell)
}

/** Moves a story's file that lies where none is looked for to its day, beside the one that may be there. */
async function bringHome(path: string, { archive: { store }, mender, tell }: Work): Promise<void> {
  const found = await store.get(path)
  const text = found.kind === 'file' ? decodeUtf8(found.bytes) : null
  const document = parseIfWhole(text === null ? null : mendLines(text))
  const name = path.split('/').at(-1) ?? ''
  const home = name.slice(0, 10)
  const identity = document === null ? null : provenIdentity(`${home}/${name}`, document, addresses)
  if (identity === null || !isDay(home)) return
  const day = identity.day ?? home
  const taken = new Set((await store.list(day)).map((entry) => entry.name))
  const free = [name, ...Array.from(taken, (_, at) => name.replace(/\.md$/i, ` (${at + 2}).md`))]
  const to = await mender.move(path, `${day}/${free.find((each) => !taken.has(each)) ?? name}`)
  const detail = message`the file of a story, where none is looked for`
  await tell(problemOf(path, 'path', detail, { fixed: message`moved to ${to}` }))
}

async function repairStory(path: string, work: Work): Promise<void> {
  const text = await readIfWhole(path, work.archive)
  if (text === null) return
  if (await mayBeCut(path, text, work.journal)) return
  const whole = await repairText(path, text, work)
  if (whole === null) return
  const placed = await repairPlace(path, whole, work)
  if (placed !== null) await repairDuplicate(placed, whole, work)
}

async function readIfWhole(path: string, archive: Archive): Promise<string | null> {
  try {
    return await archive.read(path)
  } catch (error) {
    if (error instanceof StoryError || error instanceof ArchiveError) return null
    throw error
  }
}

/** What a text says; `null` where there is none, or none that is whole. */
function parseIfWhole(text: string | null): Document | null {
  try {
    return text === null ? null : parseDocument(text)
  } catch (error) {
    if (error instanceof DocumentError) return null
    throw error
  }
}

/** What may have lost more than its last newline is not mended: that would hide it. */
async function mayBeCut(path: string, text: string, journal: Journal): Promise<boolean> {
  if (text.includes('\0')) return true
  if (text.endsWith('\n')) return false
  return !lacksNewlineAlone(text, (await entryOf(path, journal))?.digest ?? null)
}

/** Mends line ends, what formatters and producers left, and times; the document as it stands then, `null` when it is none. */
async function repairText(path: string, text: string, { mender, tell }: Work): Promise<Document | null> {
  const lined = mendLines(text)
  const document = parseIfWhole(lined)
  if (document === null) return null
  const formed = reformDocument(document, isUnescapedTitle)
  const whole =
    mendTimes(formed, provenIdentity(path, document, addresses)?.day ?? null, zoneOf(fromOf(document))) ?? formed
  const mended = renderDocument(whole)
  if (mended === text) return document
  const after = new Set(checkDocument(path, mended, null, addresses).problems.map(({ detail }) => english(detail)))
  const gone = checkDocument(path, text, null, addresses).problems.filter(({ detail }) => !after.has(english(detail)))
  if (gone.length === 0) return document
  await mender.rewrite(path, mended)
  for (const problem of gone) await tell({ ...problem, fixed: message`mended in place` })
  return whole
}

/** Moves a file to where its story is looked for; its path then, `null` when another file took it in, or it cannot be told. */
async function repairPlace(path: string, document: Document, work: Work): Promise<string | null> {
  const { mender, tell } = work
  const misplaced = checkDocument(path, renderDocument(document), null, addresses).problems.find(
    ({ problem }) => problem === 'path' || problem === 'identity',
  )
  if (misplaced === undefined) return path
  const identity = provenIdentity(path, document, addresses)
  const home = identity === null ? null : (identity.day ?? (await dayOf(path, document, work)))
  if (identity === null || home === null) return null
  const { id } = identity
  const there = (await mender.filesOf(home)).find((file) => file.id === id && file.path !== path)
  if (there !== undefined) {
    await merge(there.path, path, document, work)
    return null
  }
  // The name under which it was first archived stays, where it is not what is wrong.
  const { name } = placeOfPath(path)
  const isNamed = idOfName(name) === id && name.startsWith(`${home}-`)
  const own = isNamed ? `${home}/${name}` : storyPath({ id, day: home }, titleOf(document))
  const to = await mender.move(path, own)
  await carryNotes(path, to, work)
  await tell({ ...misplaced, fixed: message`moved to ${to}` })
  // It is seen again when its new day's turn comes, unless that is past.
  return work.days.includes(home) ? to : null
}

/**
 * The day of a story whose address names none, where the folder of its file and the name do not agree: the one under which it is noted,
 * else that of its time; `null` where nothing tells.
 */
async function dayOf(path: string, document: Document, { journal }: Work): Promise<string | null> {
  const { day: folder, name } = placeOfPath(path)
  const days = [folder, name.slice(0, 10)].filter(isDay)
  if (new Set(days).size === 1) return days[0] ?? null
  for (const day of days) if ((await entryOf(`${day}/${name}`, journal)) !== undefined) return day
  const zone = zoneOf(fromOf(document))
  return days.find((day) => isOfDay(dateOf(document), day, zone)) ?? null
}

async function repairDuplicate(path: string, document: Document, work: Work): Promise<void> {
  const url = fromOf(document)
  const ids = idsOfStory(url, path)
  const day = work.days.indexOf(placeOfPath(path).day)
  const [first] = ids.map((id) => work.ids.see(idKey(id), day)).filter((seen) => seen !== null)
  const other = first === undefined ? null : await twinSince(first, path, ids, work)
  if (other === null) return
  if ((await stayingOf([other, path], url, work.journal)) !== path) return merge(other, path, document, work)
  // The file keeps the name under which the story was first archived.
  const otherDocument = parseIfWhole(await readIfWhole(other, work.archive))
  if (otherDocument !== null) await merge(path, other, otherDocument, work)
}

/** Another file of a story, of a day that was seen: by its name, or by its address where an earlier version named it. */
async function twinSince(first: number, path: string, ids: readonly string[], work: Work): Promise<string | null> {
  for (const day of work.days.slice(first)) {
    const others = (await work.mender.filesOf(day)).filter((file) => file.path !== path)
    const named = others.find(({ id }) => ids.includes(id))
    if (named !== undefined) return named.path
    for (const other of others.filter(({ id }) => HASH_ID.test(id))) {
      const document = parseIfWhole(await readIfWhole(other.path, work.archive))
      if (document === null) continue
      if (idsOfStory(fromOf(document), other.path).some((id) => ids.includes(id))) return other.path
    }
  }
  return null
}

/** What is noted of a story goes on under the name that it has now, where nothing is noted of that. */
async function carryNotes(from: string, to: string, { journal }: Work): Promise<void> {
  const entry = await entryOf(from, journal)
  const isNoted = (await entryOf(to, journal)) !== undefined
  if (entry !== undefined && !isNoted) await journal.append({ ...entry, id: idAt(to), path: to })
}

/** Makes one file of two of a story: the later text stands, the other is kept as a former one. */
async function merge(path: string, other: string, otherDocument: Document, work: Work): Promise<void> {
  const text = await readIfWhole(path, work.archive)
  const document = parseIfWhole(text)
  if (text === null || document === null) return
  const takesOver = await isLater(otherDocument, { path, text, document }, work)
  const kept = await work.mender.absorb(path, other, takesOver)
  await carryNotes(other, path, work)
  const fixed =
    kept === null ? message`removed: the same text` : message`merged into it; the earlier text is kept in ${kept}`
  await work.tell(problemOf(other, 'duplicate', message`the story has another file, ${path}`, { fixed }))
}
