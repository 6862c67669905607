// Twenty lines of the same packages: what one writes in an evening. No lock, no retry, no revision, no fsync, no robots.txt.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import matter from 'gray-matter'
import pLimit from 'p-limit'
import Parser from 'rss-parser'
import TurndownService from 'turndown'
import { request } from 'undici'

const [feedUrl, folder] = process.argv.slice(2)
const textOf = async (url) => (await request(url)).body.text()
const seen = new Set(JSON.parse(await readFile(`${folder}/seen.json`, 'utf8').catch(() => '[]')))
const feed = await new Parser().parseString(await textOf(feedUrl))
const turndown = new TurndownService()
const limit = pLimit(4)
await mkdir(folder, { recursive: true })
const archive = async ({ title, link, isoDate }) => {
  const markdown = turndown.turndown(await textOf(link))
  await writeFile(
    `${folder}/${link.split('-').at(-1)}.md`,
    matter.stringify(markdown, { title, date: isoDate, from: link }),
  )
  seen.add(link)
}
await Promise.all(feed.items.filter(({ link }) => !seen.has(link)).map((item) => limit(() => archive(item))))
await writeFile(`${folder}/seen.json`, JSON.stringify([...seen]))
