import { linkedData } from './ldjson.ts'
import { whose } from './own-data.ts'
import type { Page, Part } from './page.ts'
import { textOfHtml } from '../text.ts'
import { type PageHead, type Paper, withoutSiteName } from './paper.ts'
import { webUrlOf } from '../../core/url.ts'

export const HEAD_PARTS = {
  title: 'title',
  meta: 'meta',
  link: 'link[rel=canonical]',
  base: 'base[href]',
  ldjson: 'script[type*=ld+json]',
}

/** What a `<meta>` tells, by any attribute that says so; in small letters. */
export function nameOfMeta(meta: Part): string {
  return (meta.attribute('property') ?? meta.attribute('name') ?? meta.attribute('itemprop') ?? '').toLowerCase()
}

/** Reads the head of a page, and the ld+json wherever it stands. */
export function headOf(page: Page, paper: Paper): PageHead {
  const parts = page.parts(HEAD_PARTS)
  const metas = new Map<string, string>()
  for (const meta of parts.meta) {
    const name = nameOfMeta(meta)
    const content = meta.attribute('content')?.trim() ?? ''
    if (name !== '' && content !== '' && !metas.has(name)) metas.set(name, content)
  }
  // Scripts that show one story after another leave the former one's behind.
  if (whose([metas.get('og:url') ?? ''], { url: page.url, paper }) === 'another') {
    for (const name of metas.keys()) if (/^(?:og|article|twitter):/.test(name)) metas.delete(name)
  }
  const title = titleOf(parts.title)
  const headline = withoutSiteName(metas.get('og:title') ?? title ?? '', paper)
  return {
    title,
    headline: headline === '' ? null : headline,
    base: baseOf(parts.base[0]?.attribute('href') ?? '', page.url),
    canonical: parts.link[0]?.attribute('href')?.trim() ?? metas.get('og:url') ?? null,
    articles: linkedData(parts.ldjson, paper.names),
    meta: (name) => metas.get(name) ?? null,
  }
}

function baseOf(href: string, url: string): string {
  return href.trim() === '' ? url : (webUrlOf(href.trim(), url)?.href ?? url)
}

function titleOf(parts: readonly Part[]): string | null {
  const text = textOfHtml((parts[0]?.inner ?? '').replaceAll('<', '&lt;'))
  return text === '' ? null : text
}
