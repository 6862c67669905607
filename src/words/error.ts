import { type Message, message, said } from './words.ts'

/** An error that can say what went wrong in any language; its `message` is in the one that was spoken. */
export class WordedError extends Error {
  readonly words: Message

  constructor(words: Message, options?: ErrorOptions) {
    super(said(words), options)
    this.words = words
  }
}

/** What an error says; one of the system or of a library says it in its own words. */
export function wordsOf(error: unknown): Message {
  if (!(error instanceof Error)) return message`${String(error)}`
  return 'words' in error ? (error.words as Message) : message`${error.message}`
}
