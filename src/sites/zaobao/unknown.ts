import type { Extract } from '../../core/model.ts'
import { readGeneric } from '../generic/index.ts'
import { all } from './dom.ts'
import { isChrome } from './drop.ts'
import { extractOf, ownArticle, shownTimes } from './generation.ts'
import type { Sheet } from './generation.ts'
import { whose } from './own.ts'
import { textOfHtml } from './page.ts'
import { restoreOrder } from './shuffle.ts'

const PARTS = { h1: 'h1', time: 'time', script: 'script' }

/** Less is what a login, a consent or an error page has of prose, unless it names the story as its own address. */
const CERTAIN_PROSE = 3
const CERTAIN_WORDS = 100

/** What the paper writes below the beginning of a text that subscribers alone may read. */
const FOR_SUBSCRIBERS = /早报订户专享|请登录或订阅|(?:继续|方式)[，,]?阅读全文/

function prepare(root: Element): void {
  restoreOrder(root)
  for (const element of all(root, '*')) if (isChrome(element)) element.remove()
}

/** A story read without knowing its layout. `certain`: the page holds so much prose that it is an article. */
export interface Unknown {
  extract: Extract
  certain: boolean
}

/** The story of a page of the paper that has none of the layouts known; `null` where there is none. */
export function readUnknown(page: Sheet): Unknown | null {
  const parts = page.parts(PARTS)
  const { headline, canonical } = page.head
  const shown = parts.h1.map((part) => part.inner)
  const article = ownArticle(page, shown)
  // What a page shows to subscribers alone is not looked for in its data.
  const open = article?.subscriber !== true
  const body = readGeneric({
    html: page.html,
    headline: article?.headline ?? headline,
    articleBody: open ? (article?.articleBody ?? null) : null,
    scripts: open ? parts.script.map((script) => script.inner) : [],
    prepare,
  })
  if (body === null) return null
  const times = shownTimes(parts.time.map((part) => part.attribute('datetime') ?? textOfHtml(part.inner)))
  const extract = extractOf(page, {
    titles: [article?.headline, headline, ...shown],
    lead: [],
    body: body.html,
    published: [times.published],
    updated: [times.updated],
    subscriber: FOR_SUBSCRIBERS.test(page.html.replace(/<script[^]*?<\/script>/gi, '')),
  })
  if (extract === 'empty') return null
  const named = canonical !== null && whose([canonical], page.url) === 'own'
  return { extract, certain: named || (body.prose >= CERTAIN_PROSE && body.words >= CERTAIN_WORDS) }
}
