// The manual page, from the tree of commands.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { loadBundled } from './bundle.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

const PARTS = `export { createProgram } from './src/program.ts'; export { treeOf } from './src/program/tree.ts'; export { configSchema } from './src/config/schema.ts'; export { RECORD_FIELDS } from './src/core/record/schema.ts'`

/** The tree of commands, and the help of each by name, as the program has them. */
async function programTree() {
  const { createProgram, treeOf, configSchema, RECORD_FIELDS } = await loadBundled(PARTS)
  const help = {}
  let text = ''
  const program = createProgram({ stdout: (part) => void (text += part), stderr: () => undefined }, () => undefined)
  for (const command of program.commands) {
    text = ''
    command.outputHelp()
    help[command.name()] = text
  }
  return { tree: treeOf(program), help, keys: configSchema().properties, fields: RECORD_FIELDS }
}

/** Text for roff: no line is taken for a request, no character for an escape. */
function roff(text) {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1')
}

function option({ flags, placeholder, about, value }) {
  const isTold = value.kind !== 'choice' || value.choices.every((choice) => about.includes(choice))
  const choices = isTold ? '' : `: ${value.choices.join(', ')}`
  const names = flags.map((flag) => `\\fB${roff(flag)}\\fR`).join(', ')
  return `.TP\n${names}${placeholder === '' ? '' : ` \\fI${roff(placeholder)}\\fR`}\n${roff(about + choices)}`
}

function named(name, about) {
  return `.TP\n\\fB${roff(name)}\\fR\n${roff(about)}`
}

function key([name, { description, default: standard }]) {
  return named(name, `${description}${standard === undefined ? '' : ` Default: ${JSON.stringify(standard)}.`}`)
}

function section(help, name) {
  return (new RegExp(`^${name}:\\n((?: {2}.*\\n?)+)`, 'm').exec(help)?.[1] ?? '').trimEnd()
}

function block(text) {
  return `.nf\n${roff(text.replaceAll(/^ {2}/gm, ''))}\n.fi`
}

function commandPart({ name, about, options, arguments: given }, help) {
  const usage = [`\\fB${name}\\fR`, ...given.map(({ placeholder }) => `\\fI${roff(placeholder)}\\fR`)].join(' ')
  const places = given.map(({ placeholder, about: said }) => `.TP\n\\fI${roff(placeholder)}\\fR\n${roff(said)}`)
  const own = options.filter(({ flags }) => !flags.includes('--help'))
  const examples = ['.PP', 'Examples:', '.PP', block(section(help, 'Examples'))]
  const codes = ['.PP', 'Exit codes:', '.PP', block(section(help, 'Exit codes'))]
  return [`.SS ${usage}`, roff(about), ...places, ...own.map(option), ...examples, ...codes].join('\n')
}

/** The page as text of roff. */
export async function manualPage() {
  const { version } = JSON.parse(await readFile(`${root}package.json`, 'utf8'))
  const { tree, help, keys, fields } = await programTree()
  const commands = tree.commands.filter(({ name }) => name !== 'help')
  return `${[
    `.TH ZAOBAO\\-ARCHIVER 1 "" "zaobao\\-archiver ${version}" "User Commands"`,
    `.SH NAME\nzaobao\\-archiver \\- ${roff(tree.about)}`,
    `.SH SYNOPSIS\n\\fBzaobao\\-archiver\\fR [\\fIoptions\\fR] \\fIcommand\\fR [\\fIarguments\\fR]`,
    `.SH COMMANDS`,
    ...commands.map((command) => commandPart(command, help[command.name])),
    `.SH OPTIONS\nFor every command:`,
    ...tree.options.map(option),
    `.SH CONFIGURATION\nKeys of the configuration file. Each is a variable too: ZAOBAO_ and the key in upper snake case.`,
    ...Object.entries(keys)
      .filter(([name]) => name !== '$schema')
      .map(key),
    `.SH RECORD\nWhat \\fB\\-\\-json\\fR, \\fBexport\\fR and \\fBconvert\\fR print, an object a line; \\fBschema\\fR prints its JSON Schema.`,
    ...Object.entries(fields).map(([name, about]) => named(name, about)),
    `.SH EXIT STATUS\nOf \\fBfetch\\fR; every command says its own in its help.\n${block(section(help.fetch, 'Exit codes'))}`,
    `.SH FILES\n.TP\n\\fIzaobao.config.jsonc\\fR\nThe configuration, in the working folder; \\fBinit\\fR writes one.`,
    `.TP\n\\fI./archive\\fR\nThe archive, unless another is named.`,
    `.SH ENVIRONMENT\nZAOBAO_ and a key of the configuration in upper snake case, such as ZAOBAO_ARCHIVE; HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY; NODE_EXTRA_CA_CERTS; NO_COLOR.`,
  ].join('\n')}\n`
}
