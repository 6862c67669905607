import type { ArgumentTree, CommandTree, OptionTree } from './command-tree.ts'
import { t } from '../../words/words.ts'

/** Completion for fish. */
export function fishCompletion(tree: CommandTree): string {
  const names = tree.commands.map(({ name }) => name).join(' ')
  const lines = [
    `# ${t`${'fish'} completion for ${tree.name}: ${`${tree.name} completion fish | source`}`}`,
    `complete -c ${tree.name} -f`,
    ...tree.options.map((option) => optionLine(tree.name, '', option)),
    ...tree.commands.flatMap((command) => [
      `complete -c ${tree.name} -n 'not __fish_seen_subcommand_from ${names}' -a ${command.name} -d ${quote(command.about)}`,
      ...command.options.map((option) => optionLine(tree.name, command.name, option)),
      ...command.arguments.flatMap((argument) => argumentLine(tree.name, command.name, argument)),
    ]),
  ]
  return `${lines.join('\n')}\n`
}

function within(command: string): string {
  return command === '' ? '' : ` -n '__fish_seen_subcommand_from ${command}'`
}

function optionLine(program: string, command: string, { flags, about, value }: OptionTree): string {
  const named = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`))
  const wanted = value.kind === 'none' ? '' : `${value.kind === 'file' ? ' -r' : ' -x'}${offer(value)}`
  return `complete -c ${program}${within(command)} ${named.join(' ')}${wanted} -d ${quote(about)}`
}

function argumentLine(program: string, command: string, { value }: ArgumentTree): string[] {
  return value.kind === 'text' || value.kind === 'none'
    ? []
    : [`complete -c ${program}${within(command)}${offer(value)}`]
}

function offer(value: OptionTree['value']): string {
  if (value.kind === 'choice') return ` -a ${quote(value.choices.join(' '))}`
  if (value.kind === 'file') return ' -F'
  return value.kind === 'folder' ? " -a '(__fish_complete_directories)'" : ''
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`
}
