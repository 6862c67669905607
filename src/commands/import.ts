import type { Config } from '../config/keys.ts'
import { judgeClocks } from '../core/archive/clock.ts'
import { type SourceFile, wasStory } from '../core/archive/import.ts'
import { groupsOf } from '../core/groups.ts'
import { inLanes } from '../core/lanes.ts'
import { jsonLine } from '../core/text/printable.ts'
import { openArchive } from '../edge/archive/archive.ts'
import { openJournal } from '../edge/archive/journal.ts'
import { acquireLock, checkLayout } from '../edge/archive/version.ts'
import { type WorkerPool, openWorkerPool } from '../edge/worker-pool.ts'
import { openSourceFolder, type SourceFolder } from '../edge/source-folder.ts'
import { openStore } from '../edge/store/open.ts'
import type { Store } from '../edge/store/store.ts'
import { EXIT, type ExitCode, isOfOneStory } from '../errors.ts'
import { type Io, sayingTo } from '../io.ts'
import { importJobs } from '../pipeline/import/jobs.ts'
import { openImportNotes } from '../pipeline/import/notes.ts'
import { type ImportedStory, importStory, type TimeEvidence } from '../pipeline/import/story.ts'
import { commas, type Message, inEnglish, message, plural, said, t } from '../words/words.ts'
import { wordsOf } from '../words/error.ts'

/** Files and stories in hand at a time: while the disk makes one durable, others are read. */
const LANES = 8

interface ImportOptions extends Pick<Config, 'archive' | 'json' | 'quiet' | 'wait' | 'keepRevisions'> {
  dryRun: boolean
}

/** What an import did; with English reasons the one object that `--json` prints. */
export interface ImportSummary {
  source: string
  dryRun: boolean
  /** Files in the format. */
  files: number
  stories: number
  written: number
  revised: number
  unchanged: number
  /** Former texts that the files hold, beside the text that stands of each story: no more of one than are kept. */
  revisions: number
  /** Files with the very text of another file of their story. */
  duplicates: number
  /** Files whose time was put right. */
  timesRepaired: number
  /** The same by site and by what spoke for another time than `date`. */
  times: (TimeEvidence & { files: number })[]
  /** Files that are not in the format, or could not be taken in: left alone. */
  foreign: { path: string; reason: Message }[]
  /** Those of them that were of a story. */
  lost: ImportSummary['foreign']
  /** Files that someone may have written into, of whose story another text stands, and where in the archive theirs is kept. */
  kept: { path: string; kept: string }[]
  /** Stories that failed. */
  failed: { path: string; reason: Message }[]
}

/** A file that is left alone; `isLost`: it was a story's. */
type Left = ImportSummary['foreign'][number] & { isLost: boolean }

/** Takes an archive in the seed's format into this one; exit 1 where something of a story could not be taken in. */
export async function importFolder(folder: string, options: ImportOptions, io: Io): Promise<ExitCode> {
  const { dryRun, keepRevisions } = options
  const store = openStore(options.archive, io.cwd)
  const say = sayingTo(io)
  const source = await openSourceFolder(folder, io.cwd, store, say)
  await checkLayout(openStore(folder, io.cwd), say)
  const lock = dryRun ? null : await acquireLock(store, { ...io, waitMs: options.wait, report: say })
  const pool = openWorkerPool(importJobs, io.v8)
  try {
    const archive = await openArchive(store, { write: !dryRun, keepRevisions, report: say })
    const notes = openImportNotes(archive, openJournal(store, say, !dryRun), io.now)
    const summary = emptySummary(folder, dryRun)
    const files = await describeAll(source, pool, summary, io)
    const wrongClocks = judgeClocks(files.filter(({ body, isStamped }) => body === 'html' && isStamped))
    const groups = groupsOf(files, ({ story }) => story)
    let done = 0
    const placing = inLanes(groups, LANES, async (group) => {
      io.signal.throwIfAborted()
      io.progress({ what: 'import', done, total: groups.length, label: group[0]?.path ?? '' })
      try {
        const story = await importStory(group, { archive, source, pool, wrongClocks, dryRun })
        count(story, summary)
        if (story.there !== null) await notes.add(story.there)
      } catch (error) {
        if (!(error instanceof Error) || !isOfOneStory(error)) throw error
        summary.failed.push({ path: group[0]?.path ?? '', reason: wordsOf(error) })
      }
      done += 1
    })
    await placing.finally(() => notes.close())
    if (!dryRun) await archive.close()
    for (const list of [summary.foreign, summary.lost, summary.kept, summary.failed])
      list.sort((a, b) => (a.path < b.path ? -1 : 1))
    summary.times.sort((a, b) => (a.site === b.site ? b.files - a.files : a.site < b.site ? -1 : 1))
    await tell(summary, source, store, options, io, say)
    return summary.failed.length + summary.lost.length > 0 ? EXIT.storiesFailed : EXIT.done
  } finally {
    await pool.close()
    await lock?.release()
  }
}

function emptySummary(source: string, dryRun: boolean): ImportSummary {
  const counts = { files: 0, stories: 0, written: 0, revised: 0, unchanged: 0 }
  const found = { foreign: [], lost: [], kept: [], failed: [], times: [] }
  return { source, dryRun, ...counts, revisions: 0, duplicates: 0, timesRepaired: 0, ...found }
}

async function describeAll(
  source: SourceFolder,
  pool: WorkerPool<typeof importJobs>,
  summary: ImportSummary,
  io: Io,
): Promise<SourceFile[]> {
  const found: (SourceFile | Left)[] = []
  await inLanes(source.files(), LANES, async ({ path, why, isRefused = false }, index) => {
    io.signal.throwIfAborted()
    io.progress({ what: 'import', done: index, total: null, label: path })
    found[index] = why !== null ? leftOf(path, null, why, isRefused) : await describe(path, source, pool)
  })
  const files = found.filter((file) => 'id' in file)
  const left = found.filter((file) => 'reason' in file)
  summary.foreign = left.map(({ path, reason }) => ({ path, reason }))
  summary.lost = summary.foreign.filter((_, at) => left[at]?.isLost)
  summary.files = files.length
  return files
}

function leftOf(path: string, text: string | null, reason: Message, isRefused = false): Left {
  return { path, reason, isLost: isRefused || wasStory(path, text) }
}

async function describe(
  path: string,
  source: SourceFolder,
  pool: WorkerPool<typeof importJobs>,
): Promise<SourceFile | Left> {
  if (!/\.(?:md|markdown)$/i.test(path)) return leftOf(path, '', message`is no Markdown file`)
  const read = await source.read(path)
  if ('why' in read) return leftOf(path, read.guess ?? null, read.why, read.isRefused)
  const found = await pool.do('describe', { path, text: read.text })
  return 'why' in found ? leftOf(path, read.text, found.why) : found
}

function count(story: ImportedStory, summary: ImportSummary): void {
  for (const list of [summary.foreign, summary.lost]) list.push(...story.left, ...story.leftFormer)
  summary.kept.push(...story.kept)
  summary.files -= story.left.length
  if (story.taken === 0) return
  summary.stories += 1
  summary[story.outcome === 'older' ? 'unchanged' : story.outcome] += 1
  summary.revisions += story.revisions
  summary.duplicates += story.duplicates
  summary.timesRepaired += story.times.length
  for (const { site, evidence } of story.times) {
    const known = summary.times.find((same) => same.site === site && same.evidence === evidence)
    if (known === undefined) summary.times.push({ site, evidence, files: 1 })
    else known.files += 1
  }
}

const EVIDENCE: Record<TimeEvidence['evidence'], Message> = {
  address: message`moved back by 8 hours, since the comment is of the day in the address on that clock alone`,
  date: message`moved back by 8 hours, since the comment lies ahead of the date`,
  neighbours: message`moved back by 8 hours, since those nearest in time were 8 hours ahead`,
  comment: message`taken from the comment, since the date is that of a run`,
}

async function tell(
  summary: ImportSummary,
  source: SourceFolder,
  store: Store,
  options: ImportOptions,
  io: Io,
  say: (line: string) => void,
): Promise<void> {
  for (const { path, reason } of summary.failed) say(`${source.shown(path)}: ${said(reason)}`)
  if (options.json) await io.stdout(jsonLine(summary, inEnglish))
  for (const { path, reason } of options.quiet ? summary.lost : summary.foreign)
    say(`${source.shown(path)}: ${t`left alone: ${reason}`}`)
  if (options.quiet) return
  for (const { path, kept } of summary.kept) {
    const where = store.shown(kept)
    say(`${source.shown(path)}: ${t`its story has another text, which stands; this one is kept in ${where}`}`)
  }
  for (const { site, evidence, files } of summary.times) {
    const why = EVIDENCE[evidence]
    say(`${site}: ${plural(files, t`${files} time ${why}`, t`${files} times ${why}`)}`)
  }
  const { files, stories, written, revised, unchanged, revisions, duplicates, timesRepaired } = summary
  const lost = summary.lost.length + summary.failed.length
  const foreign = summary.foreign.length - summary.lost.length
  const [ofFiles, ofStories] = [
    plural(files, t`${files} file`, t`${files} files`),
    plural(stories, t`${stories} story`, t`${stories} stories`),
  ]
  const [former, twice, repaired, left] = [
    plural(revisions, t`${revisions} former text`, t`${revisions} former texts`),
    plural(duplicates, t`${duplicates} duplicate`, t`${duplicates} duplicates`),
    plural(timesRepaired, t`${timesRepaired} time put right`, t`${timesRepaired} times put right`),
    plural(foreign, t`${foreign} foreign file left alone`, t`${foreign} foreign files left alone`),
  ]
  const notTaken = plural(lost, t`${lost} file of a story not taken in`, t`${lost} files of stories not taken in`)
  const rest = commas([former, twice, repaired, left, lost > 0 && notTaken])
  const done = t`${ofFiles}, ${ofStories}: ${written} written, ${revised} revised, ${unchanged} unchanged; ${rest}`
  say(`import: ${summary.dryRun ? t`${done} (dry run: nothing was written)` : done}`)
}
