/** Maps a value to its position in the chart. */
export type Scale = (value: number) => number

export function linearScale(from: number, to: number, start: number, end: number): Scale {
  const span = to - from
  return (value) => (span === 0 ? (start + end) / 2 : start + ((value - from) / span) * (end - start))
}

/** Returns about `count` round numbers within the bounds: steps of 1, 2 or 5 times a power of ten. */
export function ticks(from: number, to: number, count: number): readonly number[] {
  if (!(to > from)) return [from]
  const rough = (to - from) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough * 0.8) ?? 10)
  const first = Math.ceil(from / step - 1e-9)
  const last = Math.floor(to / step + 1e-9)
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) => Number(((first + i) * step).toPrecision(12)))
}

/** Returns bounds that contain all values with some padding, never of zero width. */
export function boundsOf(values: readonly number[]): { readonly from: number; readonly to: number } {
  const from = Math.min(...values)
  const to = Math.max(...values)
  const padding = (to - from) * 0.06 || Math.abs(to) * 0.1 || 1
  return { from: from - padding, to: to + padding }
}
