import { Argument, type Command } from 'commander'
import { type CommandAction, teach } from './declare.ts'
import { t } from '../words/words.ts'

export function declareCompletion(command: Command): CommandAction {
  command
    .description(t`print the completion of a shell`)
    .addArgument(new Argument('<shell>', t`which shell`).choices(['bash', 'zsh', 'fish']))
  teach(command, {
    examples: [
      'completion bash > ~/.local/share/bash-completion/completions/zaobao-archiver',
      'eval "$(zaobao-archiver completion zsh)"',
      'completion fish > ~/.config/fish/completions/zaobao-archiver.fish',
    ],
  })
  return async (io) => {
    const { completion } = await import('../commands/completion.ts')
    const { treeOf } = await import('./tree.ts')
    return completion(command.processedArgs[0] as 'bash' | 'zsh' | 'fish', treeOf(command.parent!), io)
  }
}
