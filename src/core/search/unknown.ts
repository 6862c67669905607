import { type Message, message } from '../../words/words.ts'
import type { Query } from './query.ts'
import { sectionCalled, type SectionPlace } from './sections.ts'

/** That a text asks for nothing. */
export function nothingIn(text: string): Message {
  return message`there is nothing to search for in "${text}"`
}

/** A line for each section and paper of a query that is called by a name that none of `places` is known by: papers that nobody knows have others. */
export function namesUnknown(query: Query, places: ReadonlyMap<string, SectionPlace>): Message[] {
  if (query.kind === 'and' || query.kind === 'or') return query.parts.flatMap((part) => namesUnknown(part, places))
  if (query.kind === 'not') return namesUnknown(query.part, places)
  if (query.kind !== 'mark') return []
  const { mark, value } = query
  const papers = [...new Set([...places.values()].map(({ publisher }) => publisher))]
  if (mark === 'publisher' && !papers.includes(value))
    return [message`no paper that is known is called "${value}"; papers are ${papers}`]
  const named = [...places].filter(([, { paths }]) => paths.length > 0)
  const names = [...new Set(named.map(([name]) => name.replace(/^.*:/, '')))]
  const paths = named.flatMap(([, place]) => place.paths)
  const isKnown = [...names, ...paths].some((path) => `/${path}/`.includes(`/${value}/`))
  if (mark !== 'section' || isKnown || sectionCalled(value) !== null) return []
  return [message`no section and no path that is known is called "${value}"; sections are ${names}`]
}
