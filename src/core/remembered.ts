/**
 * `answer`, which is asked for the same text once, and again where `basis` holds other values than before. `most`: so many answers are
 * kept.
 */
export function remembered<T>(
  answer: (text: string) => T,
  { most, basis = [] }: { most: number; basis?: readonly unknown[] },
): (text: string) => T {
  const answers = new Map<string, T>()
  let before: readonly unknown[] = []
  return (text) => {
    const isSame = before.length === basis.length && basis.every((value, at) => value === before[at])
    if (!isSame) before = [...basis]
    if (!isSame || answers.size === most) answers.clear()
    let found = answers.get(text)
    if (found === undefined) answers.set(text, (found = answer(text)))
    return found
  }
}
