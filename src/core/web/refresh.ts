import { isFeedMarkup } from '../text/feed-markup.ts'
import { tagOf } from '../html/tag.ts'
import { paragraphsOf } from '../html/prose.ts'
import { type TagToken, tokenizer } from '../html/tokenize.ts'
import { wordsIn } from '../text/sentences.ts'
import { mendLink } from './link.ts'
import { isTwin, urlOf, webUrlOf } from '../url.ts'

/** Newspapers' pages load themselves anew after minutes. */
const MAX_DELAY_S = 10
/** What such a page says: that it moved, and a link for whom nothing happens. */
const MAX_WORDS = 50
/** HTML, "shared declarative refresh steps": a delay, then an address with or without its name and quotes. */
const REFRESH = /^\s*(\d{0,9})(?:\.[\d.]*)?\s*(?:[;,]|\s)\s*(?:url\s*=\s*)?(?:"([^"]*)|'([^']*)|(.*))/is
/** The site's own words and buttons. All else may be a story, whatever it is called: old pages stand in one form. */
const AROUND = /^(?:nav|footer|button|select|option|noscript|template|svg)$/
const IS_FRONT =
  /^\/(?:[a-z]{2}(?:[-_][a-z]{2,4})?\/?)?(?:(?:index|default|home|main)(?:\.(?:[sx]?html?|php|aspx?|jsp))?\/?)?$/i
/** What the head and the data of a story say of it. */
const IS_ARTICLE = /^(?:article:|og:type$)/i
const HAS_ARTICLE = /"articleBody"|"@type"\s*:\s*\[?\s*"\w{0,40}Article"/
/** What parts the strings of a script from one another, and its code. */
const CODE = /["'`<>{}()[\]=;]|,(?! )/
/** No label and no notice in a script is longer; a sentence of a story is. */
const MOST_WORDS_IN_CODE = 15

/**
 * The address to which a page at `url` leads at once by `<meta http-equiv="refresh">`, or by the header of that name, as a redirect does:
 * of a page that says nothing itself. `null` for every other page: one that waits longer, that loads itself anew (so
 * do challenges, and newspapers), that has a text, also in its data, or says that it is an article or at its own address (those lead
 * to a twin for phones, or a login), or that leads to the front page, which is what a site does where a story is gone.
 */
export function leadsTo(html: string, header: string | null, url: string): string | null {
  if (isFeedMarkup(html) || /^\ufeff?\s*[{[]/.test(html)) return null
  const own = urlOf(url)
  const told = toldIn(html)
  const [, delay = '', double, single, bare = ''] = REFRESH.exec(header ?? told.refresh ?? '') ?? []
  const target = webUrlOf(mendLink((double ?? single ?? bare).trim(), url), url)
  if (target === null || own === null || Number(delay) > MAX_DELAY_S) return null
  if (isSame(target, own) || isFrontOf(target, own) || told.isArticle || saysMore(html)) return null
  const names = told.addresses.flatMap((address) => (address === '' ? [] : (urlOf(address, url) ?? [])))
  return names.some((name) => isTwin(name, own) && !isSame(target, name)) ? null : target.href
}

interface Told {
  refresh: string | null
  /** By which it names itself. */
  addresses: string[]
  isArticle: boolean
}

/** What a page tells of itself. We run no script: what stands in a `noscript` is for us. */
function toldIn(html: string): Told {
  const told: Told = { refresh: null, addresses: [], isArticle: false }
  const next = tokenizer(html)
  for (let token = next(); token !== null; token = next()) {
    if (token.kind !== 'start') continue
    if (token.name === 'meta' || token.name === 'link') takeMeta(html, token, told)
    if (token.name !== 'noscript' && token.name !== 'script') continue
    const { name } = token
    const inner = html.slice(token.end, next()?.start)
    if (name === 'noscript') told.refresh ??= toldIn(inner).refresh
    else
      told.isArticle ||= HAS_ARTICLE.test(inner) || inner.split(CODE).some((text) => wordsIn(text) > MOST_WORDS_IN_CODE)
  }
  return told
}

function takeMeta(html: string, token: TagToken, told: Told): void {
  const tag = tagOf(html, token)
  const content = tag.attribute('content')?.trim() ?? ''
  const name = (tag.attribute('property') ?? tag.attribute('name') ?? '').trim()
  if (tag.attribute('http-equiv')?.trim().toLowerCase() === 'refresh') told.refresh ??= content
  if (tag.attribute('rel')?.trim().toLowerCase() === 'canonical') told.addresses.push(tag.attribute('href') ?? '')
  if (/^og:url$/i.test(name)) told.addresses.push(content)
  told.isArticle ||= IS_ARTICLE.test(name) && (!/^og:/i.test(name) || content.toLowerCase() === 'article')
}

/** A challenge leads to its own page with a token more. */
function isSame(target: URL, own: URL): boolean {
  const isOfHost = target.host === own.host && target.pathname === own.pathname
  return isOfHost && [...own.searchParams].every(([name, value]) => target.searchParams.getAll(name).includes(value))
}

function isFrontOf(target: URL, own: URL): boolean {
  return IS_FRONT.test(target.pathname) && target.search === '' && !IS_FRONT.test(own.pathname)
}

function saysMore(html: string): boolean {
  const said = paragraphsOf(html, ({ name }) => AROUND.test(name)).filter(({ linked }) => linked < 0.5)
  return wordsIn(said.map(({ text }) => text).join('\n')) > MAX_WORDS
}
