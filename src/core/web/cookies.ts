import { getOrMake } from '../get-or-make.ts'

/** Cookies of one site are few; what is beyond is not taken. */
const MOST = 50
const COOKIE = /^\s*([^\s=;,]{1,256})=([\x21\x23-\x3a\x3c-\x7e"]{0,4096})\s*(?:;(.*))?$/s
const IS_OVER = /(?:^|;)\s*(?:max-age\s*=\s*(?:-|0+\s*(?:;|$))|expires\s*=[^;]*\b19\d\d\b)/i

/** What servers set while one request is led on, each by its origin (RFC 6265). Nothing of it outlives that. */
interface Cookies {
  /** `set`: the `Set-Cookie` fields of an answer, a line each; `null` for none. */
  take(origin: string, set: string | null): void
  /** The field to send; `null` for none. */
  fieldFor(origin: string): string | null
}

export function createCookies(): Cookies {
  const kept = new Map<string, Map<string, string>>()
  return {
    take(origin, set) {
      if (set === null) return
      const own = getOrMake(kept, origin, () => new Map<string, string>())
      for (const line of set.split('\n')) {
        const [, name, value = '', attributes = ''] = COOKIE.exec(line) ?? []
        if (name === undefined) continue
        if (IS_OVER.test(attributes)) own.delete(name)
        else if (own.has(name) || own.size < MOST) own.set(name, value)
      }
    },
    fieldFor(origin) {
      const own = [...(kept.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`)
      return own.length === 0 ? null : own.join('; ')
    },
  }
}
