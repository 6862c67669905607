/**
 * Reads every feed below a folder with this program's reader and with others, and counts what each gives:
 * `node bench/feeds.mjs FOLDER [--each]`. Right is what the suite expects of a feed, else what two other readers agree upon.
 * `--each` names the files in which this reader gives something else.
 */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { decodeHTML } from 'entities'
import { parseFeed as feedsmith } from 'feedsmith'
import RssParser from 'rss-parser'
import { parseFeed } from '../dist/index.js'

process.env.TZ = 'UTC'
const FIRST = 3
const [folder, mode] = process.argv.slice(2)
if (folder === undefined) {
  console.error('node bench/feeds.mjs FOLDER [--each]')
  process.exit(2)
}

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(?:xml|rss|rdf|atom|json)$/i.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .toSorted()

function textOf(bytes) {
  const [, label = 'utf-8'] = /<\?xml[^>]*encoding=["']([\w-]+)/.exec(bytes.toString('latin1', 0, 200)) ?? []
  try {
    return new TextDecoder(label).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

function instant(text) {
  const ms = Date.parse(text ?? '')
  return Number.isNaN(ms) ? null : new Date(ms).toISOString().replace(/\.\d+/, '')
}

const READERS = {
  async ours(bytes) {
    const items = await parseFeed(bytes)
    return items.map(({ title, url, published }) => ({ title, url, date: published }))
  },
  async 'rss-parser'(bytes) {
    const { items } = await new RssParser().parseString(textOf(bytes))
    return items.map((item) => ({ title: item.title, url: item.link, date: item.isoDate ?? instant(item.pubDate) }))
  },
  feedsmith(bytes) {
    const { feed } = feedsmith(textOf(bytes))
    const entries = feed.items ?? feed.entries ?? []
    return entries.map((entry) => ({
      title: typeof entry.title === 'object' ? entry.title?.value : entry.title,
      url:
        entry.link ??
        entry.url ??
        entry.links?.find(({ rel }) => (rel ?? 'alternate') === 'alternate')?.href ??
        entry.guid?.value,
      date: instant(entry.pubDate ?? entry.published ?? entry.updated ?? entry.date_published ?? entry.dc?.dates?.[0]),
    }))
  },
}

async function read(name, bytes) {
  const started = process.cpuUsage()
  let items = []
  try {
    items = await READERS[name](bytes)
  } catch {
    // No feed to this reader.
  }
  const { user, system } = process.cpuUsage(started)
  return { count: items.length, first: items.slice(0, FIRST), ms: (user + system) / 1000 }
}

/** Values in the form in which they are compared. */
const PLAIN = {
  title: (text) =>
    decodeHTML(decodeHTML(typeof text === 'string' ? text : ''))
      .replace(/<[^<>]*>/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
  url: (text) => (typeof text === 'string' ? (URL.parse(text)?.href ?? '') : ''),
  date: (text) => instant(typeof text === 'string' ? text : '') ?? '',
}

const child = spawn('python3', [fileURLToPath(new URL('feeds.py', import.meta.url))], {
  stdio: ['pipe', 'pipe', 'inherit'],
})
const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()

/** Values of one of the first items that a suite expects of a reader, as feedparser's tests say them above their feeds. */
function expectedInComment(bytes) {
  const found = []
  const [, test = ''] = /Expect:\s*(.*)/.exec(bytes.toString('utf8', 0, 20_000)) ?? []
  const told =
    /entries\[(\d)\]\['(title|link|published_parsed|updated_parsed)'\] == (?:u?'((?:[^'\\]|\\')*)'|\(([\d, ]+)\))/g
  for (const [, place, name, text, tuple] of test.matchAll(told)) {
    const [year, month, ...rest] = (tuple ?? '').split(',').map(Number)
    const entry = (found[place] ??= {})
    if (name === 'title') entry.title = text?.replaceAll("\\'", "'")
    else if (name === 'link') entry.url = text
    else if (tuple !== undefined) entry.date = new Date(Date.UTC(year, month - 1, ...rest.slice(0, 4))).toISOString()
  }
  return found
}

/** Those that stand in a file of JSON beside the feed, as gofeed and rss-parser keep them. */
function expectedBeside(file) {
  const beside = [file.replace(/\.\w+$/, '.json'), file.replace('/input/', '/output/').replace(/\.\w+$/, '.json')]
  const path = beside.find((each) => each !== file && existsSync(each))
  if (path === undefined) return []
  const { feed, ...whole } = JSON.parse(readFileSync(path, 'utf8'))
  const { entries, items = entries ?? [] } = feed ?? whole
  return items.map(({ title, link, links = [], publishedParsed, pubDateParsed }) => ({
    title,
    url: link ?? links.find(({ rel = 'alternate' }) => rel === 'alternate')?.href,
    date: publishedParsed ?? pubDateParsed,
  }))
}

/** Where links lead that count readers on their way, as a feed itself says. */
function originals(bytes) {
  const links = bytes.toString('utf8').matchAll(/<feedburner:origLink>([^<]*)</g)
  return new Set(Array.from(links, ([, link]) => PLAIN.url(decodeHTML(link.trim()))))
}

/** What two of the other readers agree upon, `null` where they do not. */
function agreed(values) {
  return values.find((value, place) => value !== '' && values.indexOf(value) !== place) ?? null
}

const tally = {}
let fair = 0
for (const file of files) {
  const bytes = readFileSync(file)
  child.stdin.write(`${file}\n`)
  const { items: whole, feedparser } = JSON.parse((await answers.next()).value)
  const json = file.endsWith('.json') ? itemsOfJson(bytes) : null
  const items = json ?? whole
  if (items === null || items === 0) continue
  fair += 1
  const [expected] = [expectedInComment(bytes), expectedBeside(file), []].filter(
    (each, at) => each.length > 0 || at === 2,
  )
  const own = originals(bytes)
  const seen = feedparser === null ? {} : { feedparser }
  for (const name of Object.keys(READERS)) seen[name] = await read(name, bytes)
  for (const [name, { count, first, ms }] of Object.entries(seen)) {
    const sum = (tally[name] ??= { whole: 0, ms: 0, title: [0, 0], url: [0, 0], date: [0, 0] })
    sum.ms += ms
    if (count === items) sum.whole += 1
    else if (mode === '--each' && name === 'ours') console.log(`${file}: ${count} of ${items} items`)
    const others = Object.entries(seen).filter(([other]) => other !== name)
    for (const [key, plain] of Object.entries(PLAIN)) {
      for (let place = 0; place < Math.min(FIRST, items); place += 1) {
        const said = plain(expected[place]?.[key])
        const truth = said === '' ? agreed(others.map(([, other]) => plain(other.first[place]?.[key]))) : said
        if (truth === null) continue
        const value = plain(first[place]?.[key])
        sum[key][1] += 1
        if (value === truth || (key === 'url' && own.has(value))) sum[key][0] += 1
        else if (mode === '--each' && name === 'ours')
          console.log(`${file}: ${key} ${place + 1}: ${JSON.stringify(value)} | ${JSON.stringify(truth)}`)
      }
    }
  }
}
child.stdin.end()

function itemsOfJson(bytes) {
  try {
    const { version, items } = JSON.parse(bytes.toString('utf8'))
    return /jsonfeed\.org/.test(version) && Array.isArray(items) ? items.length : null
  } catch {
    return null
  }
}

const share = ([right, all]) => `${right} of ${all} (${((right / all) * 100).toFixed(1)} %)`
console.log(`\n${files.length} files, ${fair} feeds without a fault in their markup and with items\n`)
console.log('| reader | read in full | titles | links | dates | CPU ms |\n| --- | --- | --- | --- | --- | --- |')
for (const [name, { whole, ms, title, url, date }] of Object.entries(tally))
  console.log(`| ${name} | ${whole} | ${share(title)} | ${share(url)} | ${share(date)} | ${Math.round(ms)} |`)
