import { addBlocks, endLine, type Flow, newFlow, type Wrapper } from './flow.ts'
import { deeper, isTooDeep, type ReadContext } from './reading.ts'
import { type Block, type List, type ListItem, markOf } from '../blocks.ts'

/** CommonMark's longest number has nine digits. */
const MAX_START = 999_999_999

function numberIn(element: Element | null, name: string): number | null {
  const value = Number.parseInt(element?.getAttribute(name) ?? '', 10)
  return Number.isNaN(value) || value < 0 || value > MAX_START ? null : value
}

/** True for the number behind the last of a list. */
function goesOn({ start, items }: List, number: number | null): boolean {
  return start !== null && start + items.length === number
}

/** A list, parted where its numbers do not go on by one: `value` and `reversed` say so. */
function numbered(element: Element, items: readonly Item[]): List[] {
  const step = element.hasAttribute('reversed') ? -1 : 1
  const lists: List[] = []
  let number = numberIn(element, 'start') ?? (step === 1 ? 1 : items.length)
  for (const { own, ...item } of items) {
    number = Math.max(0, numberIn(own, 'value') ?? number)
    const last = lists.at(-1)
    if (last !== undefined && goesOn(last, number)) last.items.push(item)
    else lists.push({ kind: 'list', start: number, items: [item] })
    number += step
  }
  return lists
}

function checkboxOf(item: Element): boolean | null {
  let first = item.firstChild
  while (first !== null && (first.nodeType !== 1 || first.nodeName === 'P' || first.nodeName === 'LABEL')) {
    const isBlank = first.nodeType !== 1 && (first.nodeType !== 3 || (first.nodeValue ?? '').trim() === '')
    if (first.nodeType === 3 && !isBlank) return null
    first = isBlank ? first.nextSibling : first.firstChild
  }
  const box = first?.nodeName === 'INPUT' ? (first as Element) : null
  if (box?.getAttribute('type')?.toLowerCase() !== 'checkbox') return null
  return box.hasAttribute('checked')
}

/** An item and its element, `null` for what stands in a list without being one. */
interface Item extends ListItem {
  own: Element | null
}

/** What stands in a list without being an item joins the item before it, or is an item. */
function readStray(node: Node, items: Item[], strays: Flow, reading: ReadContext): void {
  const { length } = strays.blocks
  reading.node(node, strays, reading)
  if (strays.blocks.length === length) return
  endLine(strays)
  const last = items.at(-1)
  if (last !== undefined && strays.blocks.length > 0) last.blocks = [...last.blocks, ...strays.blocks.splice(0)]
}

/** Reads `<ul>` or `<ol>`. A list of nothing is nothing. */
export function readList(element: Element, reading: ReadContext, path: readonly Wrapper[]): Block[] {
  const inside = deeper(reading)
  const items: Item[] = []
  let strays = newFlow(path)
  const settle = (): void => {
    endLine(strays)
    if (strays.blocks.length > 0) items.push({ own: null, checked: null, blocks: strays.blocks })
    strays = newFlow(path)
  }
  for (let child = element.firstChild; child !== null; child = child.nextSibling) {
    if (child.nodeName === 'LI') {
      settle()
      const own = child as Element
      items.push({ own, checked: checkboxOf(own), blocks: reading.blocks(own, inside, path) })
    } else readStray(child, items, strays, inside)
  }
  settle()
  if (items.every(({ blocks }) => blocks.length === 0)) return []
  if (isTooDeep(reading)) return items.flatMap(({ blocks }) => blocks)
  if (element.tagName === 'OL') return numbered(element, items)
  return [{ kind: 'list', start: null, items: items.map(({ checked, blocks }) => ({ checked, blocks })) }]
}

/** Lists of one item that many in a row are one list, which a tool for writing broke apart. */
const MIN_BROKEN = 3

function isSingle(block: Block | undefined): block is List {
  return block?.kind === 'list' && block.start === null && block.items.length === 1
}

/** Blocks with the lists that a reader sees as one made one: bullets of one item each, and numbers that go on. */
export function joinLists(blocks: readonly Block[]): Block[] {
  const joined: Block[] = []
  for (let at = 0; at < blocks.length; at += 1) {
    let end = at
    while (isSingle(blocks[end])) end += 1
    const block = blocks[at]
    const last = joined.at(-1)
    if (end - at >= MIN_BROKEN) {
      joined.push({
        kind: 'list',
        start: null,
        items: blocks.slice(at, end).flatMap((it) => (isSingle(it) ? it.items : [])),
      })
      at = end - 1
    } else if (block?.kind === 'list' && last?.kind === 'list' && goesOn(last, block.start)) {
      joined[joined.length - 1] = { ...last, items: [...last.items, ...block.items] }
    } else if (block !== undefined) joined.push(block)
  }
  return joined
}

/** Reads `<dl>`: a term is a line in bold, what it means a bullet under it. */
export function readDefinitions(element: Element, reading: ReadContext, path: readonly Wrapper[]): Block[] {
  const flow = newFlow(path)
  let items: ListItem[] = []
  const settle = (): void => {
    if (items.length > 0) addBlocks(flow, [{ kind: 'list', start: null, items }])
    items = []
  }
  const visit = (parent: Element): void => {
    for (let child = parent.firstChild; child !== null; child = child.nextSibling) {
      if (child.nodeName === 'DD') {
        const blocks = reading.blocks(child as Element, deeper(reading), path)
        if (isTooDeep(reading)) addBlocks(flow, blocks)
        else if (blocks.length > 0) items.push({ checked: null, blocks })
      } else if (child.nodeName === 'DT') {
        settle()
        addBlocks(flow, reading.blocks(child as Element, reading, [...path, markOf('strong')]))
      } else if (child.nodeName === 'DIV') {
        visit(child as Element)
      } else {
        if (child.nodeType === 1 || (child.nodeValue ?? '').trim() !== '') settle()
        reading.node(child, flow, reading)
      }
    }
  }
  visit(element)
  settle()
  endLine(flow)
  return flow.blocks
}
