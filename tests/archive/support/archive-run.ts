import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { openArchive } from '../../../src/edge/archive/archive.ts'
import { openJournal } from '../../../src/edge/archive/journal.ts'
import { acquireLock } from '../../../src/edge/archive/version.ts'
import { openState } from '../../../src/edge/archive/state.ts'
import { storeAt } from '../../support/store.ts'
import type { Store } from '../../../src/edge/store/store.ts'
import { isCommandError } from '../../../src/errors.ts'
import { type Made, madeStory } from './documents.ts'

const fetched = '2021-11-14T00:00:00.000Z'

/** What a run does to one story it does to each: the calls of seven that are new and three that are revised are of all kinds. */
export const NEW = 7
export const REVISED = 3

function storiesOf(name: string): Made[] {
  const old = Array.from({ length: REVISED }, (_, n) => n + 101)
  if (name === 'before') return old.map((n) => madeStory(n))
  const revised = old.map((n) =>
    madeStory(n, { title: `更正：第${n}段推迟合龙`, markdown: `第${n}段改在下月合龙，日期待定。` }),
  )
  return [...Array.from({ length: NEW }, (_, n) => madeStory(n + 1)), ...revised]
}

async function archiveStories(store: Store, phase: string, report: (line: string) => void): Promise<void> {
  const archive = await openArchive(store, { write: true, keepRevisions: 5, report })
  const journal = openJournal(store, report)
  const state = await openState(store, report)
  for (const story of storiesOf(phase)) {
    const known = await archive.find(story)
    const old = known === null ? null : await archive.read(known)
    let revision = 1
    if (known === null) await archive.create(story.path, story.text)
    else if (old !== story.text) revision = Number(await archive.revise(known, story.text, { read: old, isOwn: false }))
    else continue
    await journal.append({
      id: story.id,
      path: known ?? story.path,
      status: known === null ? 'written' : 'revised',
      fetched,
      updated: null,
      bylines: [],
      keywords: [],
      revision,
      seen: {},
      validators: null,
      origin: 'page',
      digest: createHash('sha256').update(story.text).digest('hex'),
    })
  }
  await state.save({ ...state.state, hosts: { 'www.zaobao.com.sg': { notBefore: fetched } } })
  await archive.close()
}

/**
 * A run of the archive's own kind without a network: archives stories 1 to `NEW` and revises those from 101 on of the
 * archive `root`, in the order of writes of a run; of the phase `before` it archives the latter alone, with their first text.
 * Answers the exit code.
 */
export async function archiveRun(root: string, phase: string, report: (line: string) => void): Promise<number> {
  try {
    const store = storeAt(root)
    const lock = await acquireLock(store, {
      waitMs: 0,
      signal: new AbortController().signal,
      report,
      now: Date.now,
      sleep: (ms) => sleep(ms),
    })
    try {
      await archiveStories(store, phase, report)
    } finally {
      await lock.release()
    }
    return 0
  } catch (error) {
    if (!isCommandError(error)) throw error
    report(error.message)
    return error.exitCode
  }
}
