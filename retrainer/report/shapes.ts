import { coordinate } from './chart.ts'
import { markup, type Markup } from './markup.ts'
import type { Scale } from './scale.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** Role of a shape: the model's data, emphasised, or a reference. */
export type Role = 'model' | 'reference'

export function line(points: readonly Point[], x: Scale, y: Scale, role: Role = 'model'): Markup {
  return markup`<polyline class="line ${role}" points="${points.map((point) => `${coordinate(x(point.x))},${coordinate(y(point.y))}`).join(' ')}"/>`
}

export interface DotWithInterval extends Point {
  readonly lower: number | null
  readonly upper: number | null
  /** Tooltip. */
  readonly tip: string
}

export function dots(points: readonly DotWithInterval[], x: Scale, y: Scale): Markup {
  return markup`${points.map(({ tip, lower, upper, ...point }) => {
    const across = coordinate(x(point.x))
    const interval =
      lower === null || upper === null
        ? null
        : markup`<line class="interval" x1="${across}" x2="${across}" y1="${coordinate(y(lower))}" y2="${coordinate(y(upper))}"/>`
    return markup`<g><title>${tip}</title>${interval}<circle class="dot" cx="${across}" cy="${coordinate(y(point.y))}" r="4"/></g>`
  })}`
}

export interface Column {
  readonly from: number
  readonly to: number
  readonly height: number
  readonly tip: string
}

export function columns(all: readonly Column[], x: Scale, y: Scale): Markup {
  const ground = y(0)
  return markup`${all.map(({ from, to, height, tip }) => {
    const left = x(from)
    const top = y(height)
    return markup`<rect class="bar" x="${coordinate(left)}" y="${coordinate(Math.min(top, ground))}" width="${coordinate(x(to) - left)}" height="${coordinate(Math.abs(ground - top))}"><title>${tip}</title></rect>`
  })}`
}
