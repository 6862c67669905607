import { type Message, clauses, commas, message, partsSaid, plural, said, t } from '../../words/words.ts'
import { GENERIC, REFUSALS } from '../extraction.ts'
import { figures } from '../counts.ts'
import { underOneAnother } from '../text/columns.ts'
import { minuteOf } from '../time.ts'
import { printDuration } from '../units.ts'
import type {
  Agreement,
  Answered,
  DataReport,
  EditionReport,
  Finding,
  Report,
  SourceReport,
  StoryReport,
} from './report.ts'
import { isExcused } from './verdict.ts'

const percent = (part: number): string => t`${Math.round(part * 100)} %`

/** Reasons, where more is to be said than their name. */
const REASONS: Readonly<Record<string, Message>> = {
  ...REFUSALS,
  unknown: message`of no known kind`,
  unclaimed: message`of no known layout`,
  empty: message`empty, which it never should be`,
  cut: message`cut off`,
  elsewhere: message`it leads to another page`,
  home: message`a home page or a list`,
  story: message`a story came`,
  robots: message`robots.txt forbids it or cannot be read`,
  wait: message`the site asked to wait`,
  refusing: message`left alone, since it refused several requests`,
  missing: message`not there`,
  challenge: message`a challenge`,
  connect: message`no connection`,
  dns: message`the name does not resolve`,
  proxy: message`the proxy cannot be used`,
  tls: message`no trusted connection`,
  timeout: message`no answer in time`,
  reset: message`the connection was reset`,
  truncated: message`cut off`,
  'no-page': message`no page`,
  'refused-host': message`it leads to a host that is not allowed`,
  'refused-address': message`no public address; --allow-private lifts this`,
  status: message`no document`,
  gone: message`gone for good`,
  redirects: message`too many redirects`,
  downgrade: message`it leads from https to http`,
  'bad-url': message`it is no URL`,
  protocol: message`the answer is no proper HTTP`,
  headers: message`the headers of the answer are too large`,
  encoding: message`it cannot be decoded`,
  budget: message`no request is left`,
  unchanged: message`304 unasked`,
}

function whyBroken({ failure, status }: Pick<Answered, 'failure' | 'status'>): string {
  const why = said(REASONS[failure ?? ''] ?? message`${failure ?? ''}`)
  return status === null || status === 200 ? why : `${why} (${status})`
}

function agreed(one: Agreement): string {
  const same = commas([
    one.titled > 0 && t`headlines ${one.headlines}/${one.titled}`,
    one.timed > 0 && t`times ${one.times}/${one.timed}`,
  ])
  return t`as ${one.with} ${one.stories}/${one.of}` + (same === '' ? '' : ` (${same})`)
}

function sourceRow(source: SourceReport, atMs: number): string[] {
  const { name, failure, items, layout, newest, newestDay, timed } = source
  if (failure !== null) return [name, isExcused(source) ? t`none` : whyBroken(source)]
  if (source.kind === 'page') return [name, plural(items, t`${items} feed named`, t`${items} feeds named`)]
  const age = newest === null ? null : atMs - Date.parse(newest)
  const day = newestDay === null ? t`newest unknown` : t`newest of ${newestDay}`
  const fresh =
    age === null ? day : age < 0 ? t`newest ${printDuration(-age)} ahead` : t`newest ${printDuration(age)} old`
  const times = timed === 0 ? t`no times` : t`times ${figures(timed)}/${figures(items)}`
  const count = plural(items, t`${figures(items)} item`, t`${figures(items)} items`)
  return [
    name,
    count,
    layout ?? '-',
    fresh,
    times,
    clauses([source.isCut && t`cut off`, ...source.agreements.map(agreed)]),
  ]
}

function sourceNotes({ failure, links, linksAt, ledTo, layout }: SourceReport): string[] {
  const isStrange = (failure !== null || layout === null) && linksAt !== null
  const stories = plural(links, t`${links} story`, t`${links} stories`)
  return partsSaid([ledTo !== null && t`leads to ${ledTo}`, isStrange && t`links to ${stories} at ${linksAt}`])
}

/** So many letters, in words. */
const lettersIn = (letters: number): string => plural(letters, t`1 letter`, t`${figures(letters)} letters`)

/** How many of those who say something say the same. */
const agreeing = (witnesses: number, others: number): string => `${witnesses - others}/${witnesses}`

function storyRow(story: StoryReport): string[] {
  const { age, id, layout, failure, headline, time, body, pictures, access } = story
  const name = `${age} ${id}`
  if (failure !== null) return [name, whyBroken(story)]
  return [
    name,
    layout === GENERIC ? 'GENERIC' : (layout ?? '-'),
    t`headline ${agreeing(headline.witnesses.length, headline.others.length)}`,
    t`time ${agreeing(Object.keys(time.says).length, time.others.length)}`,
    t`body ${lettersIn(body.letters)}`,
    t`outside ${figures(body.outside)}`,
    t`pictures ${pictures.body}${pictures.data === null ? '' : `/${pictures.data}`}`,
    access.read ?? '-',
  ]
}

/** Beyond an hour the minutes are those that lists leave out. */
function rounded(ms: number): number {
  return Math.abs(ms) < 3_600_000 ? ms : Math.round(ms / 300_000) * 300_000
}

function timeNote({ published, says, others }: StoryReport['time']): string | null {
  if (published === null) return t`no time`
  if (others.length === 0) return null
  const times = Object.entries(says).map(([witness, time]) => {
    const offMs = rounded(Date.parse(time) - Date.parse(published))
    const off = others.includes(witness) ? ` (${offMs < 0 ? '-' : '+'}${printDuration(Math.abs(offMs))})` : ''
    return `${witness} ${minuteOf(time)}${off}`
  })
  return t`time: ${commas(times)}`
}

function headlineNote({ letters, others }: StoryReport['headline']): string | false {
  const each = others.map(
    (other) => t`${other.witness} has another of ${other.letters}, ${percent(other.shared)} of it the same`,
  )
  return each.length > 0 && t`headline of ${lettersIn(letters)}: ${clauses(each)}`
}

function textRead(name: string, { letters, shared }: { letters: number; shared: number }): string {
  return t`${name} ${lettersIn(letters)}, ${percent(shared)} of its sentences read`
}

/** A text that has this part of its sentences in the body is the same. */
const SAME_TEXT = 0.9

function textNote({ failure, layout, doubts, body }: StoryReport): string | false {
  const isStrange = failure !== null || layout === GENERIC || doubts.length > 0
  const texts = Object.entries(body.says)
    .filter(([, { shared }]) => isStrange || shared < SAME_TEXT)
    .map(([witness, found]) => textRead(witness, found))
  return texts.length > 0 && t`text: ${clauses(texts)}`
}

function accessNote({ read, says }: StoryReport['access']): string | null {
  const all = Object.entries(says)
  if (read === null || all.every(([, access]) => access === read)) return null
  return t`access: ${commas(all.map(([witness, access]) => `${witness} ${access}`))}`
}

function storyNotes(story: StoryReport): string[] {
  const { failure, doubts, headline, time, body, access, ledTo } = story
  return partsSaid([
    ledTo !== null && t`leads to ${ledTo}`,
    ...doubts.map((doubt) => t`in doubt: ${said(doubt)}`),
    headlineNote(headline),
    failure === null && timeNote(time),
    textNote(story),
    accessNote(access),
    body.isShuffled && t`the paragraphs are numbered, to be put in order`,
    body.at !== null && t`prose at ${body.at}`,
  ])
}

const ROBOTS: Readonly<Record<EditionReport['robots'], Message>> = {
  allows: message`robots.txt allows it`,
  forbids: message`robots.txt forbids it`,
  unread: message`robots.txt cannot be read`,
  'not asked': message`robots.txt not asked`,
}

/** A clock that is off by more tells wrong ages. */
const MOST_CLOCK_SECONDS = 300

function clockNote(aheadSeconds: number): string | null {
  const off = printDuration(Math.abs(aheadSeconds) * 1000)
  if (Math.abs(aheadSeconds) < MOST_CLOCK_SECONDS) return null
  return aheadSeconds > 0
    ? t`this machine's clock is ${off} ahead of the site's`
    : t`this machine's clock is ${off} behind the site's`
}

function dataLine(data: DataReport): string {
  if (data.failure !== null) return t`story as data: ${whyBroken(data)}`
  if (!data.isJson) return t`story as data: no JSON`
  const texts = data.texts.map((found) => textRead(found.at, found))
  return t`story as data: ${texts.length === 0 ? t`none` : clauses(texts)}`
}

function editionLines(edition: EditionReport, atMs: number) {
  const { host, robots, leadsTo, clockAheadSeconds, sources, stories, storyData } = edition
  const leads = leadsTo !== null && t`leads to ${leadsTo}`
  const head = partsSaid([host, said(ROBOTS[robots]), leads, clockNote(clockAheadSeconds ?? 0)])
  const rows = [
    ...underOneAnother(sources.map((source) => sourceRow(source, atMs))).map((line, at) => [
      line,
      ...sourceNotes(sources[at]!),
    ]),
    ...underOneAnother(stories.map(storyRow)).map((line, at) => [line, ...storyNotes(stories[at]!)]),
  ]
  const lines = rows.flatMap(([line, ...notes]) => [`  ${line}`, ...notes.map((note) => `      ${note}`)])
  return partsSaid([head.join('  '), ...lines, storyData && `  ${dataLine(storyData)}`])
}

const FINDINGS: Readonly<Record<Finding['what'], Message>> = {
  'unread source': message`not read`,
  'cut source': message`cut off`,
  'sources disagree': message`says other than the others`,
  'unread story': message`story not read`,
  'generic story': message`read without a layout`,
  'story in doubt': message`in doubt`,
  'other headline': message`another headline`,
  'other time': message`another time`,
  'no time': message`no time`,
}

/** What is found, each trouble once with all that have it. */
function troublesOf(findings: readonly Finding[]): string[] {
  const kinds = [...new Set(findings.map(({ what }) => what))]
  const of = (kind: Finding['what']) => findings.flatMap(({ what, where }) => (what === kind ? [where] : []))
  return kinds.map((kind) => t`${said(FINDINGS[kind])}: ${commas(of(kind))}`)
}

/** How a report ends, one line. `home`: the page of the project. */
export function verdictLine({ verdict, editions, findings }: Report, home: string): string {
  const sources = editions.flatMap((edition) => edition.sources.filter((source) => !isExcused(source)))
  const stories = editions.flatMap((edition) => edition.stories)
  const read = sources.filter(({ failure }) => failure === null).length
  const generic = stories.filter(({ layout }) => layout === GENERIC).length
  const known = stories.filter(({ layout }) => layout !== null).length - generic
  const what = commas([
    plural(sources.length, t`${read} of ${sources.length} source read`, t`${read} of ${sources.length} sources read`),
    plural(
      stories.length,
      t`${known} of ${stories.length} story by a known layout`,
      t`${known} of ${stories.length} stories by a known layout`,
    ),
    generic > 0 && t`${generic} by none`,
  ])
  const reasons = commas([
    ...new Set(sources.flatMap((source) => (source.failure === null ? [] : [whyBroken(source)]))),
  ])
  if (verdict === 'known') return t`known: ${what}, all witnesses agree`
  if (verdict === 'wait') return t`not now: ${reasons}; try later`
  if (verdict === 'unreachable') return t`unreachable: nothing of the paper could be read: ${reasons}`
  const issues = `${home}/issues`
  const isKnownPaper = editions.some(({ publisher }) => publisher !== null)
  return clauses([
    t`partly known: ${what}`,
    ...troublesOf(findings),
    isKnownPaper
      ? t`please report it with what probe --json prints, which holds no text: ${issues}`
      : t`no layout is known of this paper: its pages are read as those of any site`,
  ])
}

/** A report as a person reads it, its verdict apart. */
export function printReport(report: Report): string[] {
  const { version, node, platform, zone } = report.program
  const { requests, leftOut } = report
  const head = partsSaid([
    `zaobao-archiver ${version}`,
    `node ${node}`,
    platform,
    t`zone ${zone}`,
    report.isProxied ? t`through a proxy` : t`no proxy`,
    minuteOf(report.at),
    plural(requests, t`${requests} request`, t`${requests} requests`),
    leftOut > 0 && t`${leftOut} left out`,
  ])
  const atMs = Date.parse(report.at)
  return [head.join('  '), ...report.editions.flatMap((edition) => editionLines(edition, atMs))]
}
