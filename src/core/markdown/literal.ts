import type { parse } from 'micromark'

type Constructs = ReturnType<typeof parse>['constructs']['text']
type Construct = Exclude<Constructs[string], undefined | readonly unknown[]>

const BACKTICK = 96

/** A character that stands for itself, since nothing that may begin with it does. */
const literal: Construct = {
  tokenize(effects, ok) {
    return (code) => {
      effects.enter('characterEscapeValue')
      effects.consume(code)
      return function rest(next) {
        // Code does not begin behind a backtick: micromark sees to it only where no other construct would take the character.
        if (code === BACKTICK && next === code) {
          effects.consume(next)
          return rest
        }
        effects.exit('characterEscapeValue')
        return ok(next)
      }
    }
  },
}

/**
 * The constructs of text without those of `disabled` names, and with the literal behind those of each character.
 *
 * Left to itself micromark makes a piece of text of each character at which something might have begun, and joins the
 * pieces that meet by a splice of all that the paragraph has: the square of their number.
 */
export function withLiterals(constructs: Constructs, disabled: readonly string[]): Constructs {
  const all = Object.entries(constructs).map(([code, list]): [string, Construct[]] => {
    const left = [list ?? []].flat().filter(({ name }) => name === undefined || !disabled.includes(name))
    return [code, left.length > 0 && Number(code) > 0 ? [...left, literal] : left]
  })
  return Object.fromEntries(all.filter(([, list]) => list.length > 0))
}
