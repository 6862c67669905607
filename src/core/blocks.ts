/** What a body is made of between the DOM and Markdown: the shapes that Markdown has, and no others. */

export type MarkKind = 'em' | 'strong' | 'del' | 'sub' | 'sup'

export interface Text {
  kind: 'text'
  text: string
}

export interface Code {
  kind: 'code'
  text: string
}

export interface Image {
  kind: 'image'
  /** Absolute, or relative when no base is known. */
  url: string
  /** The caption as plain text; empty when there is none. */
  alt: string
  title: string
  /** True when `alt` is the caption that the page shows, rather than a description. */
  captioned: boolean
  /** Where it is kept, relative to the archive; absent where it is not. */
  path?: string
}

export interface Link {
  kind: 'link'
  url: string
  title: string
  children: Inline[]
}

export interface Mark {
  kind: 'mark'
  mark: MarkKind
  /** True when no delimiter parses here: the mark is written as an HTML tag. */
  tag: boolean
  children: Inline[]
}

export interface Break {
  kind: 'break'
  /** True where the break is written as an HTML tag, as in a table's cell. */
  tag: boolean
}

export type Inline = Text | Code | Image | Link | Mark | Break

export interface Paragraph {
  kind: 'paragraph'
  inlines: Inline[]
  /** True when the source says `<p>`: in a list it makes the list loose. */
  explicit: boolean
  /** The caption that must follow a picture, when the source binds one to it. */
  caption: Inline[] | null
}

export interface Heading {
  kind: 'heading'
  /** 1 to 6. */
  level: number
  inlines: Inline[]
}

export interface Quote {
  kind: 'quote'
  blocks: Block[]
}

export interface ListItem {
  /** `null` when the item is no task. */
  checked: boolean | null
  blocks: Block[]
}

export interface List {
  kind: 'list'
  /** The first number; `null` for bullets. */
  start: number | null
  items: ListItem[]
}

export interface CodeBlock {
  kind: 'code-block'
  text: string
  language: string
}

export interface Table {
  kind: 'table'
  /** Every row has the same number of cells; the first is the header. */
  rows: Inline[][][]
  align: ('left' | 'center' | 'right' | null)[]
}

export interface Rule {
  kind: 'rule'
}

export type Block = Paragraph | Heading | Quote | List | CodeBlock | Table | Rule

export function text(value: string): Text {
  return { kind: 'text', text: value }
}

/** A mark, less what it stands over; written with delimiters where these parse. */
export function markOf(kind: MarkKind): Omit<Mark, 'children'> {
  return { kind: 'mark', mark: kind, tag: false }
}

export function paragraph(inlines: Inline[], explicit = false): Paragraph {
  return { kind: 'paragraph', inlines, explicit, caption: null }
}

/** Inline content with each of its line breaks, within links and marks too, as `put` has it. */
export function withBreaks(inlines: readonly Inline[], put: (it: Break) => Inline): Inline[] {
  return inlines.map((inline) => {
    if (inline.kind === 'break') return put(inline)
    return inline.kind === 'link' || inline.kind === 'mark'
      ? { ...inline, children: withBreaks(inline.children, put) }
      : inline
  })
}

/** The blocks within a block: those of a quote, or of all items of a list; none of any other. */
export function innerBlocks(block: Block): Block[] {
  if (block.kind === 'quote') return block.blocks
  return block.kind === 'list' ? block.items.flatMap((item) => item.blocks) : []
}

/** The words of inline content, with what `said` says of a picture among them; nothing, unless it is given. */
export function plain(inlines: readonly Inline[], said: (image: Image) => string = () => ''): string {
  return inlines
    .map((inline) => {
      if (inline.kind === 'text' || inline.kind === 'code') return inline.text
      if (inline.kind === 'break') return '\n'
      return inline.kind === 'image' ? said(inline) : plain(inline.children, said)
    })
    .join('')
}
