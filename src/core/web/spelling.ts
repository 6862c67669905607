/** Where some servers keep who is reading: in the path, not in the query. */
const SESSION = /;(?:jsessionid|phpsessid)=[^/;]*/gi
/** What no address has as it stands (RFC 3986, 2), and a `%` that begins no escape. */
const UNWRITTEN = /[^\w\-.~!$&'()*+,;=:@/?%]|%(?![\da-f]{2})/gi

/**
 * A path or a query in the one spelling of all that mean the same (RFC 3986, 6.2.2): escapes in capitals, none for letters,
 * digits and `-._~`, one for whatever no address has. Reserved characters stay as they are: escaped or not, they may
 * mean another page.
 */
function inOneSpelling(part: string): string {
  return part
    .replace(UNWRITTEN, (character) => `%${character.charCodeAt(0).toString(16)}`)
    .replace(/%[\da-f]{2}/gi, (octet) => {
      const character = String.fromCharCode(Number.parseInt(octet.slice(1), 16))
      return /[\w\-.~]/.test(character) ? character : octet.toUpperCase()
    })
}

/** The spelling that counts: without who is reading. */
export const spelledNow = (part: string): string => inOneSpelling(part.replace(SESSION, ''))

/**
 * Escapes as an earlier version left them: as the source wrote them, which is in one of these ways; the last version knew
 * them all, and no twins.
 */
export const FORMER_SPELLINGS: readonly ((part: string) => string)[] = [
  (part) => part,
  (part) => part.replace(/%[\da-f]{2}/gi, (octet) => octet.toLowerCase()),
  (part) => part.replace(/%[\da-f]{2}/gi, (octet) => octet.toUpperCase()),
  spelledNow,
]
