import { readFile } from 'node:fs/promises'
import { isObject } from './core/shape.ts'
import { UsageError } from './errors.ts'
import { type Message, clauses, message, said, t } from './words/words.ts'

/** The file that is read from the working folder when `--config` names none. */
export const CONFIG_FILE = 'zaobao.config.jsonc'

/** By the parser's code of a fault: what it expected. */
const EXPECTED: Readonly<Record<number, Message>> = {
  3: message`a key in double quotes`,
  4: message`a value`,
  5: message`":"`,
  6: message`","`,
  7: message`"}"`,
  8: message`"]"`,
  9: message`the end of the file`,
  12: message`a closing quote`,
}

/** The keys and values of a configuration file; none where it is not there and nobody `named` it. Throws `UsageError`. */
export async function readConfigFile(path: string, named: boolean): Promise<Record<string, unknown>> {
  let text: string
  try {
    const bytes = await readFile(path)
    const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe
    text = new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' && !named) return {}
    throw new UsageError(`${path}: ${t`the configuration cannot be read (${code ?? String(error)})`}`)
  }
  const { parse } = await import('jsonc-parser')
  const errors: { error: number; offset: number; length: number }[] = []
  const value: unknown = parse(text, errors, { allowTrailingComma: true })
  const first = errors[0]
  if (first !== undefined) {
    const line = text.slice(0, first.offset).split('\n').length
    const what = EXPECTED[first.error]
    const expected = what === undefined ? [] : [t`${said(what)} is expected`]
    throw new UsageError(`${path}: ${clauses([t`line ${line}: not valid JSON with comments`, ...expected])}`)
  }
  if (!isObject(value)) throw new UsageError(`${path}: ${t`must hold an object of keys and values`}`)
  return value
}
