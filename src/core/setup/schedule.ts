import { inSingleQuotes } from '../text/quoted.ts'
import { t } from '../../words/words.ts'

/** Schedules as text: what `init` writes for cron, systemd and GitHub Actions. Pure: the caller knows the paths. */

/** Minutes between two runs. */
const EVERY = 10
const EVERY_ON_GITHUB = 30

interface Job {
  /** The interpreter and the script, absolute. */
  command: readonly [string, string]
  /** Where the configuration is, absolute. */
  folder: string
  /** In [0, 1), the same whenever it is asked for: not everyone is to come at the same minute. */
  random: number
  /** What the command needs of the environment, which cron and systemd do not hand on. */
  env?: Readonly<Record<string, string>>
}

/** Of an environment, what reaching the network depends on: proxies, and certificates of one's own. */
const NETWORK = /^(?:https?_proxy|all_proxy|no_proxy|node_extra_ca_certs)$/i

/** The variables that a scheduled run needs as the shell has them. */
export function networkVariables(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const own = Object.entries(env).filter(([name, value]) => NETWORK.test(name) && value !== undefined && value !== '')
  return Object.fromEntries(own) as Record<string, string>
}

/** What a run is told, behind the program. */
const RUN = ['fetch', '--quiet', '--wait', '5m']

/** A word that means itself, to sh and to systemd. */
const PLAIN = /^[\w./@:+-]+$/

/** A word for sh: in single quotes where it needs them. */
export function shellWord(word: string): string {
  return PLAIN.test(word) ? word : inSingleQuotes(word)
}

/** A line for crontab: mail only on trouble, since nothing else is printed. In crontab an unescaped % ends the line. */
export function crontabLine({ command, folder, random, env = {} }: Job): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${shellWord(value)}`)
  const words = [...variables, ...command.map(shellWord), ...RUN]
  const line = `cd ${shellWord(folder)} && ${words.join(' ')}`
  return `${Math.floor(random * EVERY)}-59/${EVERY} * * * * ${line.replaceAll('%', String.raw`\%`)}\n`
}

/** A word for systemd's ExecStart. */
function unitWord(word: string): string {
  return PLAIN.test(word) ? word : unitValue(word).replaceAll('$', '$$$$')
}

/** An assignment for systemd's Environment, where a `$` is a `$`. */
function unitValue(assignment: string): string {
  return `"${assignment.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%')}"`
}

/** The service that one run is; `projectPage` says what it is. 75 is no failure: another run was at work, or the site asked for a pause. */
export function systemdService({ command, folder, env = {} }: Job, projectPage: string): string {
  const variables = Object.entries(env).map(([name, value]) => `Environment=${unitValue(`${name}=${value}`)}\n`)
  return `[Unit]
Description=${t`Archive the news of Lianhe Zaobao`}
Documentation=${projectPage}

[Service]
Type=oneshot
WorkingDirectory=${folder.replaceAll('%', '%%')}
${variables.join('')}ExecStart=${[...command.map(unitWord), ...RUN].join(' ')}
SuccessExitStatus=75
NoNewPrivileges=true
`
}

export function systemdTimer(): string {
  return `[Unit]
Description=${t`Archive the news of Lianhe Zaobao every ${EVERY} minutes`}

[Timer]
OnCalendar=*:0/${EVERY}
RandomizedDelaySec=${EVERY - 1}m
FixedRandomDelay=true
Persistent=true

[Install]
WantedBy=timers.target
`
}

/** A workflow that fetches, commits what is new and pushes. `folder` is the archive's, relative to the repository, with `/`. */
export function githubWorkflow(version: string, folder: string, random: number): string {
  const minute = Math.floor(random * EVERY_ON_GITHUB)
  const cached = `path: |
            ${folder}/.zaobao
            !${folder}/.zaobao/revisions
          key: zaobao-\${{ github.run_id }}-\${{ github.run_attempt }}`
  return `name: archive
on:
  schedule:
    - cron: '${minute},${minute + EVERY_ON_GITHUB} * * * *'
  workflow_dispatch:

permissions:
  contents: write

# ${t`One run at a time; the next one waits.`}
concurrency:
  group: archive

jobs:
  fetch:
    runs-on: ubuntu-latest
    timeout-minutes: 25
    env:
      ARCHIVE: ${JSON.stringify(folder)}
    steps:
      - uses: actions/checkout@v5
        with:
          # ${t`The branch as it is now: a run that waited began before the last one pushed.`}
          ref: \${{ github.ref_name }}
      - uses: actions/setup-node@v5
        with:
          node-version: 24
      # ${t`What the program remembers between runs: what waits to be tried again, and what was said.`}
      - uses: actions/cache/restore@v5
        with:
          ${cached}
          restore-keys: zaobao-
      - name: ${t`Fetch`}
        env:
          # ${t`The run ends before the job does: what it archived is committed, the next one goes on.`}
          ZAOBAO_MAX_TIME: 20m
          # ${t`Trouble that goes on is said at its second run, once a day, and when it is over.`}
          ZAOBAO_QUIET: 'true'
        run: |
          # ${t`A package that npm pack made, committed here, goes before the registry.`}
          package=zaobao-archiver@${version}
          if [ -f zaobao-archiver-${version}.tgz ]; then package=./zaobao-archiver-${version}.tgz; fi
          code=0
          words=$(mktemp)
          npx --yes --package="$package" -- zaobao-archiver fetch 2> "$words" || code=$?
          cat "$words" >&2
          # ${t`A red run is a mail: only where there is something to say. 75: the site asked for a pause; the next run goes on.`}
          if grep -qv '^npm ' "$words" && [ "$code" -ne 75 ]; then exit "$code"; fi
      # ${t`Also when some stories failed: what was archived is kept, and the run is red.`}
      - name: ${t`Commit what is new`}
        id: commit
        if: \${{ !cancelled() }}
        run: |
          if [ ! -d "$ARCHIVE" ]; then exit 0; fi
          # ${t`GitHub takes no file of 100 MB: captures stay out.`}
          git add --all -- "$ARCHIVE" ":(exclude)$ARCHIVE/warc"
          if git diff --cached --quiet; then exit 0; fi
          git config user.name 'github-actions[bot]'
          git config user.email '41898282+github-actions[bot]@users.noreply.github.com'
          git commit --quiet --message "archive: $(git diff --cached --name-only | wc -l) files"
          git pull --quiet --rebase --autostash
          git push --quiet
      # ${t`Also after a red run; never of stories that were not pushed.`}
      - uses: actions/cache/save@v5
        if: \${{ !cancelled() && steps.commit.outcome == 'success' }}
        with:
          ${cached}
`
}
