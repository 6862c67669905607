/** Tables in Markdown, so that what the terminal shows can stand in the README. */

function cell(value) {
  if (typeof value !== 'number') return String(value ?? '')
  return Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2)
}

function table(rows) {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(keys), line(keys.map(() => '---')), ...rows.map((row) => line(keys.map((key) => cell(row[key]))))].join(
    '\n',
  )
}

/** A section: `{ title, rows, budgets: [{ what, budget, measured, met }], notes }`. */
export function sectionText(name, { title, rows, budgets = [], notes = [] }) {
  const kept = budgets.map(
    ({ what, budget, measured, met }) =>
      `- ${met ? 'kept' : '**missed**'}: ${what}: budget ${budget}, measured ${measured}`,
  )
  return [
    `## ${name}: ${title}\n`,
    ...(rows.length > 0 ? [`${table(rows)}\n`] : []),
    ...kept,
    ...notes.map((note) => `- ${note}`),
  ].join('\n')
}

/** Rows of interleaved commands, beside the first of them, which is `called` something shorter in the heads of columns. */
export function beside(measured, first, called = first) {
  const base = measured[first]
  return Object.entries(measured).map(([name, one]) => ({
    what: name,
    'wall ms': one.wallMs,
    'CPU ms': one.cpuMs,
    'memory MB': one.rssMb,
    [`wall / ${called}`]: one.wallMs / base.wallMs,
    [`CPU / ${called}`]: one.cpuMs / base.cpuMs,
    ...(one.code === 0 ? {} : { failed: `exit ${one.code}` }),
  }))
}

/** A budget of milliseconds over bare node: told by CPU time, which other load on the machine moves less than wall time. */
export function overBare(what, one, bare, ms) {
  const over = one.cpuMs - bare.cpuMs
  const measured = `+${over.toFixed(0)} ms CPU, +${(one.wallMs - bare.wallMs).toFixed(0)} ms wall`
  return { what, budget: `bare node + ${ms} ms`, measured, met: over <= ms }
}
