import { escapeHtml } from '../../core/html/escape.ts'

/** Pieces of a body, of what pages have as data alone. */

/** The HTML of a paragraph of text. */
export function paragraphHtml(text: string): string {
  return `<p>${escapeHtml(text)}</p>`
}

/** The HTML of a picture; `alt` and `caption` are text. */
export function figureHtml(url: string, alt: string, caption: string): string {
  const said = caption === '' ? '' : `<figcaption>${escapeHtml(caption)}</figcaption>`
  return `<figure><img src="${escapeHtml(url)}" alt="${escapeHtml(alt)}">${said}</figure>`
}

/** The HTML of a line that is a link: what is heard or seen elsewhere. */
export function linkHtml(url: string, text: string): string {
  return `<p><a href="${escapeHtml(url)}">${escapeHtml(text)}</a></p>`
}
