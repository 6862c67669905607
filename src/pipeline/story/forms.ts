import { blocksOf, hashOf, isHtml, wasHtml } from '../../core/document/block-hashes.ts'
import { type Document, htmlOf, valueOf } from '../../core/document/document.ts'
import { type Content, makeDocument, renderDocument, reviseDocument } from '../../core/document/render.ts'
import { digestOf, type JournalEntry } from '../../core/archive/journal.ts'
import { placeOfPath, storyPath } from '../../core/archive/path.ts'
import { isAlike, isPageAlone, type Storing } from '../../core/archive/storing.ts'
import { numberAfter } from '../../edge/archive/revisions.ts'
import type { BodyForm, Reading } from '../reading/read-story.ts'
import type { StoredFile } from '../records/look-up.ts'
import type { Tools } from '../run.ts'
import { withOriginals } from '../../core/media/kept.ts'

/** A story's file, and what is noted of it. */
interface Held {
  there: StoredFile | null
  known: JournalEntry | null
}

/** A line with which a body of HTML begins, where no note stands above it, and maybe something of someone's among Markdown. */
const BEGINS_HTML = /^<div>\n/m

/** The form in which a story's page is read, so that it can be had in that of its file too: read as HTML it is had in both. */
export function formToRead({ there, known }: Held, configured: BodyForm): BodyForm {
  if (configured === 'html' || !there?.document) return configured
  const { body } = there.document
  const mayBeHtml = known?.outline ? wasHtml(known.outline) : BEGINS_HTML.test(body)
  return mayBeHtml ? 'html' : 'markdown'
}

/** The form of a story's file, by its notes, else by which of both more of its page (`read`) stands in it; without a file that of the configuration. */
export function formOf({ there, known }: Held, read: Reading['body'], configured: BodyForm): BodyForm {
  if (!there?.document) return configured
  const { body } = there.document
  if (known?.outline) return wasHtml(known.outline) ? 'html' : 'markdown'
  if ('markdown' in read || !BEGINS_HTML.test(body)) return 'markdown'
  const found = (page: string, inHtml: boolean): number => {
    const own = new Set(blocksOf(body, inHtml).map(hashOf))
    return blocksOf(page, inHtml).filter((block) => own.has(hashOf(block))).length
  }
  const more = found(read.html, true) - found(read.inMarkdown, false)
  return more > 0 || (more === 0 && isHtml(body)) ? 'html' : 'markdown'
}

/** What a page says, in a form; as it is where it was read (`read`) as Markdown. */
export function inForm(form: BodyForm, content: Content, read: Reading['body']): Content {
  if (form === 'html' || 'markdown' in read) return content
  return { ...content, body: { markdown: read.inMarkdown } }
}

/** HTML in the file and Markdown now, of one text, are no edit. */
export async function saysTheSame(old: Document | null, { title, access, body, url }: Content): Promise<boolean> {
  const html = old === null ? null : htmlOf(old)
  if (old === null || html === null || 'html' in body) return false
  if (valueOf(old, 'title') !== title || (valueOf(old, 'access') ?? 'public') !== access) return false
  const { markdownOf } = await import('../records/record.ts')
  return markdownOf(html, url) === withOriginals(body.markdown).trimEnd()
}

/** What is decided of a file that is there, and may be written. */
export type Bringing = Extract<Storing, { action: 'keep' | 'revise' | 'merge' | 'rewrite' }>

/** A page in the configured form, and as the file has it. */
export interface Forms {
  content: Content
  shown: Content
}

/**
 * The file as it is to stand; `lost`: what someone wrote into it is among its former texts alone; `said`: what the page says, in the
 * form of that file. One into which someone may have written stays in that form, so that what is theirs keeps its place.
 */
export async function brought(
  storing: Bringing,
  { content, shown }: Forms,
  { id, there, known }: Held & { id: string },
  run: Tools,
): Promise<{ document: Document; lost: boolean; said: Content }> {
  const { action, document } = storing
  if (action === 'keep') return { document, lost: false, said: shown }
  if (action !== 'merge') {
    const made = document === null ? makeDocument(content) : reviseDocument(document, content)
    return { document: made, lost: false, said: content }
  }
  const { mergeDocument } = await import('../../core/document/merge.ts')
  const path = there?.path ?? ''
  const isFirstTitle = (title: string): boolean => storyPath({ id, day: placeOfPath(path).day }, title) === path
  const isKnown = known !== null && !(await wasRevisedElsewhere(path, document, known, run))
  const outline = isKnown ? (known.outline ?? null) : null
  const merged = mergeDocument(document, shown, outline, isFirstTitle)
  if (isAlike(merged.document, document) || !isPageAlone(document, outline)) return { ...merged, said: shown }
  return { ...mergeDocument(document, content, outline, isFirstTitle), said: content }
}

/**
 * True for a file that another machine's run revised, whose archive came together with this one: it kept former texts beyond those
 * that are noted here, so that what the page said when the file was written is not known.
 */
async function wasRevisedElsewhere(path: string, file: Document, known: JournalEntry, run: Tools): Promise<boolean> {
  if (known.digest === digestOf(renderDocument(file))) return false
  return numberAfter(await run.archive.revisions(path)) > known.revision
}
