import { CHINESE_ZONE } from '../../core/time.ts'

/** The clock of its addresses, lists and pages: Singapore's, +08:00 all year since 1982. The machine's zone never matters. */
export const ZONE = CHINESE_ZONE

/** The paper, by the names that its pages give it. */
export const PAPER: { readonly name: string; readonly names: readonly string[] } = {
  name: '联合早报',
  names: ['联合早报', '联合早报网', '早报', 'zaobao', 'Zaobao', 'Lianhe Zaobao', '联合早报 Lianhe Zaobao'],
}

const TAIL = /\s*[|｜_-]\s*(?:联合早报网?|早报网?|lianhe\s*zaobao|(?:www\.)?zaobao(?:\.com(?:\.sg)?)?)\s*$/i

const TAIL_MAX_LENGTH = 60

/** A headline without the name of the site that `<title>` and `og:title` append. */
export function withoutSiteName(title: string): string {
  let text = title.trim()
  for (
    let tail = TAIL.exec(text.slice(-TAIL_MAX_LENGTH));
    tail !== null;
    tail = TAIL.exec(text.slice(-TAIL_MAX_LENGTH))
  ) {
    text = text.slice(0, text.length - tail[0].length).trimEnd()
  }
  return text
}
