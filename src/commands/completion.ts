import { bashCompletion } from '../core/completion/bash.ts'
import { fishCompletion } from '../core/completion/fish.ts'
import { zshCompletion } from '../core/completion/zsh.ts'
import { EXIT, type ExitCode } from '../errors.ts'
import type { Io } from '../io.ts'
import type { CommandTree } from '../core/completion/command-tree.ts'

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion }

/** Prints the completion of a shell. */
export async function completion(shell: keyof typeof SHELLS, tree: CommandTree, io: Io): Promise<ExitCode> {
  await io.stdout(SHELLS[shell](tree))
  return EXIT.done
}
