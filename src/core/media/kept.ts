import { sha256 } from '../hash.ts'
import { KINDS, type Kind } from './kind.ts'

/**
 * How a picture that is kept stands in a story's file: its place beside the day's folder where its address was, and that
 * as the last word of its title, so that a file alone never loses it. In HTML the former attributes stay, renamed.
 *
 *     ![caption](../media/ab/ab0123456789abcd.jpg "https://i.example/p.jpg")
 *     <img src="../media/ab/ab0123456789abcd.jpg" data-from="https://i.example/p.jpg" data-from-src="/p.jpg">
 */

/** The folder of an archive in which pictures are kept. */
export const MEDIA = 'media'

const NAME = String.raw`media/([0-9a-f]{2})/\2[0-9a-f]{14}\.(?:${KINDS.join('|')})`
/** The path of a picture that is kept, relative to the archive. */
export const MEDIA_PATH = new RegExp(`^${NAME.replace(String.raw`\2`, String.raw`\1`)}$`)
const ANYWHERE = new RegExp(NAME.replace(String.raw`\2`, String.raw`\1`), 'g')
const IN_MARKDOWN = new RegExp(String.raw`\]\(\.\./(${NAME}) "((?:[^"\\\n]|\\.)*)"\)`, 'g')
const IN_HTML = new RegExp(String.raw` src="\.\./(${NAME})" data-from="([^"<>\n]*)"`, 'g')
const RENAMED = / data-from-(src|srcset)=/g
const TITLE = /^(?:([^]*) )?(https?:\/\/\S+)$/i

/** Where a picture is kept, relative to the archive: each content once. */
export function mediaPath(bytes: Uint8Array, kind: Kind): string {
  return `${nameOf(bytes)}.${kind}`
}

/** Whether the picture that is kept at a path holds what its name says. */
export function isPictureOf(path: string, bytes: Uint8Array): boolean {
  return MEDIA_PATH.test(path) && path.startsWith(`${nameOf(bytes)}.`)
}

/** What Git LFS puts in the place of a file whose content it keeps elsewhere, with the SHA-256 of that. */
const POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:ext-.*\n)*oid sha256:([0-9a-f]{64})\nsize \d+\n$/
const MAX_POINTER_BYTES = 1024

/** Whether Git LFS keeps the picture of a path elsewhere, with a pointer to it in its place. */
export function isPointerTo(path: string, bytes: Uint8Array): boolean {
  if (bytes.length >= MAX_POINTER_BYTES || !MEDIA_PATH.test(path)) return false
  const hash = POINTER.exec(new TextDecoder().decode(bytes))?.[1]
  return hash !== undefined && path.startsWith(`${placeOf(hash)}.`)
}

function nameOf(bytes: Uint8Array): string {
  return placeOf(sha256(bytes))
}

function placeOf(hash: string): string {
  return `${MEDIA}/${hash.slice(0, 2)}/${hash.slice(0, 16)}`
}

/** A kept picture as a reader finds it, by its link and its title; `null` for any other. */
export function keptPicture(link: string, title: string): { path: string; url: string; title: string } | null {
  const path = link.startsWith('../') ? link.slice(3) : ''
  const [, own = '', url = ''] = TITLE.exec(title) ?? []
  return MEDIA_PATH.test(path) && url !== '' ? { path, url, title: own } : null
}

/** What stands between double quotes in Markdown, on one line: escapes stay as they are. */
function quotable(written: string): string {
  return written.replace(/\s*\n\s*/g, ' ').replace(/\\[^]|"/g, (found) => (found === '"' ? String.raw`\"` : found))
}

/** The link and the title of a kept picture, both as they stand in Markdown; `url` and `title` as they stood in it. */
export function keptInMarkdown(path: string, url: string, title: string): string {
  const bare = quotable(url).replace(/\s/g, '%20').replace(/\\$/, '%5C')
  return `../${path} "${title === '' ? bare : `${quotable(title)} ${bare}`}"`
}

/**
 * A text of a story with the addresses of its pictures in the place of those that are kept. `isMeant`: of which pictures, by
 * their paths; of all where it is left out.
 */
export function withOriginals(text: string, isMeant: (path: string) => boolean = () => true): string {
  if (!text.includes(`../${MEDIA}/`)) return text
  const inMarkdown = text.replace(IN_MARKDOWN, (whole, path: string, _, words: string) => {
    const [, title = '', url = ''] = TITLE.exec(words) ?? []
    if (url === '' || !isMeant(path)) return whole
    return `](${url.replaceAll(String.raw`\"`, '"')}${title === '' ? '' : ` "${title}"`})`
  })
  return inMarkdown.replace(/<(?:img|source)\b[^<>]*>/gi, (tag) => {
    const [found] = tag.matchAll(IN_HTML)
    const path = found?.[1]
    if (path === undefined) return /^<s/i.test(tag) ? tag.replace(RENAMED, ' $1=') : tag
    return isMeant(path) ? tag.replace(IN_HTML, '').replace(RENAMED, ' $1=') : tag
  })
}

/** Where pictures are kept, by their addresses as they stand in the text of a story's file. */
export function keptIn(text: string): Map<string, string> {
  const kept = new Map<string, string>()
  if (!text.includes(`../${MEDIA}/`)) return kept
  for (const [, path = '', , words = ''] of text.matchAll(IN_MARKDOWN)) {
    const url = TITLE.exec(words)?.[2]
    if (url !== undefined) kept.set(url.replaceAll(String.raw`\"`, '"'), path)
  }
  for (const [, path = '', , url = ''] of text.matchAll(IN_HTML)) kept.set(url, path)
  return kept
}

/** The pictures that a text names in any way, by their paths. */
export function pathsNamedIn(text: string): string[] {
  return text.includes(`${MEDIA}/`) ? (text.match(ANYWHERE) ?? []) : []
}
