import { decode } from '../core/charset.ts'
import { BODY_TOP_HEADING, contentOf } from '../core/content.ts'
import { makeDocument, renderDocument } from '../core/document/render.ts'
import { identify } from '../core/identity.ts'
import { elementToMarkdown } from '../core/markdown/index.ts'
import type { Extract } from '../core/model.ts'
import { singaporeDay } from '../core/time.ts'
import { EXIT, type ExitCode, StoryError, UsageError } from '../errors.ts'
import type { Io } from '../io.ts'
import { readPage } from '../sites/index.ts'
import { PAPER_NAME } from '../sites/zaobao/index.ts'
import { readInput } from './input.ts'

export interface ConvertOptions {
  /** A path; `null` and `-` are standard input. */
  file: string | null
  url?: string
  format: 'document' | 'body' | 'json' | 'html'
  /** What is read: `page` or `json`. */
  from: string
}

/** Turns a page into its document, its record or its body; or a record into its document. */
export async function convert(options: ConvertOptions, io: Io): Promise<ExitCode> {
  const input = await readInput(options.file, io)
  if (options.from === 'json') {
    const { readRecord } = await import('../pipeline/record-in.ts')
    await io.stdout(renderDocument(readRecord(decode(input, null))))
    return EXIT.done
  }
  const { url } = options
  if (url === undefined)
    throw new UsageError('convert needs the address of the page: --url https://…/storyYYYYMMDD-NUMBER')
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new UsageError(`--url: "${url}" is no address that begins with http:// or https://`)
  }
  await io.stdout(await print(read(decode(input, null), url), url, options.format, io))
  return EXIT.done
}

function read(html: string, url: string): Extract {
  const page = readPage({ html, url })
  if (page.kind === 'refused') throw new StoryError(`no article in this page (${page.reason}): ${page.detail}`)
  return page.extract
}

async function print(extract: Extract, url: string, format: ConvertOptions['format'], io: Io): Promise<string> {
  if (format === 'html') return `${extract.body.innerHTML.trim()}\n`
  const markdown = elementToMarkdown(extract.body, url, { topHeading: BODY_TOP_HEADING })
  if (format === 'body') return `${markdown}\n`
  const { published } = extract
  const day = identify(url).day ?? singaporeDay(published === null ? io.now() : Date.parse(published))
  const document = makeDocument(contentOf(extract, { url, day, paper: PAPER_NAME, extra: [], body: { markdown } }))
  if (format === 'document') return renderDocument(document)
  const { recordOf } = await import('../pipeline/record.ts')
  const { updated, bylines, keywords } = extract
  const record = recordOf(document, {
    updated,
    bylines,
    keywords,
    fetched: null,
    path: null,
    revision: 1,
    status: null,
  })
  return `${JSON.stringify(record)}\n`
}
