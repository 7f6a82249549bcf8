import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../schemas/durations.ts'

/** Delay of a label, in further rows or in time. */
export type LabelDelay =
  { readonly kind: 'rows'; readonly rows: number } | { readonly kind: 'time'; readonly ms: number }

const UNITS: Readonly<Record<string, number>> = { s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS, w: 7 * DAY_MS }

/** Parses a label delay: `1000` is rows; `36h`, `30d` and `2w` are times. Returns `undefined` for anything else. */
export function readLabelDelay(text: string): LabelDelay | undefined {
  const found = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text)
  if (found === null) return undefined
  const [value, unit] = [Number(found[1]), found[2]!.toLowerCase()]
  if (unit === '' || unit === 'rows') return Number.isSafeInteger(value) ? { kind: 'rows', rows: value } : undefined
  const ms = UNITS[unit]
  return ms === undefined ? undefined : { kind: 'time', ms: value * ms }
}

/**
 * Returns, for each row, how many of the first rows have a ripe label when it is scored. A label is ripe after at least
 * the delay in rows or time. A row never knows its own label.
 */
export function ripeRows(count: number, delay: LabelDelay, times: Float64Array | undefined): Int32Array {
  if (delay.kind === 'rows') return Int32Array.from({ length: count }, (_, row) => Math.max(0, row - delay.rows))
  let ripe = 0
  return Int32Array.from({ length: count }, (_, row) => {
    while (ripe < row && times![ripe]! + delay.ms <= times![row]!) ripe++
    return ripe
  })
}
