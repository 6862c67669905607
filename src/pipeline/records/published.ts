import { dateOf, type Document } from '../../core/document/document.ts'
import { dayIn, isoTime, startOfDay } from '../../core/time.ts'
import { zoneOf } from '../../sites/publishers.ts'

/**
 * When the story of a file was published, ISO 8601 UTC; `null` where its day alone is known, of which the beginning stands for the time unless
 * that was `noted` beside the file.
 */
export function publishedOf(document: Document, url: string, noted: string | null | undefined): string | null {
  const ms = dateOf(document)
  if (typeof noted === 'string' && Date.parse(noted) === ms) return noted
  const zone = zoneOf(url)
  return startOfDay(zone, dayIn(zone, ms)) === ms ? null : isoOf(ms)
}

/** An instant (ms) in ISO 8601, which has years of four digits; `null` for any other. */
export function isoOf(ms: number): string | null {
  const iso = Number.isNaN(ms) ? '' : isoTime(ms)
  return /^\d{4}-/.test(iso) ? iso : null
}
