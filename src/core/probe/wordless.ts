/** Letters beyond ASCII in a row, and what stands for them in an address. */
const WORDS = /[^\u0000-\u007f]{2,}|(?:%[89a-f][\da-f]){3,}/gi

/** A text in which no word of a story can stand: names, numbers and our own words are in ASCII. */
export function wordless(text: string): string {
  return text.replace(WORDS, '…')
}

/** The same of every text in a value. */
export function wordlessly<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_key, each: unknown) => (typeof each === 'string' ? wordless(each) : each)),
  ) as T
}
