import { attributesOf, type ElementsByName, elementsNamed, type Tagged, textOf } from './element.ts'
import type { Scan } from './scan.ts'

const TEXTS = ['content', 'content:encoded', 'description', 'summary', 'title']

/** The language that a feed declares, as it does; `null` where it declares none. */
export function languageOfFeed({ document, channel }: { document: Scan; channel: ElementsByName }): string | null {
  const [field] = named(channel)
  const root = document.tags.findIndex(({ kind }) => kind === 'open')
  return field ?? (root === -1 ? null : declared({ document, index: root }))
}

/** The language that a feed declares of one item: its text's own, else the item's; `null` where it declares none. */
export function languageOfItem({ element, fields }: { element: Tagged; fields: ElementsByName }): string | null {
  const elements = [...elementsNamed(fields, TEXTS), element]
  const [lang] = [...elements.flatMap((each) => declared(each) ?? []), ...named(fields)]
  return lang ?? null
}

function declared(element: Tagged): string | null {
  return attributesOf(element).get('xml:lang')?.trim() || null
}

function named(fields: ElementsByName): string[] {
  const elements = elementsNamed(fields, ['language', 'dc:language'])
  return elements.map((field) => textOf(field).trim()).filter((lang) => lang !== '')
}
