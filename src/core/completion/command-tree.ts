/** What may stand for a value. */
export type ArgumentValue =
  | { kind: 'none' | 'text' | 'file' | 'folder' }
  | { kind: 'choice'; choices: readonly string[] }

export interface ArgumentTree {
  /** `[file]`, `<dir>`; empty where an option takes no value. */
  placeholder: string
  about: string
  value: ArgumentValue
  repeatable: boolean
}

export interface OptionTree extends ArgumentTree {
  /** `--quiet`, `-h`. */
  flags: readonly string[]
}

/** A command as a plain value: what completion and the manual page are made from. */
export interface CommandTree {
  name: string
  about: string
  options: readonly OptionTree[]
  arguments: readonly ArgumentTree[]
  commands: readonly CommandTree[]
}
