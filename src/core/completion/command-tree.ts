/** What may stand for a value. */
export type Value = { kind: 'none' | 'text' | 'file' | 'folder' } | { kind: 'choice'; choices: readonly string[] }

export interface OptionTree {
  /** `--quiet`, `-h`. */
  flags: readonly string[]
  /** `<dir>`; empty where it takes no value. */
  placeholder: string
  about: string
  value: Value
  repeatable: boolean
}

export interface ArgumentTree {
  /** `[file]`, `<dir>`. */
  placeholder: string
  about: string
  value: Value
  repeatable: boolean
}

/** A command as a plain value: what completion and the manual page are made from. */
export interface CommandTree {
  name: string
  about: string
  options: readonly OptionTree[]
  arguments: readonly ArgumentTree[]
  commands: readonly CommandTree[]
}
