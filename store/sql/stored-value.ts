import { columnName } from './field-names.ts'
import type { ColumnType } from './column-type.ts'
import { storableJson, storedText } from './stored-text.ts'

/**
 * Values of a column as a verifier compares them: what was to be written, and what is there. Equal values are equal
 * texts, however they are spelled.
 */

/** The text of a value before the write, as the database stores it. */
export function textToStore(value: unknown, type: ColumnType): string {
  if (value === null || value === undefined) return 'null'
  switch (type) {
    case 'text':
      return canonical(storedText(value as string))
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

/** The text of a value as `selectionOf` selects it. */
export function textOfStored(value: unknown, type: ColumnType): string {
  if (value === null) return 'null'
  if (type === 'time') return withoutZeros(value as string)
  return canonical(type === 'bytea' ? (value as Buffer).toString('base64') : plainOfStored(value, type))
}

/** The same as a plain value: numbers, text, true and false, lists and objects. */
export function plainOfStored(value: unknown, type: ColumnType): unknown {
  if (value === null) return null
  if (type === 'bigint' || type === 'time') return Number(value)
  return type === 'real[]' ? realsOf(value as string) : value
}

/**
 * How to select a column so that nothing is lost: no rounding to milliseconds, no number that JavaScript can't hold.
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

/** A number of the database, digit by digit: as one of JavaScript's, a time far off would lose its microseconds. */
function withoutZeros(text: string): string {
  const [whole, fraction = ''] = text.split('.')
  return /^0*$/.test(fraction) ? whole! : text
}

function realsOf(text: string): (number | null)[] {
  const inside = text.slice(1, -1)
  return inside === '' ? [] : inside.split(',').map((part) => (part === 'NULL' ? null : Math.fround(Number(part))))
}

/** JSON with the keys of objects in order. NaN and infinities, which JSON lacks, stay distinct from null. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value).sort()
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key as never])}`).join(',')}}`
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  return JSON.stringify(value) ?? 'null'
}
