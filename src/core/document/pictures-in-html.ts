import { attributesOf } from '../html/attributes.ts'
import { parseHtml } from '../html/html.ts'
import { decodeEntities } from '../html/tag.ts'
import { tokenizer } from '../html/tokenize.ts'
import { pictureSources } from '../markdown/picture-source.ts'
import { cleanUrl } from '../markdown/url.ts'
import { isUrl } from '../url.ts'
import { keptIn } from '../media/kept.ts'

/** A picture that a body shows from afar, and how the body reads once it is kept. */
export interface PicturePlace {
  /** Absolute, as it is asked for. */
  url: string
  /** By where it is kept, relative to the archive. */
  changes: (path: string) => Change[]
}

/** What stands in the place of a part of a text. */
interface Change {
  start: number
  end: number
  text: string
}

const ESCAPED = /\\([!-/:-@[-`{-~])/g

/** The address that a link in Markdown or an attribute of HTML means; `null` where it is none of the web. */
export function addressOf(written: string): string | null {
  const url = cleanUrl(decodeEntities(written.replace(ESCAPED, '$1')), null)
  return url !== null && /^https?:\/\//i.test(url) && isUrl(url) ? url : null
}

/** A body with its pictures kept, those whose addresses `kept` names, by their paths. */
export function withPlaces(body: string, places: readonly PicturePlace[], kept: ReadonlyMap<string, string>): string {
  const changes = places.flatMap(({ url, changes: of }) => {
    const path = kept.get(url)
    return path === undefined ? [] : of(path)
  })
  let text = body
  for (const { start, end, text: own } of changes.toSorted((a, b) => b.start - a.start))
    text = text.slice(0, start) + own + text.slice(end)
  return text
}

/** The pictures of HTML, each with the sets of the `<picture>` around it. `base`: what their addresses are relative to. */
export function inHtml(html: string, base: string | null): PicturePlace[] {
  const places: PicturePlace[] = []
  const next = tokenizer(html)
  /** Of the `<picture>` that is open: where the names of its sets begin. */
  let sets: number[] = []
  for (let token = next(); token !== null; token = next()) {
    if (token.kind !== 'start') continue
    const { name, start, end, attributesAt } = token
    const sources = attributesOf(html, { attributesAt }).filter((it) => it.name === 'src' || it.name === 'srcset')
    const own = sources.map((it) => it.start)
    if (name === 'picture') sets = []
    if (name === 'source') sets.push(...own)
    const image = name === 'img' ? parseHtml(html.slice(start, end)).body.firstElementChild : null
    const url = image === null ? null : addressOf(pictureSources(image, base)[0] ?? '')
    if (image === null || url === null || image.hasAttribute('data-from')) continue
    const renamed = [...sets, ...own].map((at) => ({ start: at, end: at, text: 'data-from-' }))
    const from = url.replaceAll('&', '&amp;').replaceAll('"', '%22')
    places.push({
      url,
      changes: (path) => [
        ...renamed,
        { start: attributesAt, end: attributesAt, text: ` src="../${path}" data-from="${from}"` },
      ],
    })
    sets = []
  }
  return places
}

/** Where the pictures of a file are kept, by the addresses that their readers find in a text without them. */
export function keptByAddress(body: string): Map<string, string> {
  return new Map(
    [...keptIn(body)].flatMap(([written, path]) => {
      const url = addressOf(written)
      return url === null ? [] : [[url, path] as const]
    }),
  )
}
