/** What elements are to the parser of the HTML standard (13.1.2, 13.2.6): which hold text alone, and which end which. */

export const VOID: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta param source track wbr basefont bgsound frame keygen'.split(' '),
)
/** Elements whose content is text up to their end tag; `plaintext` has none. Scripting counts as on, as in a browser. */
export const RAW_TEXT: ReadonlySet<string> = new Set(
  'script style textarea title xmp iframe noembed noframes noscript plaintext'.split(' '),
)
export const HEADING = /^h[1-6]$/
/** Elements that their own end tag alone ends, and that end a paragraph which is open where they begin. */
export const STRUCTURAL = new Set(
  `address article aside blockquote button center details dialog dir div dl fieldset figcaption figure footer h1 h2 h3 h4
  h5 h6 header hgroup listing main menu nav ol pre search section summary ul form applet marquee object table`.split(
    /\s+/,
  ),
)
/** Elements of text that stand in a line of it (the standard's phrasing content, and what it was once written with). */
export const IN_TEXT: ReadonlySet<string> = new Set(
  `a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q ruby rb rt rtc rp s samp small span
  strike strong sub sup time tt u var wbr`.split(/\s+/),
)
/** What stands in these reaches no element around them. */
export const SCOPES = new Set('applet marquee object table td th caption'.split(' '))
export const CELLS = new Set('td th caption'.split(' '))
export const TABLE_PARTS = new Set('td th caption tr tbody thead tfoot col colgroup'.split(' '))
/** Elements that end where their like begins, or where what holds them ends. */
export const IMPLIED = new Set('p li dd dt'.split(' '))
/** Start tags besides structural ones that end an open paragraph. */
const ENDS_PARAGRAPH = new Set('p li dd dt hr xmp'.split(' '))
/** Structural start tags that do not: `object`, `applet`, `marquee` stand in a line; `button` and `table` may. */
export const IN_LINE = new Set('applet marquee object button'.split(' '))
/** Start tags that end one of their own name, and what is open in that. */
export const ENDS_ITS_LIKE = new Set('a nobr button'.split(' '))
export const ENDED_IN_LISTS = new Set('option optgroup rb rp rt rtc'.split(' '))
export const FORMATTING = new Set('a b big code em font i nobr s small strike strong tt u'.split(' '))
/** Elements that the parser moves, renames or ends by rules which are not followed here. */
export const ODD = new Set('option optgroup rb rp rt rtc tr tbody thead tfoot colgroup form table image'.split(' '))
/** Elements that may do without an end tag, those of ruby apart. */
export const OPTIONAL_END: ReadonlySet<string> = new Set([
  ...IMPLIED,
  ...TABLE_PARTS,
  ...'html head body option optgroup'.split(' '),
])
/** Tags that open nothing in a page's body, or nothing that others are ended by. */
export const NOTHING = new Set('html head body frameset template select'.split(' '))

export function isOrdinary(name: string): boolean {
  return !STRUCTURAL.has(name) && !IMPLIED.has(name) && !CELLS.has(name)
}

export function isBlock(name: string): boolean {
  return STRUCTURAL.has(name) || CELLS.has(name)
}

export function like(name: string): (other: string) => boolean {
  return HEADING.test(name) ? (other) => HEADING.test(other) : (other) => other === name
}

/** Tells the elements that an end tag of a name does not reach across, if it is no ordinary one's. */
export function stopsEnd(name: string): (other: string) => boolean {
  if (CELLS.has(name)) return (other) => other === 'table'
  return name === 'li' ? (other) => SCOPES.has(other) || other === 'ul' || other === 'ol' : (other) => SCOPES.has(other)
}

/** True for a start tag that ends a paragraph which is open. */
export function endsParagraph(name: string): boolean {
  return ENDS_PARAGRAPH.has(name) || (STRUCTURAL.has(name) && !IN_LINE.has(name))
}

/** True for one behind whose start no item of a list around it is ended by the next. */
export function holdsItems(name: string): boolean {
  return isBlock(name) && name !== 'div' && name !== 'address'
}
