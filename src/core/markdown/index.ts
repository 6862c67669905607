/** Inline Markdown that reads as the text given. */
export function escapeInline(text: string): string {
  return text.replace(/[\\[\]*_`<]/g, '\\$&')
}
