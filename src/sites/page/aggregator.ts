/** What a footer consists of behind its words: links, bare addresses, breaks, and the ends of what it stands in. */
const LINKS_ALONE =
  /^获取更多\s*RSS\s*[:：]?(?:\s|&nbsp;|<br\b[^<>]{0,100}>|<a\b[^<>]{0,500}>\s*(?:https?:\/\/)?[\w./:-]{0,200}\s*<\/a>|https?:\/\/[^\s<]{1,200})*/
const ENDS = /^(?:\s|<br\b[^<>]{0,100}>|<\/[a-z]{1,10}\s*>)*$/i
const BEFORE = /(?:\s|\*|&nbsp;|<(?:br|hr)\b[^<>]{0,100}>)$/i
/** What WordPress puts below each text of a feed. */
const APPEARED =
  /<p>\s{0,9}(?:The post )?<a\b[^<>]{0,500}>[^<>]{0,500}<\/a>\s{0,9}(?:appeared first on|first appeared on|最先出现在|最先出現在)\s{0,9}<a\b[^<>]{0,500}>[^<>]{0,200}<\/a>[.。]?\s{0,9}<\/p>\s*$/i
const LONGEST_FOOTER = 4000
const LONGEST_TAG = 120

/**
 * A body without the footer that WordPress or an aggregator puts below each text (feedx: a rule, `获取更多RSS：` and links to itself).
 * Words of the story are never taken: behind these words nothing may stand but addresses.
 */
export function withoutFooter(text: string): string {
  const html = text.replace(APPEARED, '')
  const at = html.lastIndexOf('获取更多')
  if (at === -1 || html.length - at > LONGEST_FOOTER) return html
  const footer = LINKS_ALONE.exec(html.slice(at))?.[0] ?? ''
  let behind = html.slice(at + footer.length)
  if (footer === '' || !ENDS.test(behind)) return html
  let head = html.slice(0, at)
  for (let opened = 0; ;) {
    const around = head.slice(-LONGEST_TAG)
    const open = opened === 0 ? /<(div|p|span)\b[^<>]{0,100}>\s*$/i.exec(around) : null
    const piece = open?.[0] ?? BEFORE.exec(around)?.[0]
    if (piece === undefined) return head + behind
    head = head.slice(0, -piece.length)
    if (open === null) continue
    opened += 1
    behind = behind.replace(new RegExp(`</${open[1]}\\s*>`, 'i'), '')
  }
}
