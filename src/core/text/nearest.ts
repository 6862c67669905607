/** Of `names` the one that `name` was probably meant to be, without regard to case, `-` and `_`; `null` when none is near. */
export function nearest(name: string, names: readonly string[]): string | null {
  const wanted = plain(name)
  let best: string | null = null
  // A third of the letters may differ.
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1
  for (const each of names) {
    const steps = distance(wanted, plain(each))
    if (steps < least) [best, least] = [each, steps]
  }
  return best
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '')
}

/** How many letters must be put in, taken out, changed or swapped with the next (Damerau and Levenshtein). */
function distance(a: string, b: string): number {
  // Of names as long as no key is, all that counts is that they are far.
  if (Math.abs(a.length - b.length) > 20) return Number.POSITIVE_INFINITY
  const rows = [Array.from({ length: b.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (rows[i - 1]?.[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(changed, (rows[i - 1]?.[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j] ?? 0, (rows[i - 2]?.[j - 2] ?? 0) + 1)
    }
    rows.push(row)
  }
  return rows[a.length]?.[b.length] ?? 0
}
