import { at, isObject, type Json, parseJson, textAt } from '../json.ts'
import { textOfHtml } from '../text.ts'
import type { Part } from './page.ts'
import type { LinkedData } from './paper.ts'

const ARTICLE = /(?:Article|BlogPosting)$/

function nodesOf(value: unknown, depth = 0): Json[] {
  if (depth > 4) return []
  if (Array.isArray(value)) return value.flatMap((each) => nodesOf(each, depth + 1))
  if (!isObject(value)) return []
  const inner = ['@graph', 'mainEntity', 'mainEntityOfPage'].flatMap((key) => nodesOf(value[key], depth + 1))
  return [value, ...inner]
}

/** What Baidu asks pages for, as the article that it is of; any other node as it is. Its title has the name of the site as well. */
function asArticle(node: Json): Json {
  if (!/\bcambrian\b/.test(textAt(node, '@context') ?? '')) return node
  return { '@type': 'Article', '@id': node['@id'], datePublished: node['pubDate'], dateModified: node['upDate'] }
}

function isArticle(node: Json): boolean {
  return [node['@type']].flat().some((type) => typeof type === 'string' && ARTICLE.test(type))
}

/** The names among values, each as a text or as a node's; many sites write those as HTML. */
function namesOf(values: readonly unknown[]): string[] {
  return values
    .map((each) => textOfHtml((typeof each === 'string' ? each : textAt(each, 'name')) ?? ''))
    .filter((name) => name !== '')
}

function keywordsOf(value: unknown): string[] {
  return namesOf(typeof value === 'string' ? value.split(/[,，]/) : Array.isArray(value) ? value : [])
}

/** Nodes that have a name, by their `@id`. */
type Named = ReadonlyMap<unknown, Json>

/** The names of a node's authors; some stand in a node of their own, to which `@id` leads. */
function authorsOf(value: unknown, named: Named, paperNames: readonly string[]): string[] {
  const nodeOf = (each: unknown): unknown => {
    const id = textAt(each, 'name') === null ? textAt(each, '@id') : null
    return id === null ? each : named.get(id)
  }
  const persons = [value]
    .flat()
    .map(nodeOf)
    .filter((each) => [at(each, '@type')].flat().every((type) => type !== 'Organization'))
  return namesOf(persons).filter((name) => !paperNames.includes(name))
}

/** Where a node says whose it is: as texts, or as nodes that name an address. */
function addressesOf(node: Json): string[] {
  return [node['url'], node['mainEntityOfPage'], node['@id']]
    .flat()
    .flatMap((each) => (typeof each === 'string' ? [each] : [textAt(each, '@id'), textAt(each, 'url')]))
    .filter((address): address is string => address !== null && address !== '')
}

/** What a page's ld+json scripts describe. Each script is parsed alone, a broken one is passed over. */
export function nodesIn(scripts: readonly Part[]): Json[] {
  return scripts.flatMap((script) => nodesOf(parseJson(stripWrapping(script.inner))))
}

/**
 * The articles among a page's ld+json scripts, those with a headline first. One may be about a story that the page
 * recommends. `paperNames`: what the paper is called where authors are.
 */
export function linkedData(scripts: readonly Part[], paperNames: readonly string[]): LinkedData[] {
  const nodes = nodesIn(scripts)
  const named = new Map(nodes.flatMap((node) => (textAt(node, 'name') === null ? [] : [[node['@id'], node] as const])))
  const articles = nodes
    .map(asArticle)
    .filter(isArticle)
    .map((node) => articleOf(node, named, paperNames))
  return [
    ...articles.filter(({ headline }) => headline !== null),
    ...articles.filter(({ headline }) => headline === null),
  ]
}

function isForSubscribers(part: unknown): boolean {
  const free = isObject(part) ? part['isAccessibleForFree'] : undefined
  return free === false || (typeof free === 'string' && /^(?:https?:\/\/schema\.org\/)?false$/i.test(free))
}

function articleOf(article: Json, named: Named, paperNames: readonly string[]): LinkedData {
  return {
    addresses: addressesOf(article),
    headline: textAt(article, 'headline') ?? textAt(article, 'name'),
    published: [article['datePublished'], article['dateCreated']].flatMap(datesOf),
    updated: datesOf(article['dateModified'])[0],
    keywords: keywordsOf(article['keywords']),
    authors: authorsOf(article['author'], named, paperNames),
    articleBody: textAt(article, 'articleBody'),
    wordCount: countOf(article['wordCount']),
    subscriber: [article, article['hasPart']].flat().some(isForSubscribers),
  }
}

/** A date as it is: alone, in a list, or as a value with its type. */
function datesOf(value: unknown): unknown[] {
  return [value].flat().map((each) => (isObject(each) ? each['@value'] : each))
}

function countOf(value: unknown): number | null {
  const count = typeof value === 'string' ? Number.parseInt(value, 10) : value
  return typeof count === 'number' && count > 0 ? count : null
}

/** A script's text without the CDATA and comment marks around it. */
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
