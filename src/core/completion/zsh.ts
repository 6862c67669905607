import type { ArgumentTree, CommandTree, OptionTree, ArgumentValue } from './command-tree.ts'
import { inSingleQuotes } from '../text/quoted.ts'
import { t } from '../../words/words.ts'

/** Completion for zsh: by eval, or as a file `_zaobao-archiver` in a folder of `fpath`. */
export function zshCompletion(tree: CommandTree): string {
  return `#compdef ${tree.name}
# ${t`${'zsh'} completion for ${tree.name}: ${`eval "$(${tree.name} completion zsh)"`}, after compinit`}
_zaobao_archiver() {
  local curcontext="$curcontext" state line
  typeset -A opt_args
  local -a global=(
${tree.options.map((option) => `    ${optionSpec(option)}`).join('\n')}
  )
  _arguments -C $global '1: :->command' '*:: :->rest'
  case $state in
    command)
      local -a commands=(
${tree.commands.map(({ name, about }) => `        ${inSingleQuotes(`${name}:${about}`)}`).join('\n')}
      )
      _describe command commands
      ;;
    rest)
      case $line[1] in
${tree.commands.map(commandCase).join('\n')}
      esac
      ;;
  esac
}
if [ "$funcstack[1]" = "_${tree.name}" ]; then
  _zaobao_archiver "$@"
else
  compdef _zaobao_archiver ${tree.name}
fi
`
}

function commandCase({ name, options, arguments: given }: CommandTree): string {
  const specs = [...options.map(optionSpec), ...given.map(argumentSpec)]
  return `        ${name})
          _arguments $global \\
            ${specs.join(' \\\n            ')}
          ;;`
}

function optionSpec({ flags, placeholder, about, value, repeatable }: OptionTree): string {
  const said = `[${about.replaceAll(/[[\]:]/g, '\\$&')}]`
  const wanted = value.kind === 'none' ? '' : `:${bare(placeholder)}:${action(value)}`
  return flags.map((flag) => inSingleQuotes(`${repeatable ? '*' : ''}${flag}${said}${wanted}`)).join(' ')
}

function argumentSpec({ placeholder, value, repeatable }: ArgumentTree): string {
  return inSingleQuotes(`${repeatable ? '*' : ''}:${bare(placeholder)}:${action(value)}`)
}

function bare(placeholder: string): string {
  return placeholder.replaceAll(/[<>[\].]/g, '')
}

function action(value: ArgumentValue): string {
  // Behind a colon zsh expects what to do with the choices.
  if (value.kind === 'choice') return `(${value.choices.join(' ').replaceAll(':', String.raw`\:`)})`
  if (value.kind === 'file') return '_files'
  return value.kind === 'folder' ? '_files -/' : '()'
}
