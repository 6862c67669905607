import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { sha256 } from '../core/hash.ts'
import manifest from '../../package.json' with { type: 'json' }
import { CONFIG_FILE } from '../config/file.ts'
import { ROWS } from '../config/keys.ts'
import { present } from '../core/present.ts'
import { callOf, isOfNpx } from '../core/setup/called.ts'
import { feedsInOpml, type ListedFeed } from '../core/setup/opml.ts'
import { configText } from '../core/setup/config-text.ts'
import { decode } from '../core/text/charset.ts'
import {
  crontabLine,
  githubWorkflow,
  networkVariables,
  shellWord,
  systemdService,
  systemdTimer,
} from '../core/setup/schedule.ts'
import { errorCode } from '../edge/file-errors.ts'
import { writeOutput } from '../edge/output.ts'
import { ArchiveError, EXIT, type ExitCode, UsageError } from '../errors.ts'
import { type Io, sayingTo } from '../io.ts'
import { isMistyped, isSection } from '../pipeline/configured/sections.ts'
import { MAX_LIST_BYTES, readInput } from './input.ts'
import { PROJECT_PAGE } from '../project.ts'
import { said, spoken, t } from '../words/words.ts'

export interface InitOptions {
  archive: string
  /** An address or page of the user's, told to the site; `null` when there is none yet. */
  contact: string | null
  /** A list of feeds to follow, as feed readers write it; `null` for none. */
  opml: string | null
  schedule: 'crontab' | 'systemd' | 'github' | null
  /** Overwrite files that are there. */
  force: boolean
  quiet: boolean
  /** The key that a flag gives another value than the configuration has that is there. */
  changed: 'archive' | 'contact' | null
}

interface Plan {
  /** Path, relative to the working folder, and text. */
  files?: [string, string][]
  /** Data for stdout. */
  data?: string
  /** What to do next. */
  next: string[]
}

/** Writes a commented configuration and, on request, a schedule; nothing that is there is overwritten unasked. */
export async function init(options: InitOptions, io: Io): Promise<ExitCode> {
  const sources = options.opml === null ? null : await sourcesIn(options.opml, io)
  const say = options.quiet ? () => {} : sayingTo(io)
  const { files = [], data = '', next } = planOf(options, io)
  const there = (path: string): boolean => existsSync(resolve(io.cwd, path))
  const configStays = options.schedule !== null && there(CONFIG_FILE) && !options.force
  // A schedule for one archive, a configuration of another: nothing of what is fetched would be kept.
  if (configStays && options.changed !== null)
    throw new UsageError(
      t`${CONFIG_FILE} is there with another "${options.changed}" than --${options.changed}; change it there, or overwrite the file with --force`,
    )
  const toWrite = [...(configStays ? [] : [[CONFIG_FILE, config(options, sources, io)] as const]), ...files]
  const inTheWay = options.force ? [] : toWrite.filter(([path]) => there(path))
  if (inTheWay.length > 0) {
    throw new UsageError(inTheWay.map(([path]) => t`${path} is there already; --force overwrites it`).join('\n'))
  }
  if (configStays) say(t`${CONFIG_FILE} is there and stays as it is`)
  for (const [path, text] of toWrite) {
    await write(resolve(io.cwd, path), text, io)
    say(t`wrote ${path}`)
    if (path === CONFIG_FILE && options.contact === null)
      say(
        `      ${t`say there how the site reaches you ("contact"), or write it by init --force --contact you@example.org`}`,
      )
  }
  await io.stdout(data)
  for (const line of next) say(line)
  return EXIT.done
}

async function write(path: string, text: string, io: Io): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeOutput([text], path, io)
  } catch (error) {
    const code = errorCode(error instanceof ArchiveError ? error.cause : error)
    throw code === null ? error : new UsageError(`${path}: ${t`cannot be written (${code})`}`)
  }
}

/** The folder of this package, which the program was started from. */
function packageFolder(io: Io): string {
  return dirname(dirname(io.invocation[1]))
}

/** Editors find the keys by it: that of the package, the one installed in the working folder first. */
function schemaPath(io: Io): string {
  const local = join(io.cwd, 'node_modules', manifest.name)
  const path = relative(io.cwd, join(existsSync(local) ? local : packageFolder(io), 'dist/config.schema.json'))
  return `${path.startsWith('.') ? '' : './'}${path.replaceAll('\\', '/')}`
}

/** The feeds of an OPML file as sources of the configuration; a folder by the name of a paper's section is none of it. */
async function sourcesIn(file: string, io: Io): Promise<ListedFeed[]> {
  const left: string[] = []
  const feeds = feedsInOpml(decode(await readInput(file, io, MAX_LIST_BYTES), null), (address) => left.push(address))
  for (const address of left) sayingTo(io)(t`${file}: ${address} is no address of the web; left out`)
  if (feeds?.length === 0 && left.length > 0) throw new UsageError(t`${file} has no feed that can be followed`)
  if (feeds === null || feeds.length === 0) throw new UsageError(t`${file} is no OPML list of feeds`)
  return feeds.map((feed) => {
    const { section } = feed
    const isTaken = section !== undefined && (isSection(section) || isMistyped(section))
    return isTaken ? { ...feed, section: `${section.slice(0, 1).toUpperCase()}${section.slice(1)}` } : feed
  })
}

function config({ archive, contact }: InitOptions, sources: ListedFeed[] | null, io: Io): string {
  // Cron and systemd know of no locale.
  const lang = spoken() === 'en' ? null : spoken()
  const given: Record<string, unknown> = {
    archive,
    ...present({ contact, lang, sources }),
  }
  const keys = ROWS.map(([key, row]) => {
    return { key, about: said(row.about), value: given[key] ?? row.example ?? row.default }
  })
  return configText(schemaPath(io), keys, new Set([...Object.keys(given), 'section']))
}

/** What no schedule finds by itself. */
const recheck = () =>
  `      ${t`"recheck": "24h" in ${CONFIG_FILE} finds edits of a text whose headline stays, for a request a story and run`}`

/** A number in [0, 1) that is the same for the same text. */
function shareOf(text: string): number {
  return Number.parseInt(sha256(text).slice(0, 8), 16) / 2 ** 32
}

/** What a scheduled run needs of this shell; a file of certificates by its whole path. */
function variables(io: Io): Record<string, string> {
  const found = networkVariables(io.env)
  const certificates = found['NODE_EXTRA_CA_CERTS']
  return certificates === undefined ? found : { ...found, NODE_EXTRA_CA_CERTS: resolve(io.cwd, certificates) }
}

function planOf({ schedule, archive }: InitOptions, io: Io): Plan {
  const job = { command: io.invocation, folder: io.cwd, random: shareOf(`${hostname()} ${io.cwd}`), env: variables(io) }
  // npx keeps its copies in a cache that is cleared now and then.
  const passing = isOfNpx(io.invocation[1]) && schedule !== 'github'
  const install = passing ? [t`this copy belongs to npx: npm install --global zaobao-archiver, then init again`] : []
  switch (schedule) {
    case null:
      return { next: [t`next: ${`${callOf(io.invocation[1], io.cwd)} fetch`}`] }
    case 'crontab':
      return {
        data: crontabLine(job),
        next: [...install, t`next: ${t`add the line above by crontab -e`}`, recheck()],
      }
    case 'systemd':
      return {
        files: [
          ['zaobao-archiver.service', systemdService(job, PROJECT_PAGE)],
          ['zaobao-archiver.timer', systemdTimer()],
        ],
        next: [
          ...install,
          t`next: ${'systemctl --user link "$PWD/zaobao-archiver.service"'}`,
          '      systemctl --user enable --now "$PWD/zaobao-archiver.timer"',
          `      loginctl enable-linger: ${t`without it the timer stands still while you are not logged in`}`,
          recheck(),
        ],
      }
    case 'github': {
      const root = repositoryOf(io.cwd)
      if (root !== null && root !== io.cwd) {
        throw new UsageError(
          t`GitHub looks for workflows in the root of a repository alone: run init in ${root}, and name the archive by --archive`,
        )
      }
      const folder = relative(io.cwd, resolve(io.cwd, archive)).replaceAll(sep, '/')
      if (isAbsolute(archive) || /^\.\.(?:\/|$)/.test(folder)) {
        throw new UsageError(
          `--archive ${archive}: ${t`a workflow has its archive in the repository; name a folder of it`}`,
        )
      }
      return {
        files: [['.github/workflows/archive.yml', githubWorkflow(manifest.version, folder || '.', job.random)]],
        next: [
          t`next: ${t`commit the files and push; the workflow needs leave to write contents`}`,
          `      ${t`until ${manifest.name} ${manifest.version} is on the registry, pack it and commit the file too:`}`,
          `      npm pack --ignore-scripts ${shellWord(packageFolder(io))}`,
        ],
      }
    }
  }
}

/** The root of the repository in which a folder is; `null` where it is in none. */
function repositoryOf(folder: string): string | null {
  if (existsSync(join(folder, '.git'))) return folder
  const above = dirname(folder)
  return above === folder ? null : repositoryOf(above)
}
