import { readTimes } from '../../../models/table/target.ts'
import type { DateOrder } from '../../../models/table/written-dates.ts'
import { jsonText } from '../../../files/json-text.ts'
import { fieldOf, JsonLinesError, type JsonLine } from '../read-json-lines.ts'

/**
 * Reads the time of each row: JSON numbers unchanged, texts as a table column would be read. `given` is the order of
 * dates, for those that could be read in two ways. Throws `JsonLinesError` with the row, and `TableError` for an
 * ambiguous date.
 */
export function momentsOf(
  rows: readonly JsonLine[],
  name: string,
  given: DateOrder | undefined,
): { readonly times: Float64Array; readonly order: DateOrder | undefined } {
  const values = rows.map((row, index) => fieldOf(row, name, `row ${index + 1}`))
  values.forEach((value, index) => {
    if (typeof value !== 'string' && !(typeof value === 'number' && Number.isFinite(value)))
      throw new JsonLinesError(
        `The field ${JSON.stringify(name)} of row ${index + 1} is ${jsonText(value)}: it must be a time as in 2026-11-23T10:00:00Z, or a number${typeof value === 'bigint' ? ' up to 2^53' : ''}.`,
      )
  })
  const texts = values.flatMap((value, row) => (typeof value === 'string' ? [{ value, row }] : []))
  const times = Float64Array.from(values, (value) => (typeof value === 'number' ? value : Number.NaN))
  if (texts.length === 0) return { times, order: given }
  const cells = [...new Set(texts.map(({ value }) => value))]
  const codes = new Map(cells.map((cell, code) => [cell, code]))
  const column = { name, cells, codes: Int32Array.from(texts, ({ value }) => codes.get(value)!) }
  const read = readTimes(
    { count: texts.length, columns: [column], rowLabel: (text) => `row ${texts[text]!.row + 1}` },
    name,
    given,
  )
  texts.forEach(({ row }, text) => (times[row] = read.times[text]!))
  return { times, order: read.order }
}
