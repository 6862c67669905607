const REFERENCES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** A text as it stands in HTML and in XML, between tags or in double quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => REFERENCES[sign]!)
}

/** HTML in which Liquid, which some sites read their pages with, finds nothing of its own. */
export function withoutLiquid(html: string): string {
  return html.replace(/\{(?=[{%])/g, '&#123;')
}
