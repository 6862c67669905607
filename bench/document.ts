/** The way of a page to its document, as `convert` goes it: bundled for the benchmark of warm pages. */
import { contentOf } from '../src/core/record/content.ts'
import { makeDocument, renderDocument } from '../src/core/document/render.ts'
import { writeBody } from '../src/core/markdown/index.ts'
import { readPage } from '../src/sites/index.ts'
import { aboutOf, identify } from '../src/sites/publishers.ts'
import { said } from '../src/words/words.ts'

export function toDocument(html: string, url: string): string {
  const page = readPage({ html, url })
  if (page.kind === 'refused') throw new Error(said(page.detail))
  const body = writeBody(page.extract.body.blocks)
  const day = identify(url).day ?? ''
  return renderDocument(makeDocument(contentOf(page.extract, { ...aboutOf(url), day, extra: [], body })))
}
