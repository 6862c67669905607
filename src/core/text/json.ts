/** No list of stories stands deeper. */
const DEEPEST = 100
/** What is so deep at once takes a parser seconds. */
const TOO_DEEP = new RegExp(String.raw`\[{${DEEPEST + 1}}`)

/** What a text says in JSON, as far as it came. */
export interface LooseJson {
  /** `undefined` where it says nothing. */
  value: unknown
  /** False where the text ends before what it began. */
  whole: boolean
}

/**
 * The value of a JSON text that may be broken or cut off. In its arrays (those inside no element of another array) an
 * object that is broken, or not there to its end, is null; a member that is not there to its end is left out. Linear.
 */
export function parseLoosely(text: string): LooseJson {
  const strict = TOO_DEEP.test(text) ? undefined : parse(text)
  if (strict !== undefined) return { value: strict, whole: true }
  const { json, whole } = repaired(text)
  return { value: parse(json), whole }
}

/** `undefined` for what is no JSON; control characters inside strings, which JSON forbids, do no harm. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/[\u0000-\u001f]/g, ' '))
  } catch {
    return undefined
  }
}

function repaired(text: string): { json: string; whole: boolean } {
  /** What closes the arrays and objects that are open, elements of arrays apart. */
  const closers: string[] = []
  let json = ''
  /** Everything before it is in `json`. */
  let copied = 0
  /** Where the text could be ended by `closers`. */
  let safe = 0
  /** How deep an element of an array is open, and where it began. */
  let depth = 0
  let start = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const mark = text[i]!
    if (mark === '\\') i++
    else if (mark === '"') quoted = !quoted
    else if (quoted) continue
    else if (mark === '{' && (depth > 0 || closers.at(-1) === ']')) {
      if (depth++ === 0) start = i
    } else if (mark === '}' && depth > 0) {
      if (--depth > 0) continue
      const element = text.slice(start, i + 1)
      json += text.slice(copied, start) + (parse(element) === undefined ? 'null' : element)
      copied = safe = i + 1
    } else if (depth > 0) continue
    else if (mark === '{' || mark === '[') {
      if (closers.push(mark === '{' ? '}' : ']') > DEEPEST) break
      safe = i + 1
    } else if (mark === ',') {
      safe = i
    } else if (mark === '}' || mark === ']') {
      const afterComma = text.slice(safe, i).trim() === ','
      json += text.slice(copied, afterComma ? safe : i) + mark
      copied = safe = i + 1
      closers.pop()
      if (closers.length === 0) return { json, whole: true }
    }
  }
  const end = depth > 0 ? `${text.slice(copied, start)}null` : text.slice(copied, Math.max(copied, safe))
  return { json: json + end + closers.toReversed().join(''), whole: false }
}
