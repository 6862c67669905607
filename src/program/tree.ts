import type { Argument, Command, Option } from 'commander'
import type { ArgumentTree, CommandTree, OptionTree, ArgumentValue } from '../core/completion/command-tree.ts'
import { configSchema } from '../config/schema.ts'
import { sectionNames } from '../sites/publishers.ts'
import { repeatable } from './declare.ts'

const KEYS: Readonly<Record<string, { enum?: string[] }>> = configSchema().properties

/** The tree of a program that is built. */
export function treeOf(command: Command): CommandTree {
  const help = command.createHelp()
  return {
    name: command.name(),
    about: command.description(),
    options: help.visibleOptions(command).map(optionTree),
    arguments: command.registeredArguments.map(argumentTree),
    commands: help
      .visibleCommands(command)
      .filter(({ parent }) => parent === command)
      .map(treeOf),
  }
}

function optionTree(option: Option): OptionTree {
  const placeholder = /[<[].*$/.exec(option.flags)?.[0] ?? ''
  const flags = [option.short, option.long].filter((flag) => flag !== undefined)
  return {
    flags,
    ...valueTree(option, placeholder, option.attributeName()),
    repeatable: option.parseArg === repeatable,
  }
}

function argumentTree(argument: Argument): ArgumentTree {
  const name = argument.name() + (argument.variadic ? '...' : '')
  const placeholder = argument.required ? `<${name}>` : `[${name}]`
  return { ...valueTree(argument, placeholder, argument.name()), repeatable: argument.variadic }
}

/** What options and arguments have in common. */
function valueTree({ description, argChoices }: Option | Argument, placeholder: string, name: string) {
  return { placeholder, about: description, value: valueOf(placeholder, argChoices ?? offeredFor(name)) }
}

/** What the configuration takes for a key, where that is one of a few words; for a section, those that have names. */
function offeredFor(key: string): readonly string[] | undefined {
  if (key === 'section') return [...sectionNames(), 'all']
  return KEYS[key]?.enum
}

function valueOf(placeholder: string, choices: readonly string[] | undefined): ArgumentValue {
  if (choices !== undefined) return { kind: 'choice', choices }
  if (placeholder === '') return { kind: 'none' }
  if (/\b(?:file|list)\b/.test(placeholder)) return { kind: 'file' }
  return { kind: /\bdir\b/.test(placeholder) ? 'folder' : 'text' }
}
