import { diff3MergeRegions } from 'node-diff3'
import { getOrMake } from '../get-or-make.ts'
import { type Document, type FrontMatterEntry, isExtra, titleOf, valueOf } from './document.ts'
import { blocksOf, hashOf, isHtml, isWritten, readOutline, wasHtml } from './block-hashes.ts'
import { type Content, ISO_TIME, reviseDocument } from './render.ts'
import { runsOf } from '../text/changes.ts'

/** A file's document with what its page says now. */
interface Merged {
  document: Document
  /** Something that the program may not have written stands in the document no longer. */
  lost: boolean
}

/** Where more pairs of paragraphs would have to be compared, all that differs counts as one change. */
const MAX_PAIRS = 1_000_000

/**
 * The document of a file with what its page says now and with what someone else wrote into the file; where the two
 * touch, the page's text stands. `outline`: of what the page said when the file was written; `null` when that is not
 * known: then paragraphs that the file alone has stay, and where both differ the page's stand. `isFirstTitle`: whether a
 * headline is the one under which the story was first archived.
 */
export function mergeDocument(
  file: Document,
  content: Content,
  outline: string | null,
  isFirstTitle: (title: string) => boolean,
): Merged {
  const written = outline === null ? null : readOutline(outline)
  const revised = reviseDocument(file, content)
  const blocks = blocksOf(file.body, outline === null ? isHtml(revised.body) : wasHtml(outline))
  const text = mergeBlocks(blocks, written?.body ?? null, blocksOf(revised.body))
  const merged = text.blocks.join('')
  const body = isHtml(revised.body) || merged === file.body ? merged : joined(text.blocks)
  const top =
    written === null
      ? mergeUnknownHead(file, { ...revised, body }, isFirstTitle)
      : mergeHead(file, withoutFormerKeys(revised, content), new Set(written.head))
  return { document: { ...top.document, body }, lost: top.lost || text.lost }
}

/** Without what the page said of keys that the configuration added once. */
function withoutFormerKeys(revised: Document, { extra }: Content): Document {
  const isNow = (entry: FrontMatterEntry): boolean => !isExtra(entry) || extra.some(([key]) => key === entry.key)
  return { ...revised, frontMatter: revised.frontMatter.filter(isNow) }
}

/** The head of `revised` without the lines in which the page says what it said before: these are as the file has them. */
function mergeHead(file: Document, revised: Document, written: ReadonlySet<string>): Merged {
  let lost = false
  const choose = <T>(old: T | null, next: T | null, textOf: (part: T) => string): T | null => {
    if (old === next) return next
    const isOwn = old !== null && !written.has(hashOf(textOf(old)))
    const sameOnPage = next === null ? isOwn : written.has(hashOf(textOf(next)))
    lost ||= isOwn && !sameOnPage
    return sameOnPage ? old : next
  }
  const sourceOf = ({ source }: { source: string }): string => source
  const next = new Map(revised.frontMatter.map((entry) => [entry.key, entry]))
  const known = new Set(file.frontMatter.map(({ key }) => key))
  const kept = file.frontMatter.map((old) => {
    // Among added keys someone's own stands before the page's, which may have come with the configuration.
    const isTheirs = old.key === null || (isExtra(old) && !isWritten(old, written))
    const now = next.get(old.key) ?? null
    if (isTheirs) return old
    return isExtra(old) ? now : choose(old, now, sourceOf)
  })
  const added = revised.frontMatter.filter(({ key }) => !known.has(key)).map((entry) => choose(null, entry, sourceOf))
  const document: Document = {
    ...revised,
    frontMatter: [...kept, ...added].filter((entry) => entry !== null),
    headline: choose(file.headline, revised.headline, ({ text }) => text) ?? revised.headline,
    stamp: choose(file.stamp, revised.stamp, sourceOf) ?? revised.stamp,
  }
  return { document, lost }
}

/**
 * The file's name tells who changed a headline: of the two, the one that the story had at first was not changed. Added keys are as the
 * file has them, but for what an edit of the page may have brought.
 */
function mergeUnknownHead(file: Document, revised: Document, isFirstTitle: (title: string) => boolean): Merged {
  const [old, next] = [titleOf(file), titleOf(revised)]
  const isTimeNew = file.stamp !== revised.stamp || valueOf(file, 'date') !== valueOf(revised, 'date')
  const isEdited = isTimeNew || old !== next || file.body !== revised.body
  const own = new Map(file.frontMatter.map((entry) => [entry.key, entry]))
  let isListNew = false
  const frontMatter = revised.frontMatter.map((entry) => {
    const there = own.get(entry.key) ?? entry
    if (!isExtra(entry) || there === entry || isTimeOfUpdate(there)) return entry
    // No edit of a page changes its section or its language; whose the lists are is not known.
    if (!isEdited || !Array.isArray(entry.value)) return there
    isListNew = true
    return entry
  })
  const document = { ...revised, frontMatter }
  const lost = isTimeNew || isListNew
  if (old === next || isFirstTitle(old)) return { document, lost }
  if (!isFirstTitle(next)) return { document, lost: true }
  const titled = frontMatter.map((entry) => (entry.key === 'title' ? (own.get('title') ?? entry) : entry))
  return { document: { ...document, frontMatter: titled, headline: file.headline }, lost }
}

/** True for an `updated` as the program writes it, which is no one else's. */
function isTimeOfUpdate({ key, value }: FrontMatterEntry): boolean {
  return key === 'updated' && ISO_TIME.test(String(value))
}

/** Merges paragraphs; `base`: the hashes of those that the page had when the file was written, `null` when not known. */
function mergeBlocks(file: string[], base: string[] | null, page: string[]): { blocks: string[]; lost: boolean } {
  /** Those of one hash may differ in the white space behind them: each is taken once, the file's first. */
  const byHash = new Map<string, string[]>()
  const marked = (block: string): string => {
    const mark = hashOf(block)
    getOrMake(byHash, mark, () => []).push(block)
    return mark
  }
  const [ours, theirs] = [file.map(marked), page.map(marked)]
  const origin = base ?? inBoth(ours, theirs)
  let lost = false
  const blocks = regionsOf(ours, origin, theirs).flatMap((region) => {
    if (region.stable) return region.bufferContent
    const { aContent, oContent, bContent } = region
    if (base !== null) {
      const both = withAdded(aContent, oContent, bContent) ?? withAdded(bContent, oContent, aContent)
      if (both !== null) return both
    }
    const explained = new Set([...bContent, ...(base === null ? [] : oContent)])
    lost ||= aContent.some((mark) => !explained.has(mark))
    return bContent
  })
  for (const same of byHash.values()) same.reverse()
  return { blocks: blocks.map((mark) => byHash.get(mark)?.pop() ?? ''), lost }
}

/** Both sides' common paragraphs, in order. */
function inBoth(ours: string[], theirs: string[]): string[] {
  if (ours.length * theirs.length > MAX_PAIRS) return []
  return runsOf(ours, theirs).flatMap((run) => ('same' in run ? run.same : []))
}

type Region =
  | { stable: true; bufferContent: string[] }
  | { stable: false; aContent: string[]; oContent: string[]; bContent: string[] }

function regionsOf(ours: string[], base: string[], theirs: string[]): Region[] {
  if (base.length * Math.max(ours.length, theirs.length) > MAX_PAIRS) {
    return [{ stable: false, aContent: ours, oContent: base, bContent: theirs }]
  }
  return diff3MergeRegions(ours, base, theirs)
}

/** `target` with what `extended` has more than `base`, before or after it; `null` when `extended` lacks some of `base`. */
function withAdded(extended: string[], base: string[], target: string[]): string[] | null {
  const before: string[] = []
  const after: string[] = []
  const there = new Set(target)
  let at = 0
  for (const mark of extended) {
    if (mark === base[at]) at += 1
    else if (there.has(mark)) continue
    else if (at === 0 && base.length > 0) before.push(mark)
    else after.push(mark)
  }
  return at === base.length ? [...before, ...target, ...after] : null
}

/** Paragraphs as one Markdown text: a blank line between any two, one newline at the end. */
function joined(blocks: readonly string[]): string {
  const text = blocks.map((block) => (/\n[ \t]*\n$/.test(block) ? block : `${block.replace(/\n+$/, '')}\n\n`)).join('')
  return `${text.replace(/\n+$/, '')}\n`
}
