import { Argument, type Command } from 'commander'
import { type Does, teach } from './declare.ts'
import { t } from '../words/words.ts'

export function addCompletion(program: Command, does: Does): void {
  const command = program
    .command('completion')
    .description(t`print the completion of a shell`)
    .addArgument(new Argument('<shell>', t`which shell`).choices(['bash', 'zsh', 'fish']))
  teach(command, {
    examples: [
      'completion bash > ~/.local/share/bash-completion/completions/zaobao-archiver',
      'eval "$(zaobao-archiver completion zsh)"',
      'completion fish > ~/.config/fish/completions/zaobao-archiver.fish',
    ],
  }).action(
    does(async (io, called) => {
      const { completion } = await import('../commands/completion.ts')
      const { treeOf } = await import('./tree.ts')
      return completion(called.processedArgs[0] as 'bash' | 'zsh' | 'fish', treeOf(program), io)
    }),
  )
}
