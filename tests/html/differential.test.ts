import * as fc from 'fast-check'
import { type Token, Tokenizer, TokenizerMode } from 'parse5'
import { describe, expect, test } from 'vitest'
import { cutElements } from '../../src/core/html/cut.ts'
import { parseHtml } from '../../src/core/html/html.ts'
import { attributesOf } from '../../src/core/html/attributes.ts'
import { RAW_TEXT } from '../../src/core/html/elements.ts'
import { tokenizer } from '../../src/core/html/tokenize.ts'
import { runs } from '../support/runs.ts'
import { outermost, parsed, textOf } from './parse5.ts'
import { KIND_NAMES, soup } from './soup.ts'

const CASES = runs(1600)

const WANTED = { b: '.b' }

/** The text in an element's HTML. Of raw text that is all of it. */
function textIn(name: string, inner: string): string {
  if (name === 'title' || name === 'textarea') return inner.replaceAll('&lt;', '<').replaceAll('&amp;', '&')
  return RAW_TEXT.has(name) ? inner : textOf(parsed(`<!DOCTYPE html><body>${inner}`))
}

/** That of `noscript` is markup there, from which pictures are read. */
function domText(node: globalThis.Node): string {
  if (node.nodeType === 3) return node.nodeValue ?? ''
  if (node.nodeName === 'NOSCRIPT') return ''
  let text = ''
  for (let child = node.firstChild; child !== null; child = child.nextSibling) text += domText(child)
  return text
}

describe.each(KIND_NAMES)('pages of %s', (kind) => {
  test('what is cut out of the text is what a parser finds', () => {
    let trusted = 0
    fc.assert(
      fc.property(soup(kind), (html) => {
        const cut = cutElements(html, WANTED)?.b
        if (cut === undefined) return
        trusted += 1
        expect(cut.map(({ name, inner }) => textIn(name, inner))).toEqual(
          outermost(parsed(html), 'b').map((each) => textOf(each)),
        )
      }),
      { numRuns: CASES },
    )
    expect(trusted).toBeGreaterThan(CASES / 5)
  })

  test('the parser in use loses no text', () => {
    fc.assert(
      fc.property(soup(kind), (html) => {
        expect(domText(parseHtml(html))).toBe(textOf(parsed(html), 'noscript'))
      }),
      { numRuns: CASES / 2 },
    )
  })
})

/** Tokens as parse5's tokenizer cuts them, which is told by its user where raw text begins. */
function parse5Tokens(html: string): string[] {
  const found: string[] = []
  const state = (name: string): number | null => {
    if (name === 'script') return TokenizerMode.SCRIPT_DATA
    if (name === 'plaintext') return TokenizerMode.PLAINTEXT
    if (name === 'title' || name === 'textarea') return TokenizerMode.RCDATA
    return RAW_TEXT.has(name) ? TokenizerMode.RAWTEXT : null
  }
  const ignored = (): void => {}
  // What the end of the text ends has no end of its own.
  const place = (at: Token.Location | null): string => `${at?.startOffset} ${Math.min(at?.endOffset ?? 0, html.length)}`
  const reader = new Tokenizer(
    { sourceCodeLocationInfo: true },
    {
      onStartTag({ tagName, attrs, location }) {
        const names = attrs.map(({ name }) => name)
        found.push(`<${tagName} ${names.join(' ')}> ${place(location)}`)
        const raw = state(tagName)
        if (raw !== null) reader.state = raw
      },
      onEndTag: ({ tagName, location }) => {
        found.push(`</${tagName}> ${place(location)}`)
      },
      onComment: ({ location }) => {
        found.push(`comment ${place(location)}`)
      },
      onDoctype: ({ location }) => {
        found.push(`comment ${place(location)}`)
      },
      onCharacter: ignored,
      onNullCharacter: ignored,
      onWhitespaceCharacter: ignored,
      onEof: ignored,
    },
  )
  reader.write(html, true)
  return found
}

function ownTokens(html: string): string[] {
  const found: string[] = []
  const next = tokenizer(html)
  for (let token = next(); token !== null; token = next()) {
    const place = `${token.start} ${token.end}`
    // `</>` is nothing at all.
    if (token.kind === 'comment' && token.end - token.start === 3 && html.startsWith('</>', token.start)) continue
    if (token.kind === 'comment') found.push(`comment ${place}`)
    else if (token.kind === 'end') found.push(`</${token.name}> ${place}`)
    else if (token.kind === 'start') {
      const names = [...new Set(attributesOf(html, token).map(({ name }) => name))]
      found.push(`<${token.name} ${names.join(' ')}> ${place}`)
    }
  }
  return found
}

const PIECES =
  `< > / = " ' ! - -- <! <!- <!-- <!--- --> --!> - > </ <? a b script /script <a </a> <script> </script> <title </title>
  <textarea> </textarea > </style <!doctype> x="1" y='2' z=3 a=b/ <xmp> </xmp> <p <![CDATA[ ]]> 字`.split(/\s+/)

/** Raw text without an end is milder here than in the standard. */
const ENDS = '</title></textarea></xmp>'.repeat(2)

test('tokens are those of the standard', () => {
  const pieces = fc.array(fc.constantFrom(...PIECES, ' ', '\n', '\t', '\f'), { maxLength: 14, size: 'max' })
  fc.assert(
    fc.property(pieces, (parts) => {
      const html = `${parts.join('')}${ENDS}`
      expect(ownTokens(html)).toEqual(parse5Tokens(html))
    }),
    { numRuns: runs(8000) },
  )
})
