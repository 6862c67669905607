import stringWidth from 'string-width'

const COLUMNS = 106
const CELL = 8.4
const LINE = 20
const MARGIN = 16
const BAR = 28
const COMMAND = /^(?:\d\d:\d\d )?\$ /

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

interface Cell {
  character: string
  column: number
}

/** A line in rows of so many columns, as a terminal breaks it. */
function rowsOf(line: string): Cell[][] {
  const rows: Cell[][] = [[]]
  let column = 0
  for (const { segment: character } of new Intl.Segmenter().segment(line)) {
    const width = stringWidth(character)
    if (column + width > COLUMNS) {
      rows.push([])
      column = 0
    }
    rows.at(-1)?.push({ character, column })
    column += width
  }
  return rows
}

/** Each character at its column: fonts differ in how wide a Chinese character is. */
function rowSvg(row: readonly Cell[], index: number, isCommand: boolean): string {
  if (row.length === 0) return ''
  const x = row.map(({ column }) => (MARGIN + column * CELL).toFixed(1)).join(' ')
  const y = BAR + MARGIN + LINE * index + 14
  const text = escaped(row.map(({ character }) => character).join(''))
  return `<text${isCommand ? ' class="command"' : ''} y="${y}" x="${x}">${text}</text>`
}

/** A terminal as SVG: lines as they were printed, commands (`$ …`, `09:00 $ …`) in another colour. */
export function drawTerminal(lines: readonly string[]): string {
  const rows = lines.flatMap((line) => rowsOf(line).map((row) => ({ row, isCommand: COMMAND.test(line) })))
  const width = Math.ceil(MARGIN * 2 + COLUMNS * CELL)
  const height = BAR + MARGIN * 2 + LINE * rows.length
  const label = escaped(lines.filter((line) => COMMAND.test(line)).join('; ')).replaceAll('"', '&quot;')
  return `<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
<style>text { font: 14px ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', 'PingFang SC', 'Microsoft YaHei', monospace; fill: #d8dee9; white-space: pre } .command { fill: #a3be8c }</style>
<rect width="100%" height="100%" rx="8" fill="#20242c"/>
<circle cx="18" cy="16" r="5" fill="#bf616a"/><circle cx="36" cy="16" r="5" fill="#ebcb8b"/><circle cx="54" cy="16" r="5" fill="#a3be8c"/>
${rows
  .map(({ row, isCommand }, index) => rowSvg(row, index, isCommand))
  .filter(Boolean)
  .join('\n')}
</svg>
`
}
