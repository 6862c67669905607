import { type Message, message } from '../../words/words.ts'

/** The longest stories have some 30,000 characters in 300 elements. */
const MAX_BODY_CHARACTERS = 500_000
const MAX_BODY_ELEMENTS = 20_000

/** Why a body is longer than any story's; `null` when it is not. */
export function bodyTooLarge(body: Element): Message | null {
  if (body.getElementsByTagName('*').length > MAX_BODY_ELEMENTS) {
    return message`the article has more than ${MAX_BODY_ELEMENTS} elements`
  }
  if (body.textContent.length <= MAX_BODY_CHARACTERS) return null
  return message`the article has more than ${MAX_BODY_CHARACTERS} characters`
}
