import * as fc from 'fast-check'

/** Tags, end tags, comments and words that stand in no order: what hand-made and broken pages are made of. */

const ORDINARY = 'div p span section ul ol li b i a h2 h3 figure article em font'
const MORE =
  'dl dd dt button form blockquote center header details object time nobr label main aside address pre menu fieldset'
const TABLES = 'table tr td th tbody thead caption colgroup'
const CHOICES = 'select option optgroup form'
const RAW = 'script style iframe textarea title xmp noembed noframes noscript'
const OTHER = [
  '<br>',
  '<br/>',
  '</br>',
  '<hr>',
  '<img src=x>',
  '<input>',
  '<!--字-->',
  '<!-->',
  '<!--->',
  '<!--!>',
  '<!--字--!>',
  '<!字>',
  '<?字>',
  '</>',
  '</ 字>',
  '< a',
  '<',
  '&lt;',
  '&amp;',
  '<a title="</div>">',
  "<a title='>' x=/>",
  '<p class="b"/>',
]
const DRAWINGS = [
  '<svg><path d="x"/></svg>',
  '<svg><title>图</title><g></g></svg>',
  '<svg><style>.a{}</style></svg>',
  '<svg/>',
  '<svg><![CDATA[</div>]]></svg>',
  '<math><mi>x</mi></math>',
]

function tagsOf(names: string): string[] {
  return names.split(' ').flatMap((name) => [`<${name}>`, `<${name}>`, `</${name}>`, `<${name} class="b">`])
}

function emptyOf(names: string): string[] {
  return names.split(' ').map((name) => `<${name} src="x"/>`)
}

const KINDS = {
  ordinary: tagsOf(ORDINARY),
  blocks: [...tagsOf(ORDINARY), ...tagsOf(MORE)],
  tables: [...tagsOf(ORDINARY), ...tagsOf(MORE), ...tagsOf(TABLES)],
  raw: [...tagsOf(ORDINARY), ...tagsOf(RAW), ...emptyOf(RAW)],
  drawings: [...tagsOf(ORDINARY), ...DRAWINGS],
  choices: [...tagsOf(ORDINARY), ...tagsOf(CHOICES)],
}

/** In the end there is an end tag for raw text that was written empty: without any it counts as empty, not so in HTML. */
const ENDS: Readonly<Record<string, string>> = {
  raw: RAW.split(' ')
    .map((name) => `</${name}>`)
    .join(''),
}

export type Kind = keyof typeof KINDS
export const KIND_NAMES = Object.keys(KINDS) as Kind[]

/** Pages of one kind. Every word is another, so that two parsers can be compared by them. */
export function soup(kind: Kind): fc.Arbitrary<string> {
  const words = fc.constant(null)
  const unit = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...KINDS[kind]) },
    { weight: 1, arbitrary: fc.constantFrom(...OTHER) },
    { weight: 3, arbitrary: words },
  )
  return fc.array(unit, { minLength: 3, maxLength: 18, size: 'max' }).map((units) => {
    const body = units.map((each, index) => each ?? `词${index} `).join('')
    return `<!DOCTYPE html><body>${body}${ENDS[kind] ?? ''}`
  })
}
