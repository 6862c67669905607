import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hasTool } from './tools.ts'

export interface Block {
  language: string
  text: string
  /** The heading above it. */
  heading: string
}

/** The fenced blocks of a Markdown text, in order. */
export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = []
  let heading = ''
  for (const [, title, language = '', text = ''] of markdown.matchAll(/^#+ (.*)$|^```([a-z]+)\n([^]*?)^```$/gm)) {
    if (title === undefined) blocks.push({ language, text, heading })
    else heading = title
  }
  return blocks
}

export interface Step {
  command: string
  output: string[]
}

/** Commands (`$ …`) and the lines that each prints, on either stream. */
export function stepsOf({ text }: Block): Step[] {
  const steps: Step[] = []
  for (const line of text.trimEnd().split('\n')) {
    if (line.startsWith('$ ')) steps.push({ command: line.slice(2), output: [] })
    else steps.at(-1)?.output.push(line)
  }
  return steps
}

/** A command of the test's own in `folder`, which is made: a line of shell with the arguments in `"$@"`. */
export function writeCommand(folder: string, name: string, line: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), `#!/bin/sh\n${line}\n`)
  chmodSync(join(folder, name), 0o755)
}

const ELEVENTY = fileURLToPath(new URL('../../node_modules/@11ty/eleventy/cmd.cjs', import.meta.url))

/** Makes `npx @11ty/eleventy` the one that is installed here, without asking a registry. */
export function writeNpx(folder: string): void {
  writeCommand(folder, 'npx', `shift; exec '${process.execPath}' '${ELEVENTY}' "$@"`)
}

const TOOLS = ['jekyll', 'jq', 'curl', 'sqlite3', 'hugo']

/** True where all that a block's commands need is there; says in one line what is not. */
export function hasToolsOf({ text, heading }: Block): boolean {
  const what = `the recipe ${heading}`
  if (text.includes('@11ty/eleventy') && !existsSync(ELEVENTY)) {
    process.stderr.write(`${what}: @11ty/eleventy is not installed, nothing to run\n`)
    return false
  }
  return TOOLS.every((tool) => !text.includes(`${tool} `) || hasTool(tool, what))
}
