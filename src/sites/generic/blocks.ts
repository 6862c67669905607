/** The text of an article as a reader meets it, for rules that judge it piece by piece. */

export interface Block {
  /** Neighbours in one parent: an element alone, or a run of text and inline elements that a `<br>` or a block ends. */
  readonly nodes: readonly Node[]
  readonly text: string
  /** Latin words and six tenths of each Chinese, Japanese or Korean character. */
  readonly words: number
  /** How much of the text is in links, 0 to 1. */
  readonly linked: number
  /** The nearest element that says what the block is: `p`, `h2`, `li`, `td`, `figure`, `blockquote`, `div`. */
  readonly kind: string
}

const INLINE = new Set(
  `a abbr b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr picture q ruby rb rp rt rtc s samp
  small source span strike strong sub sup svg time tt u var wbr`.split(/\s+/),
)
const KINDS = new Set('h1 h2 h3 h4 h5 h6 li dd dt td th caption figure blockquote pre p'.split(' '))
const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu
const WORDS = /[\p{L}\p{N}]+/gu
const IDEOGRAPH_WORTH = 0.6

const SHOWN = 'img, iframe, video, audio, embed, object'

const ELEMENT = 1
const TEXT = 3

export function wordsIn(text: string): number {
  const ideographs = text.match(IDEOGRAPHS)?.length ?? 0
  const words = (ideographs === 0 ? text : text.replace(IDEOGRAPHS, ' ')).match(WORDS)?.length ?? 0
  return words + IDEOGRAPH_WORTH * ideographs
}

export function textOf(node: Node): string {
  return (node.textContent ?? '').replace(/\s+/g, ' ').trim()
}

function kindOf(element: Element): string {
  let own: string | null = null
  for (let here: Element | null = element; here !== null; here = here.parentElement) {
    if (here.localName === 'figure' || here.localName === 'blockquote') return here.localName
    if (KINDS.has(here.localName)) own ??= here.localName
  }
  return own ?? 'div'
}

function linkedText(node: Node, isLinked: boolean): number {
  if (isLinked) return textOf(node).length
  if ((node as Element).localName === 'a') return textOf(node).length
  let sum = 0
  for (let child = node.firstChild; child !== null; child = child.nextSibling) sum += linkedText(child, false)
  return sum
}

function holdsBlock(parent: Node): boolean {
  for (let node = parent.firstChild; node !== null; node = node.nextSibling) {
    if (node.nodeType !== ELEMENT) continue
    const { localName } = node as Element
    if (localName === 'br' || !INLINE.has(localName) || holdsBlock(node)) return true
  }
  return false
}

/** The blocks of text under `root`, in order. Pictures, rules and players without text are none. */
export function blocksOf(root: Element): Block[] {
  const blocks: Block[] = []
  let run: Node[] = []

  function end(parent: Element, isLinked: boolean): void {
    const text = run
      .map((node) => node.textContent ?? '')
      .join('')
      .replace(/\s+/g, ' ')
      .trim()
    if (text !== '') {
      const linked = run.reduce((sum, node) => sum + linkedText(node, isLinked), 0) / text.length
      blocks.push({ nodes: run, text, words: wordsIn(text), linked: Math.min(linked, 1), kind: kindOf(parent) })
    }
    run = []
  }

  function walk(parent: Element, around: boolean): void {
    const isLinked = around || parent.localName === 'a'
    for (let node: Node | null = parent.firstChild; node !== null; node = node.nextSibling) {
      if (node.nodeType === TEXT) run.push(node)
      if (node.nodeType !== ELEMENT) continue
      const element = node as Element
      if (INLINE.has(element.localName) && !holdsBlock(element)) run.push(element)
      else {
        end(parent, isLinked)
        walk(element, isLinked)
      }
    }
    end(parent, isLinked)
  }

  walk(root, false)
  return blocks
}

function isEmpty(node: Node): boolean {
  if (node.nodeType !== ELEMENT) return node.nodeType !== TEXT || (node.nodeValue ?? '').trim() === ''
  return textOf(node) === '' && (node as Element).querySelector(SHOWN) == null && !(node as Element).matches(SHOWN)
}

/** True when nothing beside the node is text or shows something; looks no further than the nearest that does. */
function isAlone(node: Node): boolean {
  for (const side of ['previousSibling', 'nextSibling'] as const) {
    for (let other = node[side]; other !== null; other = other[side]) if (!isEmpty(other)) return false
  }
  return true
}

const SENTENCE_END = /[.!?。！？…:：;；][”’」』）)\]】"']*$|[”’」』"']$/
const PROSE_WORDS = 9
/** A full stop that no heading or link ends with: seven characters before it are a sentence. */
const FULL_STOP = /[。！？][”’」』）]*$/
const FULL_STOP_WORDS = 4
const LONG_PROSE_WORDS = 28
/** A text of which more is in links is a list of links. */
export const PROSE_LINKED = 0.6

/** A note behind the last sentence: （译者：甲/核稿：乙）, (Reuters). */
const NOTE_AT_END = /\s*[（(【][^（(【）)】]{0,60}[）)】]$/

const withoutNote = (text: string): string => text.replace(NOTE_AT_END, '')

export function endsSentence(text: string): boolean {
  return SENTENCE_END.test(text) || SENTENCE_END.test(withoutNote(text))
}

/** A block of which more is in links is a link. */
const LINK = 0.8

export function isLink({ linked }: Block): boolean {
  return linked > LINK
}

/** A paragraph of sentences, or of so many words that it can be nothing else. */
export function isProse({ kind, words, linked, text }: Block): boolean {
  if (kind === 'figure' || linked >= PROSE_LINKED) return false
  if (words >= LONG_PROSE_WORDS || (words >= FULL_STOP_WORDS && FULL_STOP.test(withoutNote(text)))) return true
  return words >= PROSE_WORDS && endsSentence(text)
}

/** Of what kind a block is: pages give all paragraphs of an article one tag and class, below one kind of parent. */
export function signature(block: Block): string {
  const of = (each: Element | null | undefined) => `${each?.localName ?? ''}.${each?.getAttribute('class') ?? ''}`
  const element = block.nodes[0]?.parentElement
  return `${of(element)} < ${of(element?.parentElement)}`
}

export function wordsOf(blocks: Iterable<Block>): number {
  let sum = 0
  for (const { words } of blocks) sum += words
  return sum
}

const LETTER = /[\p{L}\p{N}]/u

/** True for two lines of the same letters and digits. */
export function isSameLine(one: string, other: string): boolean {
  const first = (text: string) => LETTER.exec(text)?.[0].toLowerCase()
  if (first(one) !== first(other)) return false
  const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()
  return letters(one) !== '' && letters(one) === letters(other)
}

/** A rubric, a mark of what is new. */
const MOST_BESIDE = 8

/** True for a heading that is a headline with a word or two before it or behind. */
export function isHeadlineWithMore({ kind, text }: Block, headline: string): boolean {
  const [own, other] = [text, headline].map((line) => line.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase())
  return /^h[12]$/.test(kind) && other !== '' && own!.includes(other!) && own!.length - other!.length <= MOST_BESIDE
}

/** Takes a block out of its article, and the elements that held nothing but it. */
export function removeBlock(block: Block, root: Element): void {
  for (const node of block.nodes) {
    let gone: Node = node
    while (gone.parentNode !== null && gone.parentNode !== root && isAlone(gone)) gone = gone.parentNode
    gone.parentNode?.removeChild(gone)
  }
}
