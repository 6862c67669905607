import { DAY_MS } from '../../core/time.ts'
import { createFirstSeen } from '../../core/archive/first-seen.ts'
import { problemOf } from '../../core/archive/verify.ts'
import { keptIn, MEDIA, pathsNamedIn, withOriginals } from '../../core/media/kept.ts'
import type { Archive } from '../../edge/archive/archive.ts'
import { type KeptPicture, keptPictures, textsIn } from '../../edge/archive/media.ts'
import type { Mender } from '../../edge/archive/mend.ts'
import { surveyBelow } from '../../edge/archive/survey.ts'
import type { Store } from '../../edge/store/store.ts'
import { isOfOneStory, unlessLocal } from '../../errors.ts'
import type { Io } from '../../io.ts'
import { message } from '../../words/words.ts'
import { leftoverAt, removeAndTell, type Tell, tellFault } from './check-file.ts'

/** A picture of this age that nothing names is not one that a story's file is about to name. */
const UNUSED_AGE_MS = DAY_MS

/** The pictures that texts name: of a million in little memory. */
interface NamedPictures {
  note(text: string): void
  has(path: string): boolean
}

export function createNamedPictures(): NamedPictures {
  const seen = createFirstSeen()
  const keyOf = (path: string): number => Number.parseInt(path.slice(`${MEDIA}/ab/`.length).slice(0, 12), 16)
  return {
    note(text) {
      for (const path of pathsNamedIn(text)) seen.see(keyOf(path), 0)
    },
    has: (path) => seen.has(keyOf(path)),
  }
}

const CHANGED = message`its content is not that of its name`
const UNUSED = message`a picture that no story and no former text shows`
const FORMER = message`no story shows it, former texts or notes alone do`

/** Tells what is wrong with the pictures that are kept. `named`: those that the stories name. */
export async function verifyPictures(
  { store }: Archive,
  named: NamedPictures,
  io: Pick<Io, 'now' | 'signal'>,
  tell: Tell,
): Promise<void> {
  const { leftovers, refused } = await surveyBelow(store, MEDIA, io.now(), false)
  for (const path of leftovers) await tell(leftoverAt(path))
  for (const { path, why } of refused) await tell(problemOf(path, 'unreadable', why))
  const unused: KeptPicture[] = []
  for await (const picture of keptPictures(store)) {
    const { path, state } = picture
    io.signal.throwIfAborted()
    if (state === 'odd') await tell(problemOf(path, 'link', message`a link or a folder, no file; move it away`))
    else if (!named.has(path)) unused.push(picture)
    else if (state === 'changed')
      await tell(
        problemOf(path, 'picture', message`${[CHANGED, message`--fix has its stories name its address again`]}`),
      )
  }
  const ofNone = await ofNoText(unused, store)
  const unnamed = new Set(ofNone ?? unused)
  for (const one of unused) {
    if (one.state !== 'changed' || unnamed.has(one)) continue
    await tell(problemOf(one.path, 'picture', message`${[CHANGED, FORMER]}`, { severity: 'note' }))
  }
  for (const { path, state } of ofNone ?? []) {
    const detail = message`${[UNUSED, state === 'changed' ? CHANGED : message`--fix removes it when it is older than a day`]}`
    await tell(problemOf(path, 'picture', detail, { severity: 'note' }))
  }
}

/** Those that no text of the archive names, of whatever kind; `null` where one cannot be read. */
async function ofNoText(unused: readonly KeptPicture[], store: Store): Promise<readonly KeptPicture[] | null> {
  if (unused.length === 0) return unused
  const named = createNamedPictures()
  try {
    for await (const text of textsIn(store)) named.note(text)
  } catch (error) {
    if (!isOfOneStory(error)) throw error
    return null
  }
  return unused.filter(({ path }) => !named.has(path))
}

/**
 * Has stories name the addresses of their pictures again where these are gone or changed, and removes those that nothing shows;
 * never a changed one, which may be all that is left of what its place held.
 */
export async function repairPictures(
  archive: Archive,
  mender: Mender,
  io: Pick<Io, 'now' | 'signal'>,
  tell: Tell,
): Promise<void> {
  const { store } = archive
  for (const path of (await surveyBelow(store, MEDIA, io.now(), true)).leftovers)
    await removeAndTell(leftoverAt(path), mender, tell)
  const kept: KeptPicture[] = []
  for await (const picture of keptPictures(store)) kept.push(picture)
  const states = new Map(kept.map(({ path, state }) => [path, state]))
  const named = createNamedPictures()
  let areAllRead = true
  for (const day of await archive.days()) {
    for (const path of await unlessLocal(archive.stories(day), [], () => (areAllRead = false))) {
      io.signal.throwIfAborted()
      const text = await unlessLocal(archive.readText(path), null)
      areAllRead &&= text !== null
      if (text === null) continue
      named.note(text)
      await nameAgain(path, text, states, mender, tell).catch((error: unknown) => tellFault(path, error, tell))
    }
  }
  if (!areAllRead) return
  const old = io.now() - UNUSED_AGE_MS
  const unused = kept.filter(({ path, state }) => state === 'whole' && !named.has(path))
  for (const { path } of (await ofNoText(unused, store)) ?? []) {
    if (((await store.stat(path))?.modifiedMs ?? old) >= old) continue
    await removeAndTell(problemOf(path, 'picture', UNUSED, { severity: 'note' }), mender, tell)
  }
}

/** Has a story name the addresses again of those of its pictures that are not whole. */
async function nameAgain(
  path: string,
  text: string,
  states: ReadonlyMap<string, KeptPicture['state']>,
  mender: Mender,
  tell: Tell,
): Promise<void> {
  const isLost = (picture: string): boolean => states.get(picture) !== 'whole'
  const mended = withOriginals(text, isLost)
  if (mended === text) return
  await mender.rewrite(path, mended)
  for (const picture of new Set([...keptIn(text).values()].filter(isLost))) {
    const detail = states.has(picture)
      ? message`the picture ${picture} is not what it was`
      : message`the picture ${picture} is not in the archive`
    const fixed = message`its address is named again; backfill --media has it`
    await tell(problemOf(path, 'picture', detail, { fixed }))
  }
}
