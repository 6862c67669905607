import { at, listAt, parseJson, textAt } from '../json.ts'
import { assignedObject } from '../literals.ts'
import type { PageData, Sheet } from '../page/paper.ts'
import { htmlOf, textOf } from './blocks.ts'
import { bbc } from './index.ts'

export const NEXT = '__NEXT_DATA__'

/** What the JSON of Next.js, a script of its own, hands a page. */
export function pagePropsIn(json: string): unknown {
  return at(parseJson(json), 'props', 'pageProps')
}

function nextData(html: string): unknown {
  const from = html.indexOf('>', html.indexOf(`id="${NEXT}"`)) + 1
  const end = html.indexOf('</script', from)
  return from === 0 || end === -1 ? undefined : pagePropsIn(html.slice(from, end))
}

function dataIn(html: string): unknown {
  return html.includes(`id="${NEXT}"`) ? nextData(html) : assignedObject(html, 'SIMORGH_DATA')
}

/** Where data keep a story. */
function placesIn(data: unknown): unknown[] {
  const page = at(data, 'pageData')
  return [page, at(page, 'article'), at(page, 'data', 'article')]
}

/** The blocks of a story; none where the data have none. */
function blocksIn(data: unknown): unknown[] {
  const found = placesIn(data).map((place) => listAt(place, 'content', 'model', 'blocks'))
  return found.find((blocks) => blocks.length > 0) ?? []
}

/** What the data of a page say of its story. */
interface BbcData {
  blocks: unknown[]
  metadata: unknown
  headline: string | null
}

/** The addresses and names that data have for their story. */
function namesOf(metadata: unknown): string[] {
  const locators = 'assetUri assetId optimoUrn canonicalUrl'.split(' ').map((key) => textAt(metadata, 'locators', key))
  return [textAt(metadata, 'id'), ...locators].filter((name) => name !== null)
}

/** The data of the page's own story; `null` where there are none, or another's. */
export function toldIn(page: Sheet): BbcData | null {
  const data = page.data()
  const blocks = blocksIn(data)
  if (blocks.length === 0) return null
  const metadata = placesIn(data)
    .map((place) => at(place, 'metadata'))
    .find((each) => each != null)
  const number = bbc.storyAt(new URL(page.url).pathname)?.number ?? null
  const names = namesOf(metadata)
  if (number !== null && names.length > 0 && !names.some((name) => name.includes(number))) return null
  const promo = at(data, 'pageData', 'promo', 'headlines')
  return {
    blocks,
    metadata,
    headline: textOf(blocks, 'headline') ?? textAt(promo, 'seoHeadline') ?? textAt(promo, 'headline'),
  }
}

/** What the site's scripts are handed: by Next.js today, before under a name of its own. */
export const data = {
  in: dataIn,
  holdStory: (found) => blocksIn(found).length > 0,
  status(found) {
    const status = at(found, 'status')
    return typeof status === 'number' && status !== 200 ? status : null
  },
  told(page) {
    const told = toldIn(page)
    return {
      headline: told?.headline ?? null,
      times: { data: [at(told?.metadata, 'firstPublished')] },
      bodyHtml: told === null ? null : htmlOf(told.blocks, page.url),
      pictures: null,
    }
  },
} satisfies PageData
