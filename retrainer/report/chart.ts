import { formatTick } from './format.ts'
import { markup, type Markup } from './markup.ts'
import { linearScale, ticks, type Scale } from './scale.ts'

export interface Axis {
  readonly label: string
  readonly from: number
  readonly to: number
  readonly format?: (value: number) => string
  /** Approximate number of ticks; default 5. */
  readonly ticks?: number
}

export interface ChartFrame {
  /** Unique on the page, since the ids of title and description derive from it. */
  readonly id: string
  readonly title: string
  /** Alternative text for screen readers. */
  readonly description: string
  readonly x: Axis
  readonly y: Axis
  readonly width?: number
  readonly height?: number
}

const MARGIN = { left: 52, right: 22, top: 10, bottom: 42 }

/** Draws axes with rounded ticks around what `draw` returns. */
export function chart(frame: ChartFrame, draw: (x: Scale, y: Scale) => Markup): Markup {
  const { x, y, width = 460, height = 340 } = frame
  const left = MARGIN.left
  const right = width - MARGIN.right
  const top = MARGIN.top
  const bottom = height - MARGIN.bottom
  const xScale = linearScale(x.from, x.to, left, right)
  const yScale = linearScale(y.from, y.to, bottom, top)
  const xTicks = ticks(x.from, x.to, x.ticks ?? 5).map((value) => {
    const at = coordinate(xScale(value))
    return markup`<line class="grid" x1="${at}" x2="${at}" y1="${top}" y2="${bottom}"/><text class="mark" x="${at}" y="${bottom + 16}" text-anchor="middle">${(x.format ?? formatTick)(value)}</text>`
  })
  const yTicks = ticks(y.from, y.to, y.ticks ?? 5).map((value) => {
    const at = coordinate(yScale(value))
    return markup`<line class="grid" x1="${left}" x2="${right}" y1="${at}" y2="${at}"/><text class="mark" x="${left - 6}" y="${at + 4}" text-anchor="end">${(y.format ?? formatTick)(value)}</text>`
  })
  const middle = (top + bottom) / 2
  return picture(
    { ...frame, width, height },
    markup`${xTicks}${yTicks}<line class="axis" x1="${left}" x2="${right}" y1="${bottom}" y2="${bottom}"/>${draw(xScale, yScale)}<text class="label" x="${(left + right) / 2}" y="${height - 6}" text-anchor="middle">${x.label}</text><text class="label" x="12" y="${middle}" text-anchor="middle" transform="rotate(-90 12 ${middle})">${y.label}</text>`,
  )
}

/** Builds an SVG element with a title and a description for screen readers. */
export function picture(
  {
    id,
    title,
    description,
    width,
    height,
  }: Pick<ChartFrame, 'id' | 'title' | 'description'> & { width: number; height: number },
  content: Markup,
): Markup {
  return markup`<svg class="chart" role="img" viewBox="0 0 ${width} ${height}" style="max-width:${width}px;min-width:${Math.round(width * 0.7)}px" aria-labelledby="${id}-title ${id}-description"><title id="${id}-title">${title}</title><desc id="${id}-description">${description}</desc>${content}</svg>`
}

/** Rounds to a tenth of a pixel, which is precise enough and keeps the file small. */
export function coordinate(value: number): number {
  return Math.round(value * 10) / 10
}
