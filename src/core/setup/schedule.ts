/** Schedules as text: what `init` writes for cron, systemd and GitHub Actions. Pure: the caller knows the paths. */

/** Minutes between two runs. */
const EVERY = 10
const EVERY_ON_GITHUB = 30

export interface Job {
  /** The interpreter and the script, absolute. */
  command: readonly [string, string]
  /** Where the configuration is, absolute. */
  folder: string
  /** In [0, 1): not everyone is to come at the same minute. */
  random: number
}

/** A word for sh: in single quotes where it needs them. */
export function shellWord(word: string): string {
  return /^[\w./@:+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}

/** A line for crontab: mail only on trouble, since nothing else is printed. In crontab an unescaped % ends the line. */
export function crontabLine({ command, folder, random }: Job): string {
  const words = [...command.map(shellWord), 'fetch', '--quiet', '--wait', '5m']
  const line = `cd ${shellWord(folder)} && ${words.join(' ')}`
  return `${Math.floor(random * EVERY)}-59/${EVERY} * * * * ${line.replaceAll('%', String.raw`\%`)}\n`
}

/** A word for systemd's ExecStart. */
function unitWord(word: string): string {
  const escaped = word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$')
  return /^[\w./@:+-]+$/.test(word) ? word : `"${escaped}"`
}

/** The service that one run is; `projectPage` says what it is. 75 is no failure: another run was at work, or the site asked for a pause. */
export function systemdService({ command, folder }: Job, projectPage: string): string {
  return `[Unit]
Description=Archive the news of Lianhe Zaobao
Documentation=${projectPage}

[Service]
Type=oneshot
WorkingDirectory=${folder.replaceAll('%', '%%')}
ExecStart=${[...command.map(unitWord), 'fetch'].join(' ')}
SuccessExitStatus=75
NoNewPrivileges=true
`
}

export function systemdTimer(): string {
  return `[Unit]
Description=Archive the news of Lianhe Zaobao every ${EVERY} minutes

[Timer]
OnCalendar=*:0/${EVERY}
RandomizedDelaySec=2m
Persistent=true

[Install]
WantedBy=timers.target
`
}

/** A workflow that fetches, commits what is new and pushes. `archive` is relative to the repository. */
export function githubWorkflow(version: string, archive: string, random: number): string {
  const minute = Math.floor(random * EVERY_ON_GITHUB)
  const folder = archive.replace(/^\.\//, '').replace(/\/+$/, '')
  return `name: archive
on:
  schedule:
    - cron: '${minute},${minute + EVERY_ON_GITHUB} * * * *'
  workflow_dispatch:

permissions:
  contents: write

# One run at a time; the next one waits.
concurrency:
  group: archive

jobs:
  fetch:
    runs-on: ubuntu-latest
    timeout-minutes: 25
    env:
      ARCHIVE: ${JSON.stringify(folder)}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      # What the program remembers between runs: losing it costs requests, never a story.
      - uses: actions/cache@v4
        with:
          path: |
            ${folder}/.zaobao
            !${folder}/.zaobao/revisions
          key: zaobao-\${{ github.run_id }}
          restore-keys: zaobao-
      - name: Fetch
        env:
          # The run ends before the job does: what it archived is committed, the next one goes on.
          ZAOBAO_MAX_TIME: 20m
        run: |
          # A package that npm pack made, committed here, goes before the registry.
          package=zaobao-archiver@${version}
          if [ -f zaobao-archiver-${version}.tgz ]; then package=./zaobao-archiver-${version}.tgz; fi
          code=0
          npx --yes --package="$package" -- zaobao-archiver fetch || code=$?
          # 75: the site asked for a pause; the next run goes on.
          if [ "$code" -ne 0 ] && [ "$code" -ne 75 ]; then exit "$code"; fi
      # Also when some stories failed: what was archived is kept, and the run is red.
      - name: Commit what is new
        if: \${{ !cancelled() }}
        run: |
          if [ ! -d "$ARCHIVE" ]; then exit 0; fi
          git add --all -- "$ARCHIVE"
          if git diff --cached --quiet; then exit 0; fi
          git config user.name 'github-actions[bot]'
          git config user.email '41898282+github-actions[bot]@users.noreply.github.com'
          git commit --quiet --message "archive: $(git diff --cached --name-only | wc -l) files"
          git pull --quiet --rebase
          git push --quiet
`
}
