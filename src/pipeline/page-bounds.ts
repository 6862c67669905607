/** Real pages have some 3,000 tags. Reading one of so many still takes seconds; beyond, time and memory get out of hand. */
const MAX_PAGE_TAGS = 100_000

/** The longest stories have some 30,000 characters in 300 elements. */
const MAX_BODY_CHARACTERS = 500_000
const MAX_BODY_ELEMENTS = 20_000

/** Why a page is not read at all; `null` when it may be. */
export function pageTooLarge(html: string): string | null {
  const tags = /<[a-z]/gi
  for (let count = 0; tags.test(html); count += 1) {
    if (count === MAX_PAGE_TAGS) return `the page has more than ${MAX_PAGE_TAGS} tags`
  }
  return null
}

/** Why a body is longer than any story's; `null` when it is not. */
export function bodyTooLarge(body: Element): string | null {
  if (body.getElementsByTagName('*').length > MAX_BODY_ELEMENTS) {
    return `the article has more than ${MAX_BODY_ELEMENTS} elements`
  }
  if ((body.textContent ?? '').length <= MAX_BODY_CHARACTERS) return null
  return `the article has more than ${MAX_BODY_CHARACTERS} characters`
}
