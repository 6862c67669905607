import { figureHtml } from '../body/markup.ts'
import { isNoPicture } from '../body/picture-url.ts'
import { namesIn } from '../page/bylines.ts'
import { extractOf } from '../page/extract.ts'
import { holds } from '../page/parts.ts'
import { shownIn } from '../page/layout.ts'
import type { Generation, Sheet } from '../page/paper.ts'
import { at, type Json, listAt, namesAt, textAt } from '../json.ts'
import type { Part } from '../page/page.ts'
import { textOfHtml } from '../text.ts'
import { articleIn } from './data.ts'
import { pictureRules } from './pictures.ts'
import { urlOf } from '../../core/url.ts'

/** What relative addresses in the data are relative to. */
const ORIGIN = 'https://www.zaobao.com.sg'

/** The pictures that the data names, as HTML. Those after the first that the body shows too stay in their place there. */
function picturesOf(article: Json, body: string): string[] {
  return listAt(article, 'images').flatMap((image, index) => {
    const url = typeof image === 'string' ? image : (textAt(image, 'url') ?? textAt(image, 'src'))
    if (url === null || isNoPicture(url, ORIGIN, pictureRules) || (index > 0 && shows(body, url))) return []
    const caption = textOfHtml(textAt(image, 'caption') ?? '')
    return [figureHtml(url, caption, caption)]
  })
}

/** True when a body has a picture of that path, in whatever size. */
function shows(body: string, url: string): boolean {
  const path = urlOf(url, ORIGIN)?.pathname ?? url
  const images = path.length > 1 ? body.split('<img').slice(1) : []
  return images.some((image) => image.slice(0, image.indexOf('>')).includes(path))
}

/** The pictures of the data; where one lacks its caption, those that the page shows above the body say it. */
function leadOf(article: Json | null, body: string, shown: readonly string[]): readonly string[] {
  if (at(article, 'displaySetting', 'hideMedia') === true) return []
  const pictures = article === null ? [] : picturesOf(article, body)
  const isTold = pictures.length > 0 && pictures.every((each) => each.includes('<figcaption>'))
  return isTold ? pictures : [...pictures, ...shown]
}

/** Bylines under the names that the publisher's system gives them (`customByline`, `translator`, `compiledBy`). */
function bylinesOf(article: Json | null): string[] {
  const paths = 'byline.customByline byline.translator creditInfo.compiledBy authors author byline'.split(' ')
  return paths.flatMap((path) => namesAt(article, ...path.split('.'))).flatMap((text) => namesIn(textOfHtml(text)))
}

/** A story marked for subscribers by the publisher's system: `contentAccess` above 0. */
function isSubscriberOnly(article: Json | null): boolean {
  const flag = at(article, 'paywall', 'contentAccess') ?? at(article, 'contentAccess')
  return (typeof flag === 'string' || typeof flag === 'number') && Number(flag) > 0
}

const UPDATED = ['update_time', 'updated_time', 'updatedTime', 'modify_time', 'updated']

const PARTS = {
  body: '.articleBody',
  article: 'article',
  h1: 'h1',
  byline: '[class*=byline], [class*=author]',
  time: 'time, [class*=date-published], [class*=date-updated]',
}

/** The body as the page shows it: all that is one in its article. */
function shownBody([body, ...others]: readonly Part[], articles: readonly Part[]): string {
  if (body === undefined) return ''
  const article = articles.find((each) => holds(each, body))
  const own = others.filter((each) => article !== undefined && holds(article, each))
  return [body, ...own].map((part) => part.inner).join('')
}

function extract(page: Sheet) {
  const parts = page.parts(PARTS)
  const headlines = [...parts.h1.map((part) => part.inner), page.head.headline ?? '']
  const data = articleIn(page, headlines)
  if (data === null && parts.body.length === 0) return null
  const shown = shownIn(page, parts)
  const body = textAt(data, 'body_cn') ?? shownBody(parts.body, parts.article)
  const bylines = bylinesOf(data)
  return extractOf(page, {
    titles: [textAt(data, 'headline'), ...shown.titles],
    lead: leadOf(data, body, shown.lead),
    body,
    published: [at(data, 'create_time'), at(data, 'publication_date'), ...shown.published],
    updated: [...UPDATED.map((key) => at(data, key)), ...shown.updated],
    bylines: bylines.length > 0 ? bylines : shown.bylines,
    keywords: [...namesAt(data, 'tags'), ...namesAt(data, 'keywords')],
    subscriber: isSubscriberOnly(data),
  })
}

/**
 * The Singapore site in React: the body stands in the page (B1, to January 2026) or in the router's hydration data (B2,
 * with a second ld+json script B3).
 */
export const sgReact = {
  name: 'sg-react',
  era: '2024-08 on',
  matches: (html) => html.includes('articleBody') || html.includes('__staticRouterHydrationData'),
  parts: PARTS,
  extract,
} satisfies Generation
