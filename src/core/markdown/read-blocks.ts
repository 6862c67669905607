import { isShownAsBlock } from '../html/hidden.ts'
import { childElements, descendants } from '../html/dom.ts'
import { oneLine, readCaption, readFigure } from './read-figure.ts'
import { joinLists, readList, readDefinitions } from './read-list.ts'
import { readTable } from './read-table.ts'
import { readCode, readCodeBlock } from './read-code.ts'
import { MATH_READERS } from './read-math.ts'
import { addBlocks, emit, emitBreak, endLine, type Flow, newFlow, within, type Wrapper } from './flow.ts'
import { wordsInDrawing } from './drawing.ts'
import { parseHtml } from '../html/html.ts'
import { emojiOf } from './emoji.ts'
import { attribute, EMBEDS, isInvisible, readEmbed } from './embeds.ts'
import { readWidgetLink, unseenFrames } from './widgets.ts'
import { unseenPictures } from './picture-source.ts'
import { readPicture } from './pictures.ts'
import { type Block, markOf, paragraph, plain, text, withBreaks } from '../blocks.ts'
import { cleanUrl, isFragment } from './url.ts'
import { collapseString } from './space.ts'
import { tidy } from './tidy.ts'
import { deeper, isTooDeep, type ReadContext, type Reader } from './reading.ts'
import { pathWithin } from './wrappers.ts'

const DROPPED = new Set(
  'SCRIPT STYLE TEMPLATE HEAD TITLE META LINK BASE CANVAS AREA SELECT DATALIST INPUT PARAM SOURCE TRACK PROGRESS METER NOFRAMES NOEMBED FRAMESET COL COLGROUP ANNOTATION ANNOTATION-XML'.split(
    ' ',
  ),
)
const BLOCKS = new Set(
  'ADDRESS ARTICLE ASIDE BODY CENTER DD DETAILS DIALOG DIV DT FIELDSET FOOTER FORM HEADER HGROUP HTML LEGEND LI MAIN NAV OPTGROUP OPTION P SEARCH SECTION TBODY TD TFOOT TH THEAD TR CAPTION'.split(
    ' ',
  ),
)
const CODE = new Set(['CODE', 'KBD', 'SAMP', 'TT'])

/** Reads the blocks of an element's content. `base` is the page's address, `null` when it is not known. */
export function readBlocks(element: Element, base: string | null): Block[] {
  const reading = { base, depth: 0, keepsLines: false, isQuoted: false, blocks: styledBlocks, node: readNode }
  return blocksWithin(element, reading, [])
}

function blocksWithin(element: Element, reading: ReadContext, path: readonly Wrapper[]): Block[] {
  const flow = newFlow(path)
  readChildren(element, flow, reading)
  endLine(flow)
  return joinLists(flow.blocks)
}

function styledBlocks(element: Element, reading: ReadContext, path: readonly Wrapper[]): Block[] {
  return blocksWithin(element, reading, pathWithin(path, element, ''))
}

function readChildren(element: Node, flow: Flow, reading: ReadContext): void {
  for (let child = element.firstChild; child !== null; child = child.nextSibling) readNode(child, flow, reading)
}

function readNode(node: Node, flow: Flow, reading: ReadContext): void {
  if (node.nodeType === 3 || node.nodeType === 4) readText(node.nodeValue ?? '', flow, reading)
  else if (node.nodeType === 1) readElement(node as Element, flow, reading)
}

function readText(value: string, flow: Flow, { keepsLines }: ReadContext): void {
  const lines = keepsLines ? value.split(/\r\n?|\n/) : [value]
  for (const [index, line] of lines.entries()) {
    if (index > 0) emitBreak(flow)
    emit(flow, text(line))
  }
}

/** Whether an element shows the line breaks in its text, or not; `null` where it is as around it. */
function lineKeeping(element: Element): boolean | null {
  const said = `${element.getAttribute('style') ?? ''};${element.getAttribute('class') ?? ''}`
  const value = /white-?space(?:\s*:\s*|-)(pre-line|pre-wrap|pre|break-spaces|normal|nowrap)(?![\w-])/i.exec(said)?.[1]
  return value === undefined ? null : /^(?:pre|break)/i.test(value)
}

/** True for what scripts draw of a formula that stands beside it for machines, as KaTeX and MathJax have it. */
function isDrawnFormula(element: Element): boolean {
  if (element.getAttribute('aria-hidden') !== 'true' || element.parentElement === null) return false
  return childElements(element.parentElement).some((it) => it !== element && descendants(it, 'math').length > 0)
}

function readElement(element: Element, flow: Flow, reading: ReadContext): void {
  const name = element.tagName.toUpperCase()
  if (DROPPED.has(name) || isDrawnFormula(element)) return
  // That of a quote stands in it.
  const widget = name === 'BLOCKQUOTE' ? null : readWidgetLink(element, reading.base)
  const kept = lineKeeping(element) ?? reading.keepsLines
  readNamed(element, name, flow, kept === reading.keepsLines ? reading : { ...reading, keepsLines: kept })
  if (widget !== null) addBlocks(flow, [paragraph([widget], true)])
}

function readNamed(element: Element, name: string, flow: Flow, reading: ReadContext): void {
  if (BLOCKS.has(name)) return readContainer(element, name, flow, reading)
  if (EMBEDS.has(name)) return readMedia(element, flow, reading)
  if (CODE.has(name)) return readCode(element, flow, reading, readLink)
  const reader = READERS[name]
  if (reader === undefined) readInline(element, name, flow, reading)
  else reader(element, flow, reading)
}

/** The reader of elements of several names, by each. */
function ofEach(names: string, reader: Reader): Record<string, Reader> {
  return Object.fromEntries(names.split(' ').map((name) => [name, reader]))
}

const READERS: Readonly<Record<string, Reader>> = {
  ...MATH_READERS,
  BR: (_, flow) => emitBreak(flow),
  HR: (_, flow) => addBlocks(flow, [{ kind: 'rule' }]),
  IMG: (element, flow, reading) => {
    const emoji = emojiOf(element)
    if (emoji !== null) return emit(flow, text(emoji))
    const picture = readPicture(element, reading.base)
    if (picture !== null) emit(flow, picture)
  },
  NOSCRIPT: readNoscript,
  SVG: (element, flow) => {
    const words = wordsInDrawing(element)
    if (words !== '') emit(flow, text(words))
  },
  // The brackets of a ruby; one that was never ended holds more.
  RP: (element, flow, reading) => {
    if (element.textContent.trim().length > 1) readChildren(element, flow, reading)
  },
  A: (element, flow, reading) => readLink(element, flow, reading, (link) => readChildren(link, flow, reading)),
  Q: readQuotation,
  RT: (element, flow, reading) => surround(element, flow, reading, '（', '）'),
  ...ofEach('PRE LISTING XMP PLAINTEXT', (element, flow, reading) =>
    addBlocks(flow, readCodeBlock([element], reading.base)),
  ),
  FIGURE: (element, flow, reading) => addBlocks(flow, readFigure(element, reading, flow.path)),
  FIGCAPTION: readCaption,
  BLOCKQUOTE: readQuote,
  ...ofEach('UL MENU DIR OL', (element, flow, reading) => addBlocks(flow, readList(element, reading, flow.path))),
  DL: (element, flow, reading) => addBlocks(flow, readDefinitions(element, reading, flow.path)),
  TABLE: (element, flow, reading) => addBlocks(flow, readTable(element, reading, flow.path)),
  ...ofEach('H1 H2 H3 H4 H5 H6', readHeading),
  SUMMARY: (element, flow, reading) =>
    addBlocks(flow, blocksWithin(element, reading, [...flow.path, markOf('strong')])),
}

function readContainer(element: Element, name: string, flow: Flow, reading: ReadContext): void {
  endLine(flow)
  const { explicit } = flow
  flow.explicit = name === 'P'
  within(flow, pathWithin(flow.path, element, name), () => {
    readChildren(element, flow, reading)
    endLine(flow)
  })
  flow.explicit = explicit
}

function readMedia(element: Element, flow: Flow, reading: ReadContext): void {
  const embed = readEmbed(element, reading.base)
  if (embed !== null) {
    addBlocks(flow, [paragraph([embed], true)])
    return
  }
  const poster = cleanUrl(attribute(element, 'poster', 'data-poster'), reading.base)
  if (poster !== null && element.tagName === 'VIDEO') {
    addBlocks(flow, [paragraph([{ kind: 'image', url: poster, alt: '', title: '', captioned: false }], true)])
  }
  const page = element.tagName === 'IFRAME' && !isInvisible(element) ? attribute(element, 'srcdoc') : ''
  if (page !== '') addBlocks(flow, blocksWithin(parseHtml(page).body, reading, flow.path))
  // A frame's own text is for browsers without frames; that of an object or a video is all there is.
  if (element.tagName !== 'IFRAME') readChildren(element, flow, reading)
}

function readInline(element: Element, name: string, flow: Flow, reading: ReadContext): void {
  if (isShownAsBlock(element)) return readContainer(element, name, flow, reading)
  if (name === 'SUP' && isFootnoteCall(element)) {
    emit(flow, text(`[${collapseString(element.textContent).replace(/^\[|\]$/g, '')}]`))
    return
  }
  within(flow, pathWithin(flow.path, element, name), () => readChildren(element, flow, reading))
}

function isFootnoteCall(element: Element): boolean {
  const links = childElements(element)
  const [link] = links
  return (
    links.length === 1 &&
    link?.tagName === 'A' &&
    isFragment(link.getAttribute('href') ?? '') &&
    /^\s*\[?[\w*†‡一-十]{1,4}\]?\s*$/.test(element.textContent)
  )
}

/** A footnote's arrow back to where it is called, or a heading's link to itself. */
function isForReadersOfThePage(link: Element): boolean {
  const around = [link.parentElement, link.parentElement?.parentElement]
  const signs = around.some((it) => /^H[1-6]$/.test(it?.tagName ?? '')) ? HEADING_SIGN : WAY_BACK
  return signs.test(link.textContent) && descendants(link, 'img').length === 0
}

const WAY_BACK = /^\s*(?:[↩↑⤴^]\s*|[\u{fe0e}\u{fe0f}]\s*)+$/u
const HEADING_SIGN = /^\s*(?:[↩↑⤴^¶#§∞🔗]\s*|[\u{fe0e}\u{fe0f}]\s*)+$/u

function readLink(element: Element, flow: Flow, reading: ReadContext, inside: (link: Element) => void): void {
  const href = element.getAttribute('href') ?? ''
  const url = cleanUrl(href, reading.base)
  if (isFragment(href) && isForReadersOfThePage(element)) return
  const isBlock = isShownAsBlock(element)
  if (isBlock) endLine(flow)
  if (url === null || flow.path.some(({ kind }) => kind === 'link')) inside(element)
  else {
    const link = { kind: 'link', url, title: collapseString(element.getAttribute('title') ?? '') } as const
    within(flow, pathWithin([...flow.path, link], element, 'A'), () => inside(element))
  }
  if (isBlock) endLine(flow)
}

function surround(element: Element, flow: Flow, reading: ReadContext, before: string, after: string): void {
  if (element.textContent.trim() === '') return
  emit(flow, text(before))
  readChildren(element, flow, reading)
  emit(flow, text(after))
}

/** One within another has the other quotes. */
function readQuotation(element: Element, flow: Flow, reading: ReadContext): void {
  const inside = { ...reading, isQuoted: !reading.isQuoted }
  if (reading.isQuoted) surround(element, flow, inside, '‘', '’')
  else surround(element, flow, inside, '“', '”')
}

/** The twin of a lazy picture: it speaks only where the picture beside it has no address of its own. */
function readNoscript(element: Element, flow: Flow, reading: ReadContext): void {
  for (const image of unseenPictures(element, reading.base)) readNode(image, flow, reading)
  for (const frame of unseenFrames(element, reading.base)) readNode(frame, flow, reading)
}

function readQuote(element: Element, flow: Flow, reading: ReadContext): void {
  const widget = readWidgetLink(element, reading.base)
  const inside = blocksWithin(element, deeper(reading), flow.path)
  const blocks = widget === null ? inside : [...inside, paragraph([widget], true)]
  if (blocks.length === 0) return
  if (isTooDeep(reading)) addBlocks(flow, blocks)
  else addBlocks(flow, [{ kind: 'quote', blocks }])
}

function readHeading(element: Element, flow: Flow, reading: ReadContext): void {
  const blocks = blocksWithin(element, reading, flow.path)
  const { line, rest } = oneLine(blocks)
  // Pictures alone are none.
  if (plain(line).trim() === '') return addBlocks(flow, blocks)
  const inlines = tidy(withBreaks(line, () => text(' ')))
  addBlocks(flow, [{ kind: 'heading', level: Number(element.tagName.charAt(1)), inlines }, ...rest])
}
