import { t } from '../words/words.ts'

/** A thousand years: what lies further back has no day that can be written. */
const MAX_DURATION_MS = 365_250 * 86_400_000
const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/
const UNIT_MS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const RATE = /^(\d+(?:\.\d+)?)\/(s|m|h)$/

/** So many requests in so many milliseconds. */
export interface Rate {
  count: number
  perMs: number
}

/** Milliseconds of `500ms`, `30s`, `10m`, `24h`, `7d` (`0` too); `null` when the text is no duration, or one over 1,000 years. */
export function parseDuration(text: string): number | null {
  const match = DURATION.exec(text)
  if (match === null) return text === '0' ? 0 : null
  const ms = Number(match[1]) * (UNIT_MS[match[2] ?? ''] ?? 0)
  return ms <= MAX_DURATION_MS ? ms : null
}

/** `1/s`, `30/m`; `null` when the text is no rate above zero. */
export function parseRate(text: string): Rate | null {
  const match = RATE.exec(text)
  const count = Number(match?.[1] ?? 0)
  return count > 0 ? { count, perMs: UNIT_MS[match?.[2] ?? ''] ?? 1000 } : null
}

/** A duration as a person reads it: `45s`, `12m`, `3h 20m`, `2d 4h`. */
export function printDuration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 90) return t`${seconds}s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return t`${minutes}m`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 === 0 ? t`${hours}h` : t`${hours}h ${minutes % 60}m`
  return hours % 24 === 0 ? t`${hours / 24}d` : t`${Math.floor(hours / 24)}d ${hours % 24}h`
}
