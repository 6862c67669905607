import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fetch } from '../../src/commands/fetch.ts'
import { valueOf } from '../../src/core/document/document.ts'
import { parseDocument } from '../../src/core/document/parse.ts'
import { parseState } from '../../src/core/archive/state.ts'
import { identify } from '../../src/sites/publishers.ts'
import { createHttp } from '../../src/edge/http/http.ts'
import type { MakeHttp } from '../../src/pipeline/client.ts'
import { configOf, testIo } from '../support/io.ts'
import {
  chance,
  HOUR_MS,
  isIn,
  type Newsroom,
  openNewsroom,
  type Plan,
  planWeek,
  type Story,
  type Version,
} from '../support/newsroom.ts'
import { folder, storiesIn } from '../support/program.ts'

const START = Date.parse('2026-11-27T06:00:00+08:00')
const WEEK_HOURS = 7 * 24
const QUIET_HOURS = 6
const NEAR_HOURS = 1
const RECHECK_EVERY = 12
/** Other weeks: a number that is added to each seed. */
const SHIFT = Number(process.env['WEEK_SEED'] ?? 0)

let home: ReturnType<typeof folder>
let newsroom: Newsroom
let plan: Plan
let nowMs: number
/** Requests that a run dropped as it was ended, whatever the server had answered. */
let dropped: string[]

beforeEach(() => {
  home = folder()
})
afterEach(async () => {
  await newsroom.close()
  home.remove()
})

/** The real client, led to the servers on loopback. */
const ledHome: MakeHttp = (options) => {
  const client = createHttp({ ...options, allowPrivate: true, allowHosts: () => true })
  const swap = (url: string, pairs: Iterable<readonly [string, string]>) => {
    for (const [from, to] of pairs) if (url.startsWith(`${from}/`)) return to + url.slice(from.length)
    return url
  }
  return Promise.resolve({
    async get(url, request) {
      const response = await client.get(swap(url, newsroom.origins), request).catch((error: unknown) => {
        dropped.push(url)
        throw error
      })
      if (response.kind === 'failed') return response
      const back = swap(
        response.url,
        [...newsroom.origins].map(([known, served]) => [served, known] as const),
      )
      return { ...response, url: back, permanentUrl: null }
    },
    close: () => client.close(),
  })
}

interface Options {
  sources: unknown
  /** Hours between two polls where the paper is in trouble or in haste; 1 where nothing is said. */
  every?: number
  /** Of the runs that read nothing again. */
  limit?: number
  /** Some runs are ended after so many requests. */
  interrupt?: boolean
}

/**
 * The hour of the next poll: soon where something of the plan begins or ends, each sixth hour where a poll would try what
 * the one before it tried.
 */
function nextPoll(hour: number, every: number): number {
  if (hour >= WEEK_HOURS) return hour + 12
  const turns = [plan.outage, plan.challenge, plan.abroad, plan.stale, plan.burst].flat()
  const isNear = turns.some((ms) => Math.abs(ms - START - hour * HOUR_MS) < NEAR_HOURS * HOUR_MS)
  const step = isNear ? every : QUIET_HOURS
  return hour + step - (hour % step)
}

/** Polls for a week and until what failed had its time; twice a day one reads young stories again. */
async function live(seed: number, options: Options): Promise<{ codes: number[]; rechecks: [number, number][] }> {
  nowMs = START
  plan = planWeek(seed, START)
  newsroom = await openNewsroom(plan, () => nowMs)
  const random = chance(seed + 1)
  const codes: number[] = []
  const rechecks: [number, number][] = []
  const flags = {
    archive: join(home.path, 'archive'),
    section: ['china', 'world'],
    rate: '100/s',
    sources: options.sources,
  }
  for (let hour = 0; hour < WEEK_HOURS + 72; hour = nextPoll(hour, options.every ?? 1)) {
    nowMs = Math.max(nowMs, START + hour * HOUR_MS)
    const rechecked = hour % RECHECK_EVERY === 0
    const config = {
      ...(await configOf({ ...flags, ...(rechecked ? { recheck: '48h' } : { limit: options.limit }) }, home.path)),
      dryRun: false,
    }
    const controller = new AbortController()
    let sleeps = options.interrupt === true && random() < 0.08 ? Math.floor(random() * 12) : Number.POSITIVE_INFINITY
    const io = {
      ...testIo(home.path),
      signal: controller.signal,
      now: () => nowMs,
      sleep: async (ms: number) => {
        nowMs += ms
        sleeps -= 1
        if (sleeps < 0) controller.abort()
      },
    }
    const startedMs = nowMs
    const askedBefore = newsroom.asked.length
    dropped = []
    try {
      codes.push(await fetch(config, io, ledHome))
    } catch (error) {
      if (!controller.signal.aborted) throw error
    }
    for (const answer of newsroom.asked.slice(askedBefore))
      if (dropped.some((url) => identify(url).id === answer.id)) answer.version = null
    if (rechecked) rechecks.push([startedMs, nowMs + 1])
  }
  return { codes, rechecks }
}

/** The number of the text in a file of the archive. */
function versionIn(text: string, story: Story): number {
  const document = parseDocument(text)
  const title = valueOf(document, 'title')
  const body = ({ lead, paragraphs }: Version) =>
    [...(lead === null ? [] : [`![${lead.caption}](${lead.url})`, lead.caption]), ...paragraphs].join('\n\n')
  return story.versions.findLastIndex((version) => version.title === title && `${body(version)}\n` === document.body)
}

function check(rechecks: readonly [number, number][], sources: number): void {
  const archive = join(home.path, 'archive')
  const files = storiesIn(archive)
  const wanted = plan.stories.filter(({ section }) => section !== 'sports')
  const byId = new Map<string, string[]>()
  for (const path of files.keys()) {
    const id = /^\d{4}-\d\d-\d\d\/\d{4}-\d\d-\d\d-(\d+)-/.exec(path)?.[1] ?? path
    byId.set(id, [...(byId.get(id) ?? []), path])
  }
  const faults: string[] = []
  for (const story of wanted) {
    const { id } = story
    const asked = newsroom.asked.filter((each) => each.id === id)
    const served = [...new Set(asked.flatMap(({ version }) => version ?? []))]
    const paths = byId.get(id) ?? []
    byId.delete(id)
    const never = story.goneMs < Number.POSITIVE_INFINITY || story.trouble?.untilMs === Number.POSITIVE_INFINITY
    if (paths.length !== 1 && !(never && served.length === 0 && paths.length === 0)) {
      faults.push(`${id}: ${paths.length} files; asked ${JSON.stringify(asked)}`)
      continue
    }
    const [path = ''] = paths
    if (path === '') continue
    const former = join(archive, '.zaobao/revisions', path.slice(0, 10), id)
    const numbers = existsSync(former)
      ? readdirSync(former)
          .map((name) => Number.parseInt(name, 10))
          .toSorted((a, b) => a - b)
      : []
    const texts = [...numbers.map((n) => readFileSync(join(former, `${n}.md`), 'utf8')), files.get(path) ?? '']
    const kept = texts.map((text) => versionIn(text, story))
    const last = story.goneMs < Number.POSITIVE_INFINITY ? Math.max(...served, ...kept) : story.versions.length - 1
    if (kept.includes(-1)) faults.push(`${id}: a text that it never had: ${texts[kept.indexOf(-1)]}`)
    if (kept.at(-1) !== last)
      faults.push(`${id}: its last text is ${last}, kept are ${kept.join(',')}; asked ${JSON.stringify(asked)}`)
    if (kept.some((version, index) => index > 0 && version <= (kept[index - 1] ?? -1)))
      faults.push(`${id}: kept are ${kept.join(',')}`)
    if (served.some((version) => !kept.includes(version)))
      faults.push(`${id}: read ${served.join(',')}, kept ${kept.join(',')}`)
    const uncaused = asked.slice(1).filter(({ atMs }, index) => {
      const before = asked[index]
      if (before === undefined || before.version === null) return false
      // A site that refuses all is left alone, its pages unasked: what was to be read again waits until it is well.
      const isOwed = rechecks.some(
        (run) =>
          run[0] > before.atMs && run[0] <= atMs && [plan.outage, plan.challenge].some((span) => isIn(span, run[0])),
      )
      return !isOwed && !rechecks.some((run) => isIn(run, atMs) && !isIn(run, before.atMs))
    })
    if (uncaused.length > (story.versions.length - 1) * sources)
      faults.push(`${id}: asked without cause: ${JSON.stringify(asked)}`)
  }
  faults.push(...[...byId].map(([id, paths]) => `${id}: never asked for, or no story: ${paths.join(', ')}`))
  expect(faults).toEqual([])
}

describe('a week of the paper', () => {
  const feeds = [{ rsshub: 'https://rsshub.example.org' }]
  test.each<[number, string, Options]>([
    [1, 'lists', { sources: ['list', 'json'] }],
    [2, 'lists and a feed', { sources: ['list', 'json', ...feeds] }],
    [3, 'a feed alone, each second hour', { sources: feeds, every: 2 }],
    [4, 'a limit and runs that are interrupted', { sources: ['list', 'json', ...feeds], limit: 15, interrupt: true }],
    [5, 'the list page alone, interrupted', { sources: ['list'], interrupt: true }],
  ])('seed %i: %s', async (seed, _name, options) => {
    const { codes, rechecks } = await live(seed + SHIFT, options)
    check(rechecks, Array.isArray(options.sources) ? options.sources.length : 1)
    const state = parseState(readFileSync(join(home.path, 'archive/.zaobao/state.json'), 'utf8'))
    expect(state?.gaps).toEqual([])
    const hopeless = plan.stories.filter(({ trouble }) => trouble?.untilMs === Number.POSITIVE_INFINITY)
    const waiting = state?.queue.filter(({ nextTry }) => nextTry !== null) ?? []
    expect(waiting.filter(({ id }) => !hopeless.some((story) => story.id === id))).toEqual([])
    expect(codes.filter((code) => code !== 0 && code !== 1).length).toBeLessThanOrEqual(25)
  })
})
