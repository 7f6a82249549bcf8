import { columnName } from './field-names.ts'
import type { ColumnType } from './column-type.ts'
import { storableJson, storableText } from './stored-text.ts'

/**
 * Canonical text of a column's values for verification, to compare what should have been written with what is stored.
 * Equal values have equal texts, however they are spelled.
 */

/** Returns the canonical text of a value to write, as the database would store it. */
export function textToStore(value: unknown, type: ColumnType): string {
  if (value === null || value === undefined) return 'null'
  switch (type) {
    case 'text':
      return canonical(storableText(value as string))
    case 'jsonb':
      return canonical(JSON.parse(storableJson(value)))
    case 'real[]':
      return canonical((value as readonly number[]).map(Math.fround))
    case 'bytea':
      return canonical((value as Buffer).toString('base64'))
    default:
      return canonical(value)
  }
}

/** Returns the canonical text of a value selected with `selectionOf`. */
export function textOfStored(value: unknown, type: ColumnType): string {
  if (value === null) return 'null'
  if (type === 'time') return withoutZeros(value as string)
  return canonical(type === 'bytea' ? (value as Buffer).toString('base64') : plainOfStored(value, type))
}

/** Returns a selected value as plain data: numbers, text, booleans, lists and objects. */
export function plainOfStored(value: unknown, type: ColumnType): unknown {
  if (value === null) return null
  if (type === 'bigint' || type === 'time') return Number(value)
  return type === 'real[]' ? realsOf(value as string) : value
}

/**
 * Returns the expression that selects a column without loss: times are not rounded to milliseconds, and numbers that
 * JavaScript can't hold come as text.
 */
export function selectionOf(name: string, type: ColumnType): string {
  const quoted = `"${columnName(name)}"`
  switch (type) {
    case 'time':
      return `(extract(epoch from ${quoted}) * 1000)::text as ${quoted}`
    case 'times':
      return `case when ${quoted} is not null then array(select (extract(epoch from moment) * 1000)::double precision
        from unnest(${quoted}) with ordinality as one(moment, place) order by place) end as ${quoted}`
    case 'bigint':
    case 'real[]':
      return `${quoted}::text as ${quoted}`
    default:
      return quoted
  }
}

/**
 * Drops a fraction of zeros from a decimal number. It stays text, since as a double a distant time would lose its
 * microseconds.
 */
function withoutZeros(text: string): string {
  const [whole, fraction = ''] = text.split('.')
  return /^0*$/.test(fraction) ? whole! : text
}

function realsOf(text: string): (number | null)[] {
  const inside = text.slice(1, -1)
  return inside === '' ? [] : inside.split(',').map((part) => (part === 'NULL' ? null : Math.fround(Number(part))))
}

/** Serialises to JSON with sorted object keys. NaN and infinities, which JSON lacks, stay distinct from null. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value).sort()
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key as never])}`).join(',')}}`
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  return JSON.stringify(value) ?? 'null'
}
