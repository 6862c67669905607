import { t } from '../../words/words.ts'

/** A key as the commented configuration shows it. */
interface ShownKey {
  key: string
  about: string
  value: unknown
}

/**
 * The commented configuration: `given` stand as they are, the others as comments with their defaults, ready to be
 * uncommented.
 */
export function configText(schemaPath: string, keys: readonly ShownKey[], given: ReadonlySet<string>): string {
  const lines = keys.flatMap(({ key, about, value }) => [
    '',
    `  // ${about}`,
    `  ${given.has(key) ? '' : '// '}${JSON.stringify(key)}: ${written(value)},`,
  ])
  const head = [`  "$schema": ${JSON.stringify(schemaPath)},`]
  return `${[`// ${t`Flags and ZAOBAO_ variables go before what stands here.`}`, '{', ...head, ...lines, '}'].join('\n')}\n`
}

/** Feeds are many: each has a line. */
function written(value: unknown): string {
  const isLong = Array.isArray(value) && value.length > 1 && value.every((each) => typeof each === 'object')
  return isLong ? `[\n${value.map((each) => `    ${inline(each)},\n`).join('')}  ]` : inline(value)
}

function inline(value: unknown): string {
  return JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ').replace(/^\[ /, '[').replace(/ \]$/, ']')
}
