import { at, isObject, parseJson, textAt } from './json.ts'
import type { Json } from './json.ts'
import type { Part } from './page.ts'
import { PAPER } from './paper.ts'

/** What a page's ld+json says of the story. */
export interface LinkedData {
  headline: string | null
  published: unknown
  updated: unknown
  keywords: string[]
  authors: string[]
  images: Array<{ url: string; caption: string | null }>
  articleBody: string | null
  /** `isAccessibleForFree` says no. */
  subscriber: boolean
}

const ARTICLE = /(?:Article|BlogPosting)$/

function nodesOf(value: unknown, depth = 0): Json[] {
  if (depth > 4) return []
  if (Array.isArray(value)) return value.flatMap((each) => nodesOf(each, depth + 1))
  if (!isObject(value)) return []
  const inner = ['@graph', 'mainEntity', 'mainEntityOfPage'].flatMap((key) => nodesOf(value[key], depth + 1))
  return [value, ...inner]
}

function isArticle(node: Json): boolean {
  return [node['@type']].flat().some((type) => typeof type === 'string' && ARTICLE.test(type))
}

function strings(value: unknown): string[] {
  const list = typeof value === 'string' ? value.split(/[,，]/) : Array.isArray(value) ? value : []
  return list
    .map((each) => (typeof each === 'string' ? each : textAt(each, 'name')))
    .map((each) => each?.trim() ?? '')
    .filter((each) => each !== '')
}

function authorsOf(value: unknown): string[] {
  return [value]
    .flat()
    .filter((each) => at(each, '@type') !== 'Organization')
    .map((each) => (typeof each === 'string' ? each.trim() : textAt(each, 'name')))
    .filter((name): name is string => name !== null && name !== '' && !PAPER.names.includes(name))
}

function imagesOf(value: unknown): LinkedData['images'] {
  return [value].flat().flatMap((each) => {
    const url = typeof each === 'string' ? each : (textAt(each, 'url') ?? textAt(each, 'contentUrl'))
    return url === null || url === '' ? [] : [{ url, caption: textAt(each, 'caption') }]
  })
}

/**
 * The article among a page's ld+json scripts. Each script is parsed alone, a broken one is passed over; since July 2026
 * pages carry two. `null` when none describes an article.
 */
export function linkedData(scripts: readonly Part[]): LinkedData | null {
  const nodes = scripts.flatMap((script) => nodesOf(parseJson(stripWrapping(script.inner))))
  const article = nodes.find((node) => isArticle(node) && textAt(node, 'headline') !== null) ?? nodes.find(isArticle)
  if (article === undefined) return null
  const free = article['isAccessibleForFree']
  return {
    headline: textAt(article, 'headline') ?? textAt(article, 'name'),
    published: article['datePublished'] ?? article['dateCreated'],
    updated: article['dateModified'],
    keywords: strings(article['keywords']),
    authors: authorsOf(article['author']),
    images: imagesOf(article['image']),
    articleBody: textAt(article, 'articleBody'),
    subscriber: free === false || (typeof free === 'string' && /^(?:https?:\/\/schema\.org\/)?false$/i.test(free)),
  }
}

/** CDATA and comment marks around a script's text. */
function stripWrapping(text: string): string {
  return text
    .trim()
    .replace(/^(?:\/\/|\/\*)?\s*<!\[CDATA\[(?:\s*\*\/)?/, '')
    .replace(/\]\]>(?:\s{0,20}\*\/)?$/, '')
    .trimEnd()
    .replace(/\/[/*]$/, '')
    .replace(/^<!--/, '')
    .replace(/-->$/, '')
}
