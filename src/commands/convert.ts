import type { Config } from '../config/keys.ts'
import { parseKept } from '../core/archive/kept-page.ts'
import { countElements } from '../core/html/tag.ts'
import { decode } from '../core/text/charset.ts'
import { extractionMark, GENERIC, OF_NO_LAYOUT, readBy, REFUSALS } from '../core/extraction.ts'
import { contentOfPage } from '../core/record/content.ts'
import { makeDocument, renderDocument } from '../core/document/render.ts'
import { toMarkdown } from '../core/markdown/index.ts'
import { withoutInvisible } from '../core/markdown/space.ts'
import type { Extract, Extraction } from '../core/model.ts'
import { jsonLine, shownText } from '../core/text/printable.ts'
import { dayIn } from '../core/time.ts'
import { tuneForPages } from '../edge/tuning.ts'
import { EXIT, type ExitCode, StoryError, UsageError } from '../errors.ts'
import { type Io, sayingTo } from '../io.ts'
import { extraKeys } from '../pipeline/records/extra-keys.ts'
import { droppedFrom, readPage, witnessesIn } from '../sites/index.ts'
import { aboutOf, identify, whoOf } from '../sites/publishers.ts'
import { MAX_DOCUMENT_BYTES, readInput } from './input.ts'
import { commas, message, plural, t } from '../words/words.ts'
import { webUrlOf } from '../core/url.ts'

export interface ConvertOptions {
  /** A path; `null` and `-` are standard input. */
  file: string | null
  url?: string
  format: 'document' | 'body' | 'json' | 'html'
  /** What is read: `page` or `json`. */
  from: string
  /** Compare the Markdown with the page that it was made from. */
  check?: boolean
  /** Say which layout read the page, and what it found. */
  verbose?: boolean
}

/** Turns a page into its document, its record or its body; or a record into its document. `keys`: as configured. */
export async function convert(options: ConvertOptions, keys: Config['keys'], io: Io): Promise<ExitCode> {
  const input = await readInput(options.file, io, MAX_DOCUMENT_BYTES)
  tuneForPages('one', io.v8)
  if (options.from === 'json') {
    if (options.format !== 'document')
      throw new UsageError(t`--from json gives the document alone, not --format ${options.format}`)
    const { readRecord } = await import('../pipeline/records/record-in.ts')
    await io.stdout(renderDocument(readRecord(decode(input, null), keys)))
    return EXIT.done
  }
  const kept = parseKept(input)
  const url = options.url ?? kept?.head.url
  if (url === undefined)
    throw new UsageError(t`convert needs the address of the page: --url https://…/storyYYYYMMDD-NUMBER`)
  if (webUrlOf(url) === null) {
    throw new UsageError(`--url: ${t`"${shownText(url)}" is no address that begins with http:// or https://`}`)
  }
  const html = kept === null ? decode(input, null) : decode(kept.body, kept.head.contentType)
  const page = read(html, url)
  const { extract, ending, doubts } = page
  if (options.verbose === true) await tell(html, url, page, io)
  const say = sayingTo(io)
  if (page.generation === GENERIC) say(t`${OF_NO_LAYOUT}: it is read without one`)
  for (const doubt of doubts) say(t`in doubt: ${doubt}`)
  if (ending !== 'whole') say(t`the page ends before its end: it may be cut off`)
  const faithful = options.check !== true || ((await check(html, extract, url, io)) && ending === 'whole')
  await io.stdout(await print(page, url, options.format, keys, io))
  return faithful ? EXIT.done : EXIT.storiesFailed
}

/** Says which layout read a page, what it found there, on whose word, and what of the body it dropped. */
async function tell(html: string, url: string, { generation, extract }: Read, io: Io): Promise<void> {
  const { tellReading } = await import('../core/told.ts')
  const about = { text: extract.body.text, day: identify(url).day, listed: null }
  const why = tellReading(extract, witnessesIn({ html, url }, about), droppedFrom(extract.source, url))
  const lines = [`${readBy(generation)}: ${found(extract)}`, ...why]
  for (const line of lines) sayingTo(io)(line)
}

/** What a layout found in a page, and what not. */
function found({ published, updated, access, bylines, keywords, body }: Extract): string {
  const [paragraphs, pictures] = [countElements(body.html, 'p'), countElements(body.html, 'img')]
  return commas([
    published === null ? t`no time` : t`published ${published}`,
    updated === null ? t`no update` : t`updated ${updated}`,
    access,
    plural(bylines.length, t`${bylines.length} byline`, t`${bylines.length} bylines`),
    plural(keywords.length, t`${keywords.length} keyword`, t`${keywords.length} keywords`),
    plural(paragraphs, t`${paragraphs} paragraph`, t`${paragraphs} paragraphs`),
    plural(pictures, t`${pictures} picture`, t`${pictures} pictures`),
  ])
}

type Read = Extraction & { kind: 'story' }

function read(html: string, url: string): Read {
  const page = readPage({ html, url })
  if (page.kind === 'story') return page
  throw new StoryError(message`no article in this page (${REFUSALS[page.reason]}): ${page.detail}`)
}

/**
 * Says what was lost or changed on the way from the page's text to the Markdown; true when that is nothing. The Markdown
 * is compared with the body, the body with that of another reading of the page, and what was parsed with its own text.
 */
async function check(html: string, extract: Extract, url: string, io: Io): Promise<boolean> {
  const { checkMarkdown, checkPictures, checkText, checkTree, DIFFERENCES } = await import('../core/markdown/check.ts')
  const other = readPage({ html, url }, 'tree')
  const body = extract.body.html
  const differences = [
    ...checkTree(html),
    ...checkText(other.kind === 'story' ? other.extract.source : '', extract.source),
    ...checkPictures(extract.source, url),
    ...checkMarkdown(body, toMarkdown(body, url), url),
  ]
  for (const { kind, source, markdown } of differences) {
    const both = message`the page has ${JSON.stringify(source)}, the Markdown ${JSON.stringify(markdown)}`
    sayingTo(io)(t`${DIFFERENCES[kind]}: ${both}`)
  }
  return differences.length === 0
}

async function print(
  page: Read,
  url: string,
  format: ConvertOptions['format'],
  keys: Config['keys'],
  io: Io,
): Promise<string> {
  const { extract } = page
  if (format === 'html') return `${withoutInvisible(extract.body.html).trim()}\n`
  const { published } = extract
  const about = aboutOf(url)
  const day =
    identify(url).day ?? extract.day ?? dayIn(about.zone, published === null ? io.now() : Date.parse(published))
  const who = whoOf(url)
  const extra = extraKeys(keys, { ...extract, ...who, lang: page.lang })
  const extraction = extractionMark(page.generation)
  const content = { ...contentOfPage(extract, { ...about, day, extra }), extraction }
  if (format === 'body') return `${content.body.markdown}\n`
  if (format === 'document') return renderDocument(makeDocument(content))
  const [{ storyOfPage }, { recordOfStory }] = await Promise.all([
    import('../core/record/story.ts'),
    import('../pipeline/records/record.ts'),
  ])
  return jsonLine(
    recordOfStory(storyOfPage(content, extract, page, who), { fetched: null, path: null, revision: 1, status: null }),
  )
}
