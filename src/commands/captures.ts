import { capturesIn } from '../edge/warc/files.ts'
import type { ExitCode } from '../errors.ts'
import type { Io } from '../io.ts'
import { captureFolder } from '../pipeline/client.ts'
import { archiveCaptures } from '../pipeline/captures/archive-captures.ts'
import { isNews, isSource } from '../pipeline/captures/rounds.ts'
import type { RunConfig } from '../pipeline/run.ts'
import { spanOf } from '../pipeline/sources/span.ts'
import { sourcesOf } from '../pipeline/configured/sources.ts'
import { DEFAULT_PUBLISHER, identify } from '../sites/publishers.ts'
import { readNames } from './addresses.ts'
import type { BackfillTargets } from './backfill.ts'

/**
 * Archives stories from WARC files, as if each page were asked for when it was captured: the oldest first, so that later texts
 * revise earlier ones. What the archive read later than a capture stays. Nothing is asked of any site.
 */
export async function backfillCaptures(
  config: RunConfig,
  wanted: BackfillTargets,
  files: readonly string[],
  io: Io,
): Promise<ExitCode> {
  const names = await readNames(wanted.urls, wanted.file, io)
  const given = new Set([...names.ids.keys(), ...Array.from(names.addresses, (url) => identify(url).id)])
  const asking = {
    command: 'backfill',
    ids: given.size > 0 ? given : null,
    hosts: Array.from(names.addresses, (url) => new URL(url).hostname),
    sources: sourcesOf(config),
    span: spanOf(wanted.from, wanted.to, [{ publisher: DEFAULT_PUBLISHER }], io.now()),
    order: wanted.order,
    isDue: isNews,
    faults: names.faults,
  }
  return archiveCaptures(config, asking, files, io)
}

/** Makes the stories of an archive again from the pages that it kept of them, with what this version knows. */
export async function reextractCaptures(config: RunConfig, io: Io): Promise<ExitCode> {
  const files = await capturesIn(captureFolder(config), io.cwd)
  const sources = sourcesOf(config)
  const asking = {
    command: 'verify',
    ids: null,
    hosts: [],
    sources,
    span: null,
    order: 'oldest',
    isDue: isSource,
    faults: [],
  } as const
  return archiveCaptures(config, asking, files, io)
}
