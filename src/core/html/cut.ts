import { type Compiled, compileAll, listsFor, type StartTag } from './selector.ts'
import { Around } from './around.ts'
import { tagOf } from './tag.ts'
import {
  CELLS,
  ENDED_IN_LISTS,
  ENDS_ITS_LIKE,
  FORMATTING,
  HEADING,
  IMPLIED,
  NOTHING,
  ODD,
  RAW_TEXT,
  STRUCTURAL,
  TABLE_PARTS,
  VOID,
  holdsItems,
  endsParagraph,
  isBlock,
  isOrdinary,
  like,
  stopsEnd,
} from './elements.ts'
import { isTag, type TagToken, type Tokenizer, tokenizer } from './tokenize.ts'

/**
 * Cuts elements out of HTML text without building a DOM: one pass, linear in the length of the text whatever it holds.
 * While an element to be cut is open, the structure in it is followed: what tree construction (HTML standard, 13.2.6)
 * would repair is not guessed at, the cut is refused. Ends that are implied by rule (of paragraphs, items, cells) are no
 * repair.
 */

/** An element cut out of the text: its tag, the text it takes up, and what stands between its tags. */
export interface Cut extends StartTag {
  readonly outer: string
  readonly inner: string
  /** Where `outer` begins in the text. */
  readonly start: number
  readonly end: number
}

/** Real pages nest some 60 deep; beyond, what is open is not looked through for each tag. */
const MAX_DEPTH = 300

class Untrusted extends Error {}

interface Target<K> {
  key: K
  tag: StartTag
  start: number
  innerStart: number
}

/** What of a start tag's element is to be cut. */
interface Asked<K> {
  targets: readonly Target<K>[]
  /** Its end must be its own end tag: what is left open of formatting is opened again behind its parent. */
  isWatched: boolean
}

const NOT_ASKED: Asked<never> = { targets: [], isWatched: false }

type Open<K> = Asked<K> & { name: string }

/**
 * The outermost elements that each selector (see `selector.ts`) asks for, in the order of the text. `null` when one of
 * them cannot be cut out as an HTML parser would see it: then build the DOM. `tokens` is at the beginning of the text.
 */
export function cutElements<K extends string>(
  html: string,
  wanted: Record<K, string>,
  tokens: Tokenizer = tokenizer(html),
): Record<K, Cut[]> | null {
  try {
    return new Cutter(html, compileAll(wanted), tokens).run()
  } catch (error) {
    if (error instanceof Untrusted) return null
    throw error
  }
}

/** A pass over a text: what is open since the outermost element to be cut began. */
class Cutter<K extends string> {
  private readonly html: string
  private readonly compiled: Compiled<K>
  private readonly found: Record<K, Cut[]>
  private readonly next: Tokenizer
  /** Ordinary elements (`span`, `b`) only while one of them is to be cut: else where they end does not matter. */
  private readonly stack: Array<Open<K>> = []
  private readonly keys = new Set<K>()
  /** How many ordinary elements of which the end matters are open. */
  private watched = 0
  private readonly around = new Around()

  constructor(html: string, compiled: Compiled<K>, next: Tokenizer) {
    this.html = html
    this.compiled = compiled
    this.found = listsFor(compiled)
    this.next = next
  }

  run(): Record<K, Cut[]> {
    for (let token = this.next(); token !== null; token = this.next()) {
      if (token.kind === 'start') this.meetStart(token)
      else if (token.kind === 'end') this.meetEnd(token)
    }
    while (this.stack.length > 0) this.pop(this.html.length, this.html.length)
    for (const [key] of this.compiled.selectors) this.found[key].sort((a, b) => a.start - b.start)
    return this.found
  }

  private meetStart(token: TagToken): void {
    const { name, isForeign } = token
    if (token.isMixed || name === 'plaintext') throw new Untrusted()
    if (!isForeign && (name === 'template' || name === 'select')) {
      if (this.targetsOf(token).targets.length > 0) throw new Untrusted()
      this.passOver(name)
      return
    }
    if (name === 'form' && this.around.isFormOpen) return
    if (this.stack.length > 0 && !isForeign) this.endBefore(name, token.start)
    const { targets, isWatched } = this.targetsOf(token)
    if (token.isEmpty) {
      for (const target of targets) this.close(target, token.end, token.end)
    } else if (!token.isRaw) this.push(token, targets, isWatched)
    if (!isForeign) this.around.note(token)
    if (token.isRaw) this.passRaw(targets)
  }

  private meetEnd(token: TagToken): void {
    if (token.isMixed) throw new Untrusted()
    if (this.stack.length > 0) {
      if (!token.isForeign) this.endBy(token)
      else if (this.watched > 0) this.endLike(`svg ${token.name}`, () => false, token)
    }
    if (!token.isForeign) this.around.note(token)
  }

  /** Ends what a start tag ends by rule. */
  private endBefore(name: string, at: number): void {
    if (this.watched > 0 && ENDED_IN_LISTS.has(name)) throw new Untrusted()
    if (name === 'table' && this.around.isBetweenCells) throw new Untrusted()
    if (ENDS_ITS_LIKE.has(name) && (this.watched > 0 || name === 'button')) {
      if (this.around.mayHave(name) || this.stack.some((open) => open.name === name)) throw new Untrusted()
    }
    if (TABLE_PARTS.has(name)) this.endCell(at)
    else if (name === 'li') this.endImplied(/^li$/, holdsItems, at)
    else if (name === 'dd' || name === 'dt') this.endImplied(/^d[dt]$/, holdsItems, at)
    if (this.stack.length > 0 && endsParagraph(name)) this.endImplied(/^p$/, isBlock, at)
    if (HEADING.test(name) && HEADING.test(this.stack.at(-1)?.name ?? '')) throw new Untrusted()
  }

  /** Ends what may end without a tag; `innerEnd` and `end` are the same where it does. */
  private endImplied(names: RegExp, stops: (name: string) => boolean, innerEnd: number, end = innerEnd): void {
    const depth = this.lookUp((name) => names.test(name), stops)
    if (typeof depth === 'number') this.popTo(depth, innerEnd, end)
    else if (depth === 'unknown' && (!names.test('p') || this.around.mayHave('p'))) throw new Untrusted()
  }

  /** Ends the cell that is open in the innermost table, if one is. */
  private endCell(at: number): void {
    const depth = this.lookUp((name) => name === 'table' || CELLS.has(name), isBlock)
    if (typeof depth !== 'number') throw new Untrusted()
    if (this.stack[depth]?.name === 'table') this.popAbove(depth + 1, at)
    else this.popTo(depth, at, at)
  }

  /** Ends what an end tag ends. */
  private endBy(token: TagToken): void {
    const { name, start } = token
    if (name === 'form') {
      const top = this.stack.at(-1)?.name ?? ''
      if (top === 'form') this.pop(start, token.end)
      else if (IMPLIED.has(top) || this.stack.some((open) => open.name === 'form')) throw new Untrusted()
      return
    }
    if (NOTHING.has(name) || RAW_TEXT.has(name) || VOID.has(name)) return
    if (name === 'p') this.endImplied(/^p$/, isBlock, start, token.end)
    else if (name === 'table') this.endTable(token)
    else if (TABLE_PARTS.has(name) && !CELLS.has(name)) this.endCell(start)
    else if (!isOrdinary(name)) this.endLike(name, stopsEnd(name), token)
    else if (this.watched > 0) {
      if (this.stack.at(-1)?.name !== name) throw new Untrusted()
      this.pop(start, token.end)
    }
  }

  /** Ends the innermost element of a name; nothing where another stops the search for it. */
  private endLike(name: string, stops: (name: string) => boolean, { start, end }: TagToken): void {
    const depth = this.lookUp(like(name), stops)
    if (depth === 'unknown') throw new Untrusted()
    if (typeof depth === 'number') this.popTo(depth, start, end)
  }

  private endTable({ start, end }: TagToken): void {
    const depth = this.lookUp(like('table'), (name) => STRUCTURAL.has(name))
    if (typeof depth === 'number') this.popTo(depth, start, end)
    // The table of a cell that is to be cut.
    else if (depth === 'unknown' && CELLS.has(this.stack[0]?.name ?? '')) this.popAbove(0, start)
    else throw new Untrusted()
  }

  /** The place of the innermost open element that passes. */
  private lookUp(test: (name: string) => boolean, stops: (name: string) => boolean): number | 'none' | 'unknown' {
    for (let at = this.stack.length - 1; at >= 0; at -= 1) {
      const { name } = this.stack[at] as Open<K>
      if (test(name)) return at
      if (stops(name)) return 'none'
    }
    return 'unknown'
  }

  /** Ends what is open above a place in the stack: none of it may be more than implied to end there. */
  private popAbove(depth: number, at: number): void {
    while (this.stack.length > depth) {
      const { name, isWatched } = this.stack.at(-1) as Open<K>
      if (STRUCTURAL.has(name) || (isOrdinary(name) && isWatched)) throw new Untrusted()
      this.pop(at, at)
    }
  }

  private popTo(depth: number, innerEnd: number, end: number): void {
    this.popAbove(depth + 1, innerEnd)
    this.pop(innerEnd, end)
  }

  private pop(innerEnd: number, end: number): void {
    const open = this.stack.pop()
    if (open === undefined) return
    if (open.isWatched && isOrdinary(open.name)) this.watched -= 1
    for (const target of open.targets) this.close(target, innerEnd, end)
  }

  private close({ key, tag, start, innerStart }: Target<K>, innerEnd: number, end: number): void {
    this.keys.delete(key)
    this.found[key].push({
      name: tag.name,
      attribute: (name) => tag.attribute(name),
      outer: this.html.slice(start, end),
      inner: this.html.slice(innerStart, innerEnd),
      start,
      end,
    })
  }

  private targetsOf(token: TagToken): Asked<K> {
    const { html, compiled } = this
    if (!compiled.worthTesting(html, token)) return NOT_ASKED
    const targets: Target<K>[] = []
    const tag = tagOf(html, token)
    const matching = compiled.selectors.filter(([, selector]) => selector.matches(tag))
    for (const [key] of matching) {
      if (this.keys.has(key)) continue
      this.keys.add(key)
      targets.push({ key, tag, start: token.start, innerStart: token.end })
    }
    if (targets.length > 0 && !token.isForeign && (ODD.has(token.name) || this.around.displaces(token))) {
      throw new Untrusted()
    }
    return { targets, isWatched: targets.length > 0 || (matching.length > 0 && FORMATTING.has(token.name)) }
  }

  private push({ name, isForeign }: TagToken, targets: readonly Target<K>[], isWatched: boolean): void {
    if (this.stack.length === 0 && targets.length === 0) return
    if (NOTHING.has(name) || (TABLE_PARTS.has(name) && !CELLS.has(name))) return
    // In a table a form is closed where it begins.
    if (name === 'form' && this.around.isBetweenCells) return
    if (isForeign || isOrdinary(name)) {
      if (isWatched) this.watched += 1
      if (this.watched === 0) return
    }
    if (this.stack.length === MAX_DEPTH) throw new Untrusted()
    this.stack.push({ name: isForeign ? `svg ${name}` : name, targets, isWatched })
  }

  /** Behind raw text comes its end tag, if it has one. */
  private passRaw(targets: readonly Target<K>[]): void {
    const end = this.next() ?? { start: this.html.length, end: this.html.length }
    for (const target of targets) this.close(target, end.start, end.end)
  }

  /** A template's content is no part of the page; a `select` drops the tags that stand in it. */
  private passOver(name: 'template' | 'select'): void {
    let depth = 1
    for (let token = this.next(); token !== null; token = this.next()) {
      if (!isTag(token)) continue
      if (token.name === name) {
        depth += token.kind === 'start' ? 1 : -1
        if (depth === 0 || name === 'select') return
      } else if (name === 'select' && !/^(?:option|optgroup|script|hr)$/.test(token.name)) throw new Untrusted()
    }
    throw new Untrusted()
  }
}
