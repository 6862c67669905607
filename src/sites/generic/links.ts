import { type TextLine, type Box, boxAround } from '../../core/html/outline.ts'
import { endsSentence } from '../../core/text/sentences.ts'
import { isLink, signature, wordsOf } from './blocks.ts'

/** Lines of an article that are links to elsewhere, and those that are its own words though links stand in them. */

export const listAround = ({ box }: TextLine): Box | null =>
  boxAround(box, ({ localName }) => localName === 'ul' || localName === 'ol')

export const holderOf = ({ box }: TextLine): Box | null => box.parentElement

const LINKS_IN_A_ROW = 3
/** An article of which more is links is a list of them. */
const MOST_LINKS = 0.75

/** Signs around a link: 【…】, ▶. */
const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu
const ALL_LINKED = 0.95

/** (MORE: How the bridge was built), as a paragraph. */
const ASIDE = /^[（(【[](?=.{24}).*[^.。!！?？][)）】\]][.。]?$/
const ASIDE_LINKED = 0.7

function isNothingButLink({ kind, text, linked }: TextLine): boolean {
  if (kind === 'p' && linked > ASIDE_LINKED && ASIDE.test(text)) return true
  return linked > 0 && linked * text.length > ALL_LINKED * text.replace(EDGES, '').length
}

/** [How the bridge was built], 【…】: a link to elsewhere. */
const IN_BRACKETS = /^[[【〔].*[\]】〕]$/

/** A headline has fewer words, or does not end as a sentence does. */
const SENTENCE_WORDS = 12
/** Few headlines end with a full stop, but for one of a name (the U.S., Acme Inc.) or one that is cut off. */
const STATED = /(?<!\b(?:\p{Lu}|Inc|Corp|Ltd|Co|Jr|Sr)|\.)[。.][”’」』）)"']*$/u
const STATED_WORDS = 5
/** What asks the reader to do something is no sentence of a story. */
const INVITES =
  /^[^\p{L}\p{N}]*(?:(?:please|become|buy|call|check|click|contact|discover|don[’']t miss|donate|download|email|explore|find|follow|get|give|help|join|learn|leave|listen|make|read|register|see|send|share|sign|subscribe|support|tell|try|visit|watch|write) |(?:[请請](?![求愿願])|[欢歡]迎|加入|支持(?!者|率)|[关關]注(?!度)|[订訂][阅閱](?![户戶])|下[载載](?!量)|[点點][击擊](?![率量])|查看|收[听聽看]|[观觀]看|成[为為]|立即|[马馬]上|[赶趕]快))/iu
/** As headlines of other stories ask. */
const ASKED = /[?？]$/
/** A page's own word: Join our channel, 欢迎关注我们. */
const TO_READERS = /\b(?:[Oo]ur|us|[Yy]our?)\b|我[们們]|[你您]/
const CAPITALS = /^(?=.*\p{Lu})\P{Ll}*$/u
/** True for a statement that is no word to readers. */
function states({ text, words }: TextLine): boolean {
  if (words < STATED_WORDS || !STATED.test(text)) return false
  return ![CAPITALS, INVITES, TO_READERS].some((pattern) => pattern.test(text))
}

const STATED_LINKED = 0.5

/** True for a statement of which less than half is in links, and that is no word to readers. */
export function isStatement(block: TextLine): boolean {
  return block.linked < STATED_LINKED && states(block)
}

/** So many paragraphs of one form are links that a page puts between those of a story. */
const LINKS_OF_ONE_FORM = 3

/** Blocks of one kind in one element: where the first and the last of them that are prose stand, and how many are links as a whole. */
interface Form {
  first: number
  last: number
  links: number
}

function formKey(block: TextLine): string {
  return `${holderOf(block)?.at} ${signature(block)}`
}

function formsIn(blocks: readonly TextLine[]): ReadonlyMap<string, Form> {
  const forms = new Map<string, Form>()
  for (const [at, block] of blocks.entries()) {
    const key = formKey(block)
    const form = forms.get(key) ?? { first: Infinity, last: -1, links: 0 }
    forms.set(key, form)
    if (block.isProse) Object.assign(form, { first: Math.min(form.first, at), last: at })
    else if (isNothingButLink(block)) form.links += 1
  }
  return forms
}

/**
 * True for a paragraph of the story that is a link as a whole: a sentence between two of its paragraphs, or one of the same form as these
 * that ends with a full stop and is no word to readers, wherever among them.
 */
function isLinkedProse(at: number, blocks: readonly TextLine[], forms: ReadonlyMap<string, Form>): boolean {
  const block = blocks[at]
  if (block?.kind !== 'p' || IN_BRACKETS.test(block.text) || ASKED.test(block.text)) return false
  const holder = holderOf(block)
  const isBeside = (each: TextLine | undefined) => each?.isProse === true && holderOf(each) === holder
  const isBetween = isBeside(blocks[at - 1]) && isBeside(blocks[at + 1])
  if (isBetween && block.words >= SENTENCE_WORDS && endsSentence(block.text)) return true
  if (!states(block)) return false
  const form = forms.get(formKey(block))
  return form !== undefined && form.first < at && at < form.last && form.links < LINKS_OF_ONE_FORM
}

/** What a story has beside it to read, and no other story. */
const IS_DOCUMENT = /^[^?#]*\.(?:pdf|docx?|odt|xlsx?|ods|csv|pptx?)(?:[?#]|$)/i

/** Links on lines of their own, and lists of nothing else, where they are not what the article is. */
export function dropLinks(blocks: readonly TextLine[]): Set<TextLine> {
  const forms = formsIn(blocks)
  const mixed = new Set(blocks.filter((block) => !isLink(block)).map(listAround))
  const isPart = (block: TextLine) =>
    block.kind === 'td' || IS_DOCUMENT.test(block.href ?? '') || (block.kind === 'li' && mixed.has(listAround(block)))
  const gone = new Set(
    blocks.filter((block, at) => isNothingButLink(block) && !isPart(block) && !isLinkedProse(at, blocks, forms)),
  )
  for (let at = 0; at + LINKS_IN_A_ROW <= blocks.length; at += 1) {
    const run = blocks.slice(at, at + LINKS_IN_A_ROW)
    if (run.every(isLink)) for (const each of run) gone.add(each)
  }
  return wordsOf(gone) < MOST_LINKS * wordsOf(blocks) ? gone : new Set()
}
