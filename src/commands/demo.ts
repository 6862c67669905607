import { fileURLToPath } from 'node:url'
import { callOf } from '../core/setup/called.ts'
import { shellWord } from '../core/setup/schedule.ts'
import { openRecorded } from '../edge/http/recorded.ts'
import { temporaryFolder } from '../edge/temporary.ts'
import { EXIT, type ExitCode } from '../errors.ts'
import { type Io, sayingTo } from '../io.ts'
import type { RunConfig } from '../pipeline/run.ts'
import { fileOfProject } from '../project.ts'
import { fetch } from './fetch.ts'
import { t } from '../words/words.ts'

/** The feed of the recorded site. */
const FEED = 'https://rsshub.example.org/zaobao/realtime/china'

const SITE = fileURLToPath(fileOfProject('fixtures/site'))

/** The whole job against the recorded site: into the archive given, else into a new temporary folder. */
export async function demo(config: Omit<RunConfig, 'archive'> & { archive: string | null }, io: Io): Promise<ExitCode> {
  const archive = config.archive ?? (await temporaryFolder('zaobao-demo-'))
  const recorded = { ...config, archive, feed: [FEED] }
  const code = await fetch(recorded, io, () => openRecorded(SITE))
  if (code !== EXIT.done || config.quiet) return code
  const given = `--archive ${shellWord(archive)}`
  const call = callOf(io.invocation[1], io.cwd)
  const next = [`demo ${given}`, `search ${given} 浮桥`, `serve ${given}`].map((line) => `  ${call} ${line}`)
  const say = sayingTo(io)
  say(t`the archive is in ${archive}; the demo again finds nothing new, search and serve read it:`)
  for (const line of next) say(line)
  return code
}
