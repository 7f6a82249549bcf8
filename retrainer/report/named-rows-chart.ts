import { picture, coordinate } from './chart.ts'
import { markup, type Markup } from './markup.ts'
import { linearScale } from './scale.ts'

export interface NamedRow {
  readonly name: string
  readonly value: number
  readonly text: string
}

export interface NamedRowsFrame {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly rows: readonly NamedRow[]
  readonly from: number
  readonly to: number
  /** Bars must start at 0; dots may use any scale. */
  readonly shape: 'bar' | 'dot'
  readonly width?: number
  readonly nameWidth?: number
}

const ROW_HEIGHT = 22
const CHARACTER_WIDTH = 7.2
const TEXT_WIDTH = 56

/** Draws a chart with one row per name and a bar or a dot beside it. */
export function namedRowsChart({
  rows,
  from,
  to,
  shape,
  width = 640,
  nameWidth = 230,
  ...words
}: NamedRowsFrame): Markup {
  const scale = linearScale(from, to, nameWidth + 8, width - TEXT_WIDTH)
  const drawn = rows.map(({ name, value, text }, i) => {
    const top = i * ROW_HEIGHT
    const at = coordinate(scale(value))
    const mark =
      shape === 'bar'
        ? markup`<rect class="bar" x="${nameWidth + 8}" y="${top + 4}" width="${coordinate(at - nameWidth - 8)}" height="${ROW_HEIGHT - 8}"/>`
        : markup`<line class="grid" x1="${nameWidth + 8}" x2="${width - TEXT_WIDTH}" y1="${top + ROW_HEIGHT / 2}" y2="${top + ROW_HEIGHT / 2}"/><circle class="dot" cx="${at}" cy="${top + ROW_HEIGHT / 2}" r="4"/>`
    return markup`<g><title>${name}: ${text}</title><text class="name" x="${nameWidth}" y="${top + 15}" text-anchor="end">${shortened(name, nameWidth)}</text>${mark}<text class="mark" x="${shape === 'bar' ? at + 6 : width - TEXT_WIDTH + 8}" y="${top + 15}">${text}</text></g>`
  })
  return picture({ ...words, width, height: rows.length * ROW_HEIGHT + 4 }, markup`${drawn}`)
}

function shortened(name: string, width: number): string {
  const characters = Math.floor(width / CHARACTER_WIDTH)
  return name.length <= characters ? name : `${name.slice(0, characters - 1)}…`
}
