import { t } from '../../words/words.ts'

/** A key as the commented configuration shows it. */
export interface ShownKey {
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
    `  ${given.has(key) ? '' : '// '}${JSON.stringify(key)}: ${inline(value)},`,
  ])
  const head = [`  "$schema": ${JSON.stringify(schemaPath)},`]
  return `${[`// ${t`Flags and ZAOBAO_ variables go before what stands here.`}`, '{', ...head, ...lines, '}'].join('\n')}\n`
}

function inline(value: unknown): string {
  return JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ').replace(/^\[ /, '[').replace(/ \]$/, ']')
}
