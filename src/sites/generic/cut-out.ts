import { type TextLine, type Box, kindIn, type Outline, sharedBox } from '../../core/html/outline.ts'
import { countsBefore } from './blocks.ts'
import { stripsOf } from './furniture.ts'

/** Tags of a part of a line that begin or end elements of which the rest stands elsewhere; without them nothing is left. */
function tagsIn(html: string): string {
  const tags = (html.match(/<\/?[a-z][^<>]*>/gi) ?? []).filter((tag) => !/^<(?:img|br|input|source|wbr)\b/i.test(tag))
  const ends = tags.filter((tag) => tag.startsWith('</')).length
  return ends * 2 === tags.length ? '' : tags.join('')
}

const SHOWN = /<(?:img|picture|video|audio|iframe|amp-img|object|embed)\b/i

/** What stands in a figure to share it or to buy it. */
const CONTROLS = /^(?:nav|form|button|menu)$/

interface Cut {
  start: number
  end: number
  instead?: string
}

/**
 * The HTML of the innermost box around some blocks of a page, without the other blocks and the boxes that hold nothing else:
 * pictures and players among the blocks stay, with their captions.
 */
export function htmlOf({ html, boxes, blocks }: Outline, kept: readonly TextLine[]): string {
  const [first, last] = [kept[0], kept.at(-1)]
  if (first === undefined || last === undefined) return ''
  const root = sharedBox(first.box, last.box)
  const ownPlaces = new Set(kept.map(({ at }) => at))
  const keptBefore = countsBefore(blocks, ({ at }) => ownPlaces.has(at))

  const isStrip = stripsOf(html)

  function isGone(box: Box): boolean {
    if (keptBefore[box.firstBlock] !== keptBefore[box.behindBlocks]) return false
    if (box.behindBlocks === box.firstBlock) {
      return (box.firstBlock > last!.at && box.parentElement === root) || isStrip(box)
    }
    return (
      kindIn(box) !== 'figure' ||
      CONTROLS.test(box.localName) ||
      (box.localName === 'figure' && !SHOWN.test(html.slice(box.inner, box.innerEnd)))
    )
  }

  const cuts: Cut[] = []
  for (let at = root.at + 1; at < root.behind;) {
    const box = boxes[at] as Box
    const isCut = isGone(box)
    if (isCut) cuts.push(box)
    // A form around the page is no form of the story's.
    else if (box.localName === 'form') {
      cuts.push({ start: box.start, end: box.inner }, { start: box.innerEnd, end: box.end })
    }
    at = isCut ? box.behind : at + 1
  }
  for (const { at, kind, start, end } of blocks.slice(root.firstBlock, root.behindBlocks)) {
    if (!ownPlaces.has(at) && kind !== 'figure') cuts.push({ start, end, instead: tagsIn(html.slice(start, end)) })
  }
  const parts: string[] = []
  let from = root.inner
  for (const { start, end, instead = '' } of cuts.toSorted(
    (one, other) => one.start - other.start || other.end - one.end,
  )) {
    if (start < from) continue
    parts.push(html.slice(from, start), instead)
    from = end
  }
  return [...parts, html.slice(from, root.innerEnd)].join('')
}
