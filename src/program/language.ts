import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { CONFIG_FILE, readConfigFile } from '../config/file.ts'
import type { Io } from '../io.ts'
import { languageIn } from '../words/locale.ts'
import { type Language, LANGUAGES } from '../words/words.ts'

/**
 * The language of messages: what ZAOBAO_LANG says, else the configuration file, else the locale. It is known before the
 * command line is read, since help and faults of that line are messages too; what is wrong in the file is said later.
 */
export async function languageOf(argv: readonly string[], io: Pick<Io, 'env' | 'cwd' | 'signal'>): Promise<Language> {
  const asked = io.env['ZAOBAO_LANG']?.trim() || (await inFile(argv, io))
  return LANGUAGES.find((language) => asked === language) ?? languageIn(io.env)
}

async function inFile(argv: readonly string[], { cwd, signal }: Pick<Io, 'cwd' | 'signal'>): Promise<unknown> {
  try {
    const path = resolve(cwd, configIn(argv) ?? CONFIG_FILE)
    // A pipe can be read once, and is when it says all.
    return (await stat(path)).isFile() ? (await readConfigFile(path, false, signal)).values['lang'] : undefined
  } catch {
    return undefined
  }
}

/** What `--config` names. */
function configIn(argv: readonly string[]): string | undefined {
  const at = argv.findLastIndex((arg) => /^--config(?:=|$)/.test(arg))
  const option = argv[at]
  return option?.includes('=') === true ? option.slice('--config='.length) : option && argv[at + 1]
}
