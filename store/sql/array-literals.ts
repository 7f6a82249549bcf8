import type { ColumnType } from './column-type.ts'
import { storableJson, storedText } from './stored-text.ts'

/** What has another meaning in an array's text, what PostgreSQL does not hold, and halves of pairs. */
const SPECIAL = /["\\\0\ud800-\udfff]/

/**
 * The values of a column as the text of an array (https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO). The
 * driver would look through each value four times; most need no escape, and neighbours are often equal.
 */
export function arrayLiteral(values: readonly unknown[], type: ColumnType): string {
  let text = '{'
  let before: unknown
  let element = ''
  for (let index = 0; index < values.length; index++) {
    const value = values[index]
    if (index === 0 || value !== before) element = elementOf(value, type)
    before = value
    text += index === 0 ? element : `,${element}`
  }
  return `${text}}`
}

function elementOf(value: unknown, type: ColumnType): string {
  if (value === null || value === undefined) return 'NULL'
  switch (type) {
    case 'text':
      return quoted(value as string, storedText)
    case 'jsonb':
      return quoted(storableJson(value))
    case 'times':
      return `"{${(value as readonly number[]).join(',')}}"`
    default:
      return String(value)
  }
}

function quoted(text: string, clean: (text: string) => string = (same) => same): string {
  return SPECIAL.test(text) ? `"${clean(text).replaceAll(/["\\]/g, '\\$&')}"` : `"${text}"`
}
