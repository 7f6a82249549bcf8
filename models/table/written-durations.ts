import { bareCell } from './plain-text.ts'

/** `two-part`: it is open whether the first part of `5:30` counts hours or, as in lengths of calls, minutes. */
export type DurationForm = 'whole' | 'two-part'

export interface WrittenDuration {
  /** In units of the first part for `two-part`, otherwise in hours. */
  readonly value: number
  readonly form: DurationForm
}

const clock = /^([+-])?(?:(\d+)\s*(?:d|days?|Tage?|jours?),?\s+)?(\d{1,6}):([0-5]\d)(?::([0-5]\d(?:[.,]\d+)?))?$/i
const iso = /^([+-])?P(?:(\d+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$/i
const worded =
  /^([+-])?(?:(\d+)\s*(?:w|weeks?))?[\s,]*(?:([\d.]+)\s*(?:d|days?))?[\s,]*(?:([\d.]+)\s*(?:h|hrs?|hours?|std))?[\s,]*(?:([\d.]+)\s*(?:m|mins?|minutes?))?[\s,]*(?:([\d.]+)\s*(?:s|secs?|seconds?|sek))?$/i

/**
 * Reads a duration: `26:05:30`, `2 days 03:04:05`, `PT5M30S`, `1h 5m`, `62:30`. Returns `undefined` for other cells.
 */
export function durationIn(cell: string): WrittenDuration | undefined {
  const text = bareCell(cell)
  if (!/\d/.test(text) || !/[:a-z]/i.test(text)) return undefined
  const written = clock.exec(text)
  if (written !== null) {
    const [, sign, days, first, second, third] = written
    const value = 24 * Number(days ?? 0) + Number(first) + Number(second) / 60 + seconds(third) / 3600
    return { value: signed(sign, value), form: third === undefined && days === undefined ? 'two-part' : 'whole' }
  }
  const parts = iso.exec(text) ?? worded.exec(text)
  if (parts === null) return undefined
  const [weeks, days, hours, minutes, rest] = parts.slice(2).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ]
  return { value: signed(parts[1], 168 * weeks + 24 * days + hours + minutes / 60 + rest / 3600), form: 'whole' }
}

function seconds(part: string | undefined): number {
  return part === undefined ? 0 : Number(part.replace(',', '.'))
}

function signed(sign: string | undefined, value: number): number {
  return sign === '-' ? -value : value
}
