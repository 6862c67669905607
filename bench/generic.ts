/** Pages of no known layout, invented, and what is read of them, by this program and by others. */
import { parseHtml } from '../src/core/html/html.ts'
import { writeBody } from '../src/core/markdown/index.ts'
import { readBody } from '../src/core/markdown/read-body.ts'
import { readPage } from '../src/sites/index.ts'
import { inventedPage, inventedStory, LAYOUTS, NEWS_LAYOUTS, NOT_THE_STORY, seeded } from '../tests/support/layouts.ts'

export const SETS = [
  { name: 'plain bodies, Chinese', kinds: LAYOUTS, language: 'zh' },
  { name: 'as pages of news, Chinese', kinds: NEWS_LAYOUTS, language: 'zh' },
  { name: 'as pages of news, English', kinds: NEWS_LAYOUTS, language: 'en' },
] as const

const RUN = 4

/** Runs of four tokens and how often each is there: a token is a word, or one Chinese character. */
function runsOf(text: string): Map<string, number> {
  const tokens = text.match(/\p{Script=Han}|[^\P{L}\p{Script=Han}]+|\p{N}+/gu) ?? []
  const runs = new Map<string, number>()
  for (let at = 0; at + RUN <= tokens.length; at += 1) {
    const run = tokens.slice(at, at + RUN).join(' ')
    runs.set(run, (runs.get(run) ?? 0) + 1)
  }
  return runs
}

function compared(truth: string, text: string): { precision: number; recall: number } {
  const [wanted, got] = [runsOf(truth), runsOf(text)]
  const sum = (runs: Map<string, number>) => [...runs.values()].reduce((all, count) => all + count, 0)
  let both = 0
  for (const [run, count] of got) both += Math.min(count, wanted.get(run) ?? 0)
  return { precision: sum(got) === 0 ? 0 : both / sum(got), recall: both / sum(wanted) }
}

function markdownOf(html: string, url: string): string {
  return writeBody(readBody(parseHtml(`<!DOCTYPE html><body>${html}`).body, url).blocks).markdown
}

/** The Markdown of a page at an address. */
type Reader = (html: string, url: string) => string

export function ours(html: string, url: string): string {
  const page = readPage({ html, url })
  return page.kind === 'refused' ? '' : writeBody(page.extract.body.blocks).markdown
}

/** A reader that takes the HTML of a page's article from `mainContent`. */
export function readerOf(mainContent: (html: string) => string | null): Reader {
  return (html, url) => markdownOf(mainContent(html) ?? '', url)
}

export interface Read {
  /** All paragraphs are there, and nothing that is marked as no part of the story. */
  whole: boolean
  precision: number
  recall: number
  cpuMs: number
}

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Reads `pages` of each kind of a set. */
export function readSet({ kinds, language }: (typeof SETS)[number], reader: Reader, pages: number): Read[] {
  const random = seeded(7)
  return kinds.flatMap((kind) =>
    Array.from({ length: pages }, () => {
      const story = inventedStory(random, language)
      const { html } = inventedPage(kind, story, random)
      const before = cpuMs()
      const text = reader(html, story.url)
      const used = cpuMs() - before
      const whole = story.paragraphs.every((each) => text.includes(each)) && !text.includes(NOT_THE_STORY)
      return { whole, ...compared(story.paragraphs.join('\n'), text), cpuMs: used }
    }),
  )
}
