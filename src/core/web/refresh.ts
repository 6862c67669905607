import { tagOf } from '../html/tag.ts'
import { paragraphsOf } from '../html/prose.ts'
import { tokenizer } from '../html/tokenize.ts'
import { smallLettersOf } from '../text/letters.ts'
import { mendLink } from './link.ts'
import { urlOf } from './url.ts'

/** Newspapers' pages load themselves anew after minutes. */
const MAX_DELAY_S = 10
/** What such a page says: that it moved, and a link for whom nothing happens. */
const MAX_LETTERS = 200
/** HTML, "shared declarative refresh steps": a delay, then an address with or without its name and quotes. */
const REFRESH = /^\s*(\d{0,9})(?:\.[\d.]*)?\s*(?:[;,]|\s)\s*(?:url\s*=\s*)?(?:"([^"]*)|'([^']*)|(.*))/is

/**
 * The address to which a page at `url` leads at once by `<meta http-equiv="refresh">`, or by the header of that name, as a redirect does:
 * of a page that says nothing itself. `null` for every other page: one that waits longer, that loads itself anew (so
 * do challenges, and newspapers), or that leads to the front page, which is what a site does where a story is gone.
 */
export function leadsTo(html: string, header: string | null, url: string): string | null {
  const [, delay = '', double, single, bare = ''] = REFRESH.exec(header ?? refreshIn(html) ?? '') ?? []
  const target = urlOf(mendLink((double ?? single ?? bare).trim(), url), url)
  const own = urlOf(url)
  if (target === null || own === null || !/^https?:$/.test(target.protocol) || Number(delay) > MAX_DELAY_S) return null
  return isSame(target, own) || isHomeOf(target, own) || saysMore(html) ? null : target.href
}

/** We run no script: what stands in a `noscript` is for us. */
function refreshIn(html: string): string | null {
  const next = tokenizer(html)
  for (let token = next(); token !== null; token = next()) {
    if (token.kind !== 'start') continue
    if (token.name === 'noscript') {
      const inner = html.slice(token.end, next()?.start)
      const found = refreshIn(inner)
      if (found !== null) return found
    }
    if (token.name !== 'meta') continue
    const tag = tagOf(html, token)
    if (tag.attribute('http-equiv')?.trim().toLowerCase() === 'refresh') return tag.attribute('content')
  }
  return null
}

/** A challenge leads to its own page with a token more. */
function isSame(target: URL, own: URL): boolean {
  const isOfHost = target.host === own.host && target.pathname === own.pathname
  return isOfHost && [...own.searchParams].every(([name, value]) => target.searchParams.getAll(name).includes(value))
}

function isHomeOf(target: URL, own: URL): boolean {
  return target.pathname === '/' && target.search === '' && own.pathname !== '/'
}

function saysMore(html: string): boolean {
  const said = paragraphsOf(html).filter(({ linked }) => linked < 0.5)
  return html.includes('"articleBody"') || smallLettersOf(said.map(({ text }) => text).join('')).length > MAX_LETTERS
}
