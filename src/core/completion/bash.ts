import type { ArgumentTree, CommandTree } from './command-tree.ts'
import { t } from '../../words/words.ts'

/** Completion for bash 4 and later; needs no bash-completion. */
export function bashCompletion(tree: CommandTree): string {
  const names = tree.commands.map(({ name }) => name)
  return `# ${t`${'bash'} completion for ${tree.name}: ${`eval "$(${tree.name} completion bash)"`}`}
_zaobao_archiver() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}" command='' i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in
      ${names.join('|')}) command="\${COMP_WORDS[i]}"; break ;;
    esac
  done
  COMPREPLY=()
  case "$command $previous" in
${[...values(tree, '*'), ...tree.commands.flatMap((command) => values(command, command.name))].join('\n')}
  esac
  if [[ $current == -* ]]; then
    case "$command" in
${tree.commands.map((command) => `      ${command.name}) ${words([...flags(command), ...flags(tree)])} ;;`).join('\n')}
      *) ${words(flags(tree))} ;;
    esac
    return
  fi
  case "$command" in
    '') ${words(names)} ;;
${tree.commands.flatMap((command) => argumentCase(command)).join('\n')}
  esac
}
complete -F _zaobao_archiver ${tree.name}
`
}

function words(of: readonly string[]): string {
  return `mapfile -t COMPREPLY < <(compgen -W '${of.join(' ')}' -- "$current")`
}

function paths(kind: 'file' | 'folder'): string {
  return `compopt -o filenames 2> /dev/null; mapfile -t COMPREPLY < <(compgen ${kind === 'file' ? '-f' : '-d'} -- "$current")`
}

function flags({ options }: CommandTree): string[] {
  return options.flatMap(({ flags: all }) => all)
}

function offer({ value }: ArgumentTree): string {
  if (value.kind === 'choice') return words(value.choices)
  return value.kind === 'file' || value.kind === 'folder' ? paths(value.kind) : ':'
}

function values({ options }: CommandTree, command: string): string[] {
  return options
    .filter(({ value }) => value.kind !== 'none')
    .map((option) => {
      const patterns = option.flags.map((flag) => (command === '*' ? `*' ${flag}'` : `'${command} ${flag}'`))
      return `    ${patterns.join(' | ')}) ${offer(option)}; return ;;`
    })
}

function argumentCase(command: CommandTree): string[] {
  const [argument] = command.arguments
  return argument === undefined || argument.value.kind === 'text' ? [] : [`    ${command.name}) ${offer(argument)} ;;`]
}
