import { decode } from '../core/charset.ts'
import { identify } from '../core/identity.ts'
import type { Candidate } from '../core/plan.ts'
import { type ExitCode, UsageError } from '../errors.ts'
import type { Io } from '../io.ts'
import { archiveAll } from '../pipeline/archive-all.ts'
import { hasPage } from '../pipeline/poll.ts'
import { exitCodeOf, type MakeHttp, overTheNetwork, type Run, type RunConfig, withRun } from '../pipeline/run.ts'
import { readInput } from './input.ts'

/** What is to be archived. */
export interface Wanted {
  /** Addresses; `-` reads them from standard input. */
  urls: readonly string[]
  /** A file of addresses, one a line. */
  file: string | null
  order: 'newest' | 'oldest'
}

/** Stories in one go; between two of them a waiting run is let in, when it is time. */
const BATCH = 20
const LET_IN_EVERY_MS = 30_000

/** Archives given stories; running it again goes on where it stopped, since what is archived is not asked for. */
export async function backfill(
  config: RunConfig,
  wanted: Wanted,
  io: Io,
  makeHttp: MakeHttp = overTheNetwork,
): Promise<ExitCode> {
  const candidates = inOrder(await candidatesOf(wanted, io), wanted.order)
  if (candidates.length === 0)
    throw new UsageError('backfill needs addresses: as arguments, by --file, or - for standard input')
  const hosts = candidates.map(({ url }) => new URL(url).hostname)
  return withRun('backfill', config, io, hosts, makeHttp, async (run) => {
    run.report.expect('backfill', candidates.length)
    const failed = await inBatches(candidates, run)
    run.report.summary('backfill')
    const { written, revised, unchanged, waiting } = run.report.tally
    return exitCodeOf({ waiting: waiting > 0 && written + revised + unchanged === 0, noSource: false, failed })
  })
}

async function inBatches(candidates: readonly Candidate[], run: Run): Promise<boolean> {
  let failed = false
  let letIn = run.io.now()
  let left = run.config.limit ?? Number.POSITIVE_INFINITY
  for (let at = 0; at < candidates.length && left > 0; at += BATCH) {
    const done = await archiveAll(candidates.slice(at, at + BATCH), run, left)
    failed ||= done.failed
    left -= done.fetched
    if (run.io.now() - letIn < LET_IN_EVERY_MS) continue
    await run.letOthersIn()
    letIn = run.io.now()
  }
  return failed
}

async function candidatesOf({ urls, file }: Wanted, io: Io): Promise<Candidate[]> {
  const found = new Map<string, Candidate>()
  const add = (text: string, where: string) => {
    const url = asAddress(text)
    if (url === null) throw new UsageError(`${where}"${text}" is no address of a Zaobao story`)
    const { id, day } = identify(url)
    if (!found.has(id)) found.set(id, { id, day, url, title: null, published: null, html: null, seen: {} })
  }
  for (const url of urls) if (url !== '-') add(url, '')
  for (const list of [...(urls.includes('-') ? ['-'] : []), ...(file === null ? [] : [file])]) {
    const lines = decode(await readInput(list, io), null).split(/\r?\n/)
    for (const [index, line] of lines.entries()) {
      const text = line.trim()
      if (text !== '' && !text.startsWith('#'))
        add(text, `${list === '-' ? 'standard input' : list}: line ${index + 1}: `)
    }
  }
  return [...found.values()]
}

function asAddress(text: string): string | null {
  const url = /^[\w-]+(\.[\w-]+)+\//.test(text) ? `https://${text}` : text
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && hasPage(url) ? url : null
}

function inOrder(candidates: readonly Candidate[], order: Wanted['order']): Candidate[] {
  const key = ({ day, id }: Candidate) => `${day ?? '0000-00-00'} ${id.padStart(20, '0')}`
  const oldest = candidates.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
  return order === 'oldest' ? oldest : oldest.toReversed()
}
