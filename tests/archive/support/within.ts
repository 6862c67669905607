/** Programs over the failing file system, run within the process of a test. */
import { exportSite } from '../../../src/commands/export-site.ts'
import { run } from '../../../src/program.ts'
import { speak, spoken } from '../../../src/words/words.ts'
import { archiveRun } from './archive-run.ts'
import { lifeOf } from './failing-fs.ts'
import { watchedIo, type Watched } from './io.ts'
import { mend } from './mend.ts'
import type { Ended } from './program.ts'

/** The programs that tests start: what each does of its arguments. */
const PROGRAMS = {
  'archiver.ts': ([root = '', phase = 'run']: readonly string[], io: Watched) =>
    archiveRun(root, phase, (line) => io.stderr(`${line}\n`)),
  'command.ts': ([archive = '', source]: readonly string[], io: Watched) => mend(archive, source, io),
  'site.ts': ([archive = '', site = '']: readonly string[], io: Watched) =>
    exportSite(site, { archive, quiet: true }, io, async () => Buffer.from('search')),
  '../../../src/main.ts': (args: readonly string[], io: Watched) => run(args, io),
}

export type Program = keyof typeof PROGRAMS

/** How a program ends within this process, killed as a process is or not; in Chinese where `SPEAK` is `zh`. */
export async function within(program: Program, args: readonly string[], env: Record<string, string>): Promise<Ended> {
  const io = watchedIo()
  const language = spoken()
  const ended = (code: number | null, said = '') => ({
    ...{ code, signal: code === null ? ('SIGKILL' as const) : null },
    ...{ stdout: io.out, stderr: io.words + said },
  })
  try {
    if (env['SPEAK'] === 'zh') await speak('zh')
    return ended(await lifeOf(env, () => PROGRAMS[program](args, io)))
  } catch (error) {
    // What nobody catches ends a process.
    return ended(1, String(error))
  } finally {
    await speak(language)
  }
}
