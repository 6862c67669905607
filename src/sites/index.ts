import type { Extraction, Refusal } from '../core/model.ts'
import { refusalOf } from './refusal.ts'
import { GENERATIONS } from './zaobao/generations.ts'
import type { Generation } from './zaobao/generation.ts'
import { headOf } from './zaobao/head.ts'
import { pageOf } from './zaobao/page.ts'

export { readContent } from './zaobao/content.ts'

function refused(reason: Refusal, detail: string): Extraction {
  return { kind: 'refused', reason, detail }
}

/**
 * Reads a page: the story in it, or why there is none. Which layout it has is told by what it holds; its address serves
 * for links and to know imitators by name. Throws `HtmlTooDeepError` where the HTML is nested beyond reason.
 */
export function readPage(page: { html: string; url: string }): Extraction {
  const sheet = { ...pageOf(page.html, page.url), head: headOf(pageOf(page.html, page.url)) }
  const certain = refusalOf(sheet, 'certain')
  if (certain !== null) return refused(certain.reason, certain.detail)
  let empty: string | null = null
  for (const generation of GENERATIONS as readonly Generation[]) {
    if (!generation.matches(sheet)) continue
    const extract = generation.extract(sheet)
    if (extract !== null && extract !== 'empty') return { kind: 'story', generation: generation.name, extract }
    if (extract === 'empty') empty ??= generation.name
  }
  const likely = refusalOf(sheet, 'likely')
  if (likely !== null) return refused(likely.reason, likely.detail)
  if (empty !== null) return refused('empty', `the article has no text and no picture (layout ${empty})`)
  return refused('unclaimed', 'no known page layout of Zaobao has its article here')
}
