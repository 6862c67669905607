import { dateOf, type Document, fromOf, isOnPlacesClock } from '../document/document.ts'
import { withTime } from '../document/render.ts'
import type { Addresses } from '../identity.ts'
import type { Identity } from '../model.ts'
import { idOfName, placeOfPath } from './path.ts'
import { withoutMarks } from './stored.ts'
import { isOfDay, type Zone } from '../time.ts'

/** The same text with the line ends and the last line that the format asks for; nothing else is changed. */
export function mendLines(text: string): string {
  return `${withoutMarks(text).replace(/(?<!\n)\n+$/, '')}\n`
}

/**
 * Whose story a file is, where its address is borne out: by the name, or by the link under the headline and one of the
 * days of folder and name. `null` where they contradict it: the address may be what is damaged.
 */
export function provenIdentity(path: string, document: Document, addresses: Addresses): Identity | null {
  const { identify, wasId } = addresses
  const { day: folder, name } = placeOfPath(path)
  const nameId = idOfName(name)
  const url = fromOf(document)
  const identity = identify(url, nameId)
  const { id, day } = identity
  const sameDay = day === folder || day === name.slice(0, 10)
  const sameId = nameId === id
  if ((sameId && (sameDay || day === null)) || (nameId !== null && wasId(url, nameId))) return identity
  const link = identify(document.headline.url, id)
  const sameLink = link.id === id && link.day === day
  return sameLink && (sameId || sameDay) ? identity : null
}

/**
 * The document with one time where `date` and the comment differ and the day in the address convicts one of them. Where the comment
 * names no time it is that of `date`; where `date` is of a clock that it does not name, that of the comment. `null` where the day
 * does not decide, or they agree.
 */
export function mendTimes(document: Document, day: string | null, zone: Zone): Document | null {
  const date = dateOf(document)
  const stamp = document.stamp.ms
  if (Number.isNaN(stamp) || isOnPlacesClock(document)) return withTime(document, date)
  if (day === null || Math.abs(stamp) > 8.64e15) return null
  const dateFits = isOfDay(date, day, zone)
  if (dateFits === isOfDay(stamp, day, zone)) return null
  return withTime(document, dateFits ? date : stamp)
}
