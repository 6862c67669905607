import { isHtml } from './block-hashes.ts'
import { picturesWritten } from '../markdown/render.ts'
import { addressOf, inHtml, type PicturePlace, withPlaces } from './pictures-in-html.ts'
import { keptInMarkdown } from '../media/kept.ts'

function inMarkdown(markdown: string): PicturePlace[] {
  return picturesWritten(markdown).flatMap(({ start, end, link, title }) => {
    const url = addressOf(link)
    return url === null ? [] : [{ url, changes: (path) => [{ start, end, text: keptInMarkdown(path, link, title) }] }]
  })
}

function placesIn(body: string, base: string | null): PicturePlace[] {
  return isHtml(body) ? inHtml(body, base) : inMarkdown(body)
}

/** The addresses of the pictures that a body shows from afar, each once. `base`: what relative ones of HTML are relative to. */
export function remotePictures(body: string, base: string | null): string[] {
  return [...new Set(placesIn(body, base).map(({ url }) => url))]
}

/** A body with the pictures that are kept in the place of those addresses. `kept`: their paths by address. */
export function withKept(body: string, base: string | null, kept: ReadonlyMap<string, string>): string {
  return kept.size === 0 ? body : withPlaces(body, placesIn(body, base), kept)
}
