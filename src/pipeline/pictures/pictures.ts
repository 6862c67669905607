import { DAY_MS } from '../../core/time.ts'
import { getOrMake } from '../../core/get-or-make.ts'
import { sha256 } from '../../core/hash.ts'
import { digestOf } from '../../core/archive/journal.ts'
import { idOfPath, placeOfPath } from '../../core/archive/path.ts'
import { due, openQueue, type OpenQueue, type QueueEntry, type QueuedItem } from '../../core/archive/queue.ts'
import { documentIn, isOlderText, parseStored } from '../../core/archive/stored.ts'
import { fromOf } from '../../core/document/document.ts'
import { mediaPath } from '../../core/media/kept.ts'
import { KINDS, lookAtPicture } from '../../core/media/kind.ts'
import { keptByAddress } from '../../core/document/pictures-in-html.ts'
import { remotePictures, withKept } from '../../core/document/remote-pictures.ts'
import type { RecordStatus } from '../../core/model.ts'
import { printableUrl } from '../../core/text/printable.ts'
import type { FailedRequest } from '../../edge/http/http.ts'
import { MAX_REFUSALS } from '../../edge/http/limits.ts'
import { StoryError, unlessLocal } from '../../errors.ts'
import { forgetOwed, owedBefore } from './owed.ts'
import { recordsIn } from '../records/records.ts'
import { printStory, type Run, sideBySide, whyFailed } from '../run.ts'
import type { PictureOutcome } from '../found.ts'
import { MAX_LOOKS } from '../records/look-up.ts'
import { type Message, message, said, t } from '../../words/words.ts'

const MB = 1024 * 1024

/** So many pictures are remembered that could not be had: `backfill --media` finds the others again. */
const MAX_REMEMBERED = 5_000

/** A picture may come some days after its story: until then one that is not there is asked for again. */
const MAY_COME_MS = 4 * DAY_MS

/** What a file with a picture holds. */
const MAY_SHOW = /!\[|<img\b/i

/** Which of the pictures that could not be had before are asked for again. */
export type IsAsked = (before: QueueEntry) => boolean

interface Keeping {
  run: Run
  /** The pictures that could not be had. */
  queue: OpenQueue
}

/**
 * Keeps the pictures of the stories that the run stored, and prints each story then. What is to be asked for is written down
 * before.
 */
export async function keepStored(run: Run): Promise<void> {
  const { unshown } = run.found.pictures
  // Of a page that says what it said before nothing is new.
  const fresh = new Set([...unshown].filter(({ kind }) => kind !== 'unchanged').map(({ path }) => path))
  const isAny = await noteAll([...fresh, ...(await owedBefore(run))], run)
  forgetOwed(run)
  if (isAny) await run.saveState()
  await keeping(run, async (work) => {
    await sideBySide([...unshown], run, async (stored) => {
      const isChanged = fresh.has(stored.path) && (await keepAll(stored.path, isDue(run), work))
      unshown.delete(stored)
      await (isChanged ? showFile(stored.path, stored.kind, run) : stored.show())
    })
  })
}

/** Asks again for the pictures that could not be had before, where it is time. */
export async function keepWaiting(run: Run): Promise<void> {
  const waiting = due(run.state.pictures ?? [], run.io.now())
  await keepOfStories([...new Set(waiting.map(({ source }) => source))], isDue(run), run)
  const { looked, unread } = run.found.pictures
  await keeping(run, async ({ queue }) => {
    for (const item of waiting.filter(({ id }) => !looked.has(id))) {
      if (unread.has(item.source)) queue.failed(item, message`its story's file could not be read`, run.io.now(), false)
      // Its file, or the picture in it, is there no more.
      else queue.succeeded(item.id)
    }
  })
}

/** Keeps the pictures of stories that are there. `isAsked`: what could not be had before is asked for again. */
export async function keepOfStories(paths: readonly string[], isAsked: IsAsked, run: Run): Promise<void> {
  await keeping(run, (work) =>
    sideBySide(paths, run, async (path) => {
      if (await keepAll(path, isAsked, work)) await showFile(path, 'unchanged', run)
    }),
  )
}

/** How many pictures stories that are there show from afar. */
export async function countPictures(paths: readonly string[], run: Run): Promise<number> {
  let count = 0
  for (const path of paths) count += (await unlessLocal(run.archive.readText(path), null).then(remoteIn)).length
  return count
}

function remoteIn(text: string | null): string[] {
  const document = text === null || !MAY_SHOW.test(text) ? null : documentIn(text)
  return document === null ? [] : remotePictures(document.body, fromOf(document))
}

/** Writes down the pictures that stories show from afar. True where there are any. */
async function noteAll(paths: Iterable<string>, run: Run): Promise<boolean> {
  let isAny = false
  await keeping(run, async ({ queue }) => {
    const now = run.io.now()
    for (const path of paths) {
      const remote = remoteIn(await unlessLocal(run.archive.readText(path), null))
      for (const url of remote.slice(0, run.config.maxPictures)) {
        const item = itemOf(url, path)
        isAny = true
        if (queue.get(item.id) === undefined) queue.setBack(item, now, now, message`it was not asked for yet`)
      }
    }
  })
  return isAny
}

function itemOf(url: string, source: string): QueuedItem {
  const id = sha256(`${source} ${url}`).slice(0, 16)
  return { id, url, day: placeOfPath(source).day, title: null, published: null, html: null, source }
}

function isDue(run: Run): IsAsked {
  const now = run.io.now()
  return (before) => due([before], now).length > 0
}

async function keeping(run: Run, act: (work: Keeping) => Promise<void>): Promise<void> {
  const queue = openQueue(run.state.pictures ?? [])
  try {
    await act({ run, queue })
  } finally {
    const pictures = queue.entries(run.io.now()).slice(-MAX_REMEMBERED)
    if (pictures.length > 0 || run.state.pictures !== undefined) run.remember({ pictures })
  }
}

/**
 * Keeps the pictures that a story's file shows from afar, then has the file show those: the same text, no revision. True where
 * the file was written. What is wrong with a file is no fault of its pictures': `verify` names it.
 */
async function keepAll(path: string, isAsked: IsAsked, work: Keeping): Promise<boolean> {
  const { run } = work
  try {
    for (let looks = 0; looks < MAX_LOOKS; looks += 1) {
      const written = await keepIn(path, isAsked, work)
      if (written !== 'changed') return written
    }
  } catch (error) {
    const why = whyFailed(error, run)
    if ((await unlessLocal(run.archive.store.stat(path), 'unknown')) !== null) run.found.pictures.unread.add(path)
    run.report.detail(`${run.shownPath(path)}: ${t`its pictures are left: ${why}`}`)
  }
  return false
}

async function keepIn(path: string, isAsked: IsAsked, work: Keeping): Promise<boolean | 'changed'> {
  const { run, queue } = work
  const { archive, config, journal, report } = run
  const read = await archive.read(path)
  if (!MAY_SHOW.test(read)) return false
  const document = parseStored(read)
  const { day } = placeOfPath(path)
  const id = idOfPath(path) ?? ''
  const entry = (await unlessLocal(journal.latest(day), null))?.get(id)
  const former = entry === undefined ? [] : ((await unlessLocal(journal.former(day), null))?.get(id) ?? [])
  // It would be noted as the story's last text, which is to be written anew.
  if (entry !== undefined && isOlderText(read, entry, former))
    throw new StoryError(message`its file holds a former text`)
  const base = fromOf(document)
  const asOf = entry?.fetched ?? null
  const most = Math.max(0, config.maxPictures - keptByAddress(document.body).size)
  const kept = new Map<string, string>()
  for (const url of remotePictures(document.body, base).slice(0, most)) {
    const place = await keepPicture({ url, asOf, source: path }, isAsked, work)
    if (place !== null) kept.set(url, place)
  }
  const text = withBody(read, document.body, (body) => withKept(body, base, kept))
  if (text !== read && !(await archive.rewrite(path, text, read))) return 'changed'
  for (const url of kept.keys()) queue.succeeded(itemOf(url, path).id)
  if (text === read) return false
  report.tally.pictures += kept.size
  if (entry !== undefined) await journal.append({ ...entry, status: 'unchanged', digest: digestOf(text) })
  return true
}

/** A file's text with another body, its line ends and all before it as they are. */
function withBody(text: string, body: string, change: (body: string) => string): string {
  const lines = text.split('\n')
  const at = Math.max(0, lines.length - body.split('\n').length)
  const head = lines.slice(0, at).map((line) => `${line}\n`)
  return head.join('') + change(lines.slice(at).join('\n'))
}

/** A picture as a story, its `source`, shows it. `asOf`: when its page was had; `null` where no note tells. */
interface ShownPicture {
  url: string
  asOf: string | null
  source: string
}

/** Where a picture is kept; `null` where it is not. */
async function keepPicture(picture: ShownPicture, isAsked: IsAsked, work: Keeping): Promise<string | null> {
  const { url, asOf, source } = picture
  const { run, queue } = work
  const item = itemOf(url, source)
  const { id } = item
  const before = queue.get(id)
  const { outcomes, looked } = run.found.pictures
  const isLooked = looked.has(id)
  looked.add(id)
  if (!isLooked && before !== undefined && !isAsked(before)) return null
  const answer = `${url} ${await run.http.answerAt?.(url, asOf)}`
  const result = await getOrMake(outcomes, answer, () => ask(picture, run))
  const now = run.io.now()
  // Had is what a file shows: a disk may be full by then.
  if ('path' in result && !isLooked) queue.failed(item, message`its story's file could not be written`, now, false)
  if ('path' in result) return result.path
  // Each run tries it once.
  if (isLooked) return null
  const { reason, until, missing = false, told = false } = result
  const final = result.final || (missing && now - Date.parse(item.day ?? '') > MAY_COME_MS)
  if (until !== null && !told) queue.setBack(item, until, now, reason)
  const waits = until !== null && (!told || queue.toldToWait(item, until, now))
  const isOver = !waits && queue.failed(item, reason, now, final) === 'given-up'
  run.report.tally[isOver ? 'picturesGone' : 'picturesLeft'] += 1
  const fate = isOver ? t`it stays where it is` : t`it is asked for again`
  run.report.detail(`${printableUrl(url)}: ${said(reason)}; ${fate}`)
  return null
}

/** Asks for a picture and keeps it; each address once a run, of captures each of them. */
async function ask({ url, asOf }: ShownPicture, run: Run): Promise<PictureOutcome> {
  const { host } = new URL(url)
  const { inVain } = run.found.pictures
  const tried = inVain.get(host) ?? 0
  if (tried >= MAX_REFUSALS) {
    const reason = message`${host} gave none of ${MAX_REFUSALS} pictures in a row and is left alone until the next run`
    return { reason, final: false, until: run.io.now() }
  }
  const maxBytes = run.config.maxPictureSize * MB
  const response = await run.http.get(url, { shown: true, asOf, accept: 'image/*', maxBytes })
  if (response.kind === 'failed') {
    const failure = failureOf(response, run)
    if (!failure.final && !failure.missing && failure.until === null) inVain.set(host, tried + 1)
    return failure
  }
  inVain.delete(host)
  const bytes = response.kind === 'ok' ? response.body : new Uint8Array()
  const kind = lookAtPicture(bytes)
  if (kind === 'other') return failed(message`it is none of ${KINDS}`, true)
  if (kind === 'cut') return failed(message`it ends before its end`, false)
  const path = mediaPath(bytes, kind)
  let why: Message = message`something else stands at ${path}; see verify`
  const isKept = await unlessLocal(run.archive.keepPicture(path, bytes), false, (words) => {
    why = words
    if (!run.found.pictures.keepsNone) run.report.problem(t`${said(words)}; the run goes on without the picture`)
    run.found.pictures.keepsNone = true
  })
  return isKept ? { path } : failed(why, false)
}

function failed(reason: Message, final: boolean): PictureOutcome & { reason: Message } {
  return { reason, final, until: null }
}

function failureOf({ reason, detail, status, retryable, ofHost, unasked, notBefore }: FailedRequest, run: Run) {
  const waits = unasked || reason === 'wait' || reason === 'refusing'
  const missing = reason === 'missing' && !retryable
  const final = (!retryable && !missing) || reason === 'too-large' || (reason === 'robots' && !ofHost)
  const told = reason === 'wait' && status !== null
  return { reason: detail, final, missing, told, until: waits ? (notBefore ?? run.io.now()) : null }
}

/** Prints a story as its file has it, pictures too. */
async function showFile(path: string, status: RecordStatus, run: Run): Promise<void> {
  const { archive, io, journal } = run
  const record = async () => {
    for await (const found of recordsIn(archive, journal, { what: [path] }, io))
      if ('record' in found) return { ...found.record, status }
    return null
  }
  await printStory(path, record, run)
}
