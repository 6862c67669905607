/**
 * A headline or caption on one line: line breaks and layout spaces are one space. Two plain spaces
 * stay two: the paper sets them between the halves of a headline.
 */
export function onOneLine(text: string): string {
  return text.replace(/[\s\u0000-\u001f\u007f]+/g, (run) => (/[^ ]/.test(run) ? ' ' : run)).trim()
}
