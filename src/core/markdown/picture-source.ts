import { closest, descendants } from '../html/dom.ts'
import { cleanUrl } from './url.ts'

/** Attributes where lazy loaders keep the real address, the commonest first. */
const LAZY =
  `data-src data-original data-lazy-src data-original-src data-actualsrc data-hi-res-src data-hi-res data-full-src
  data-lazy data-url data-echo data-lazyload data-lazy-original data-pagespeed-lazy-src data-pagespeed-high-res-src
  data-cfsrc data-ll-src data-real-src`.split(/\s+/)
const LAZY_SETS = ['data-srcset', 'data-lazy-srcset']
const OWN_SETS = ['srcset', ...LAZY_SETS]
/** Attributes that are read for what they mean, or that name another or a poorer picture. */
const NO_SOURCE =
  /^(?:src|alt|title|class|id|style|width|height|sizes|href|name|usemap|longdesc|on\w+|aria-.*)$|caption|title|thumb|small|low|preview|placeholder|blur|tiny|fallback|error|loading|icon|avatar/i
/** A source set: each address but one has its size behind it. */
const SET = /\s[\d.]{1,9}[wxh]\s*(?:,|$)/
/** What is longer is no address, but data. */
const MAX_ADDRESS = 8000
const MAX_SET = 40_000
/** One picture has no more sources and twins than these. */
const MOST_BESIDE = 50

const PICTURE_FILE = /\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|heic|jfif)(?:[!@_:~][^/]*)?$/i
const PICTURE_QUERY = /\.(?:jpe?g|png|webp|gif|avif)\b|[?&](?:format|fmt|wx_fmt|imageView2?|x-oss-process)\b/i
const PICTURE_PLACE =
  /^(?:https?:)?\/\/(?:img|images?|pics?|photos?|media|cdn|static)[\w-]*\.|\/(?:images?|imgs?|photos?|pics?|pictures?|media|uploads?|s3fs-public|files)\//i
const OTHER_FILE = /\.(?:s?html?|json|xml|js|css|txt|pdf|mp[34]|m3u8|webm|mov)$/i
const STAND_IN_WORD =
  /^(?:blank|spacer|pixel|placeholder|transparent|trans|clear|dot|loading|loader|preloader|spinner|lazy(?:load(?:ing|er)?)?|gr[ae]y|white|empty|none|dummy|default|no(?:image|img|pic|photo)|1x1)$/i
const FILLER = /^(?:no|not|found|img|images?|pic|picture|photo|bg|background|small|large|px|\d+(?:x\d+)?)$/i
/** A copy that is shown, blurred, until the picture is there. */
const THUMB = /[?&,/](?:w|width|h|height|resize)[=_:]\d{1,2}(?![\d.])/i

/**
 * How likely an address is the picture's: 0 it is none, 1 a stand-in by its name, taken where nothing else is offered,
 * 2 an address, 3 one that says that a picture is there.
 */
type Worth = 0 | 1 | 2 | 3

interface Offer {
  address: string
  worth: Worth
}

/** The value of an attribute; empty where there is none. */
export function attribute(element: Element, name: string): string {
  return element.getAttribute(name) ?? ''
}

const STYLED = {
  width: /(?:^|[;\s])width\s*:\s*(\d{1,5})(?:px)?\s*(?:;|!|$)/i,
  height: /(?:^|[;\s])height\s*:\s*(\d{1,5})(?:px)?\s*(?:;|!|$)/i,
}

/** The width and the height that a page gives a picture; `null` where it does not say. */
function sidesOf(image: Element): (number | null)[] {
  return (['width', 'height'] as const).map((name) => {
    const value =
      /^\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*$/.exec(attribute(image, name)) ?? STYLED[name].exec(attribute(image, 'style'))
    return value === null ? null : Number(value[1])
  })
}

/** True for a picture too small to be seen: it counts readers, or holds a place. */
function isPixel(image: Element): boolean {
  return sidesOf(image).every((side) => side !== null && side <= 2)
}

/** True for an ornament: a page gives it the room of a letter or two. */
export function isIcon(image: Element): boolean {
  return sidesOf(image).every((side) => side !== null && side <= 32)
}

/** True when the page gives a picture room to be seen. */
function isLarge(image: Element): boolean {
  return sidesOf(image).every((side) => side !== null && side >= 48)
}

/** An address without its query and its fragment. */
function pathOf(address: string): string {
  return address.replace(/[?#][^]*$/, '')
}

function fileOf(address: string): string {
  return pathOf(address).split('/').at(-1) ?? ''
}

/** True for a name made of nothing but words of stand-ins: one such word among others says nothing. */
function isNamedStandIn(file: string): boolean {
  const words = file
    .slice(0, 200)
    .replace(/\.\w+$/, '')
    .split(/[^a-z\d]+/i)
  const said = words.filter((word) => word !== '' && !FILLER.test(word))
  if (said.length > 0) return said.every((word) => STAND_IN_WORD.test(word))
  return words.some((word) => STAND_IN_WORD.test(word))
}

/** A drawing that a stand-in's name describes: no photograph is a GIF. */
function isBlank(file: string): boolean {
  return isNamedStandIn(file) && /\.gif$|^1x1\b/i.test(file)
}

/** The address without what pages break in it: `&timestamp=`, read as `×tamp=`, and the tail of a source set. */
function repaired(value: string): string {
  return value
    .trim()
    .replace('×tamp=', '&timestamp=')
    .replace(/\s{1,9}[\d.]{1,9}[wx]$/, '')
}

/** `base` is the page's address: a picture is never at the page's own. */
function offer(value: string, base: string | null): Offer {
  const address = value.length > MAX_ADDRESS ? '' : repaired(value)
  return { address, worth: worthOf(address, base) }
}

function worthOf(address: string, base: string | null): Worth {
  const path = pathOf(address)
  if (address === '' || /^(?:[#[{<"']|(?:data|blob|about|javascript|vbscript|file|mailto|tel):)/i.test(address))
    return 0
  if (base !== null && address.replace(/#[^]*$/, '') === base.replace(/#[^]*$/, '')) return 0
  const file = fileOf(address)
  if (isNamedStandIn(file) || THUMB.test(address)) return 1
  // A script fills in `{width}`.
  if (OTHER_FILE.test(path) || /\{\w*\}|%7b\w*%7d/i.test(address)) return 1
  return PICTURE_FILE.test(path) || PICTURE_QUERY.test(address) || PICTURE_PLACE.test(address) ? 3 : 2
}

/** The same for an attribute that may hold anything: a switch, a number, JSON, a page. */
function lazyOffer(value: string, base: string | null): Offer {
  const found = offer(value, base)
  const path = pathOf(found.address)
  const isAddress = /[/.]/.test(found.address) && /[a-z]/i.test(found.address) && !OTHER_FILE.test(path)
  const isOneWord = !/\s/.test(found.address) || PICTURE_FILE.test(path)
  return isAddress && isOneWord ? found : { ...found, worth: 0 }
}

/** The addresses of a source set, the largest first, cut as the HTML standard does (4.8.4.2.2), in one pass. */
function addressesIn(set: string): string[] {
  if (set.length > MAX_SET) return []
  const found: { address: string; size: number }[] = []
  const address = /[\s,]*(\S+)/y
  const descriptor = /[^,]*/y
  for (let match = address.exec(set); match !== null; match = address.exec(set)) {
    const word = match[1] ?? ''
    descriptor.lastIndex = address.lastIndex
    const size = word.endsWith(',') ? '' : (descriptor.exec(set)?.[0] ?? '').trim()
    if (size !== '') address.lastIndex = Math.max(address.lastIndex, descriptor.lastIndex)
    found.push({ address: word.replace(/,+$/, ''), size: Number(/^([\d.]+)[wxh]/.exec(size)?.[1] ?? 1) })
  }
  return found.toSorted((a, b) => b.size - a.size).map((it) => it.address)
}

function setsOf(element: Element, names: readonly string[], base: string | null): Offer[] {
  return names.flatMap((name) => addressesIn(attribute(element, name))).map((it) => offer(it, base))
}

function sourcesBeside(image: Element, base: string | null): Offer[] {
  const parent = image.parentElement
  if (parent?.tagName !== 'PICTURE') return []
  const sources: Element[] = []
  let child = parent.firstElementChild
  for (let looked = 0; child !== null && looked < MOST_BESIDE; looked += 1) {
    if (child.tagName === 'SOURCE') sources.push(child)
    child = child.nextElementSibling
  }
  return sources.flatMap((source) => [
    ...setsOf(source, OWN_SETS, base),
    ...['src', 'data-src'].map((name) => lazyOffer(attribute(source, name), base)),
  ])
}

/** The first address in JSON, which some loaders keep in an attribute. */
function addressInJson(value: string): string {
  const json = /^\s*[[{]/.test(value) && value.length <= MAX_SET ? value.replaceAll('\\/', '/') : ''
  return /"((?:https?:)?\/[^"\s]+\.(?:jpe?g|png|webp|avif)(?:[?!][^"\s]*)?)"/i.exec(json)?.[1] ?? value
}

/**
 * What any other attribute offers, or the link around, if it is a picture's address beyond doubt: loaders are many, and
 * galleries link to what they show.
 */
function otherOffers(image: Element, base: string | null): Offer[] {
  const seen = new Set([...LAZY, ...OWN_SETS])
  const values = image
    .getAttributeNames()
    .filter((name) => !seen.has(name) && !NO_SOURCE.test(name))
    .map((name) => image.getAttribute(name) ?? '')
    .flatMap((value) => (SET.test(value) ? addressesIn(value) : [addressInJson(value)]))
  return [...values, closest(image, 'a')?.getAttribute('href') ?? '']
    .map((value) => lazyOffer(value, base))
    .filter(({ address }) => PICTURE_FILE.test(pathOf(address)))
}

/** Every address that an `<img>` offers, the most likely first; among equals those of lazy loaders. */
function offersOf(image: Element, base: string | null): Offer[] {
  const lazy = LAZY.map((name) => attribute(image, name)).filter((value) => value !== '')
  const own = offer(attribute(image, 'src'), base)
  const offers = [
    ...lazy.map((value) => lazyOffer(value, base)),
    ...setsOf(image, LAZY_SETS, base),
    own,
    ...setsOf(image, ['srcset'], base),
    ...sourcesBeside(image, base),
    ...(own.worth > 1 ? [] : otherOffers(image, base)),
  ]
  return offers.filter(({ worth }) => worth > 0).toSorted((a, b) => b.worth - a.worth)
}

function imagesIn(element: Element): Element[] {
  if (element.tagName !== 'NOSCRIPT') return element.tagName === 'IMG' ? [element] : descendants(element, 'img')
  const markup = element.firstElementChild === null ? element.textContent : ''
  if (markup === '' || markup.length > MAX_SET) return descendants(element, 'img')
  const holder = element.ownerDocument.createElement('div')
  holder.innerHTML = markup
  return descendants(holder, 'img')
}

function beside(element: Element, ...names: readonly string[]): Element[] {
  const holder = element.parentElement?.tagName === 'PICTURE' ? element.parentElement : element
  return [holder.previousElementSibling, holder.nextElementSibling].filter(
    (it): it is Element => it !== null && names.includes(it.tagName),
  )
}

/** True when the `<noscript>` beside an image shows a picture: the image itself may then be a stand-in. */
export function hasTwin(image: Element, base: string | null): boolean {
  const twins = beside(image, 'NOSCRIPT').flatMap((it) => imagesIn(it).slice(0, MOST_BESIDE))
  return twins.some((twin) => (offersOf(twin, base)[0]?.worth ?? 0) > 1)
}

/**
 * The addresses under which an `<img>` offers its picture, the most likely first; none when it shows none. A stand-in is
 * what is tiny, carries its own data, or is named as one while something else is offered: by an attribute of a lazy
 * loader, a source set, the `<picture>` or the `<noscript>` around or beside it. Tracking parameters are gone from each;
 * `base` is the page's address, `null` when it is not known.
 */
export function pictureSources(image: Element, base: string | null): string[] {
  const offers = offersOf(image, base)
  const best = offers[0]?.worth ?? 0
  if (best < 2 && hasTwin(image, base)) return []
  if (best === 1 && isBlank(fileOf(offers[0]?.address ?? '')) && !isLarge(image)) return []
  const own = repaired(attribute(image, 'src'))
  if (isPixel(image) && !offers.some(({ address, worth }) => worth === 3 && address !== own)) return []
  const found = offers.map(({ address }) => cleanUrl(address, base)).filter((it) => it !== null)
  return [...new Set(found)]
}

/**
 * The pictures that a `<noscript>` shows and nothing beside it does: those of the twin of a lazy picture that has an
 * address of its own are none.
 */
export function unseenPictures(noscript: Element, base: string | null): Element[] {
  const images = imagesIn(noscript)
  const twins = beside(noscript, 'IMG', 'PICTURE')
    .flatMap(imagesIn)
    .map((it) => pictureSources(it, base))
  if (twins.length > 0 && twins.every(({ length }) => length > 0)) return []
  const shown = new Set(twins.flat())
  return images.filter((it) => !pictureSources(it, base).some((address) => shown.has(address)))
}
