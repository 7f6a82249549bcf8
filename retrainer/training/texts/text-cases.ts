import type { CaseFields } from '../../../models/text/case-fields.ts'
import type { TextCase } from '../../../models/text/text-case.ts'
import { jsonText } from '../../../files/json-text.ts'
import type { DateOrder } from '../../../models/table/written-dates.ts'
import { fieldOf, textField, type JsonLine } from '../read-json-lines.ts'
import { momentsOf } from './row-times.ts'

export interface Cases {
  readonly cases: readonly TextCase[]
  /** Case of each row. */
  readonly caseOf: Int32Array
  /** Newest row of each case. */
  readonly newest: Int32Array
  /** Time of the newest record of each case, ms; NaN if unknown. */
  readonly times: Float64Array
  /** Order of the dates, for reading other rows; `undefined` if they were unambiguous. */
  readonly dates?: DateOrder | undefined
}

/**
 * Groups rows into cases, with records and cases in time order and ties in row order. Throws `JsonLinesError` with the
 * row.
 */
export function casesOf(rows: readonly JsonLine[], { text, group, time, dates }: CaseFields): Cases {
  const moments = time === undefined ? undefined : momentsOf(rows, time, dates)
  const records = rows.map((row, index) => {
    const place = `row ${index + 1}`
    return {
      text: textField(row, text, place),
      at: moments === undefined ? Number.NaN : moments.times[index]!,
    }
  })
  const members = new Map<string, number[]>()
  rows.forEach((row, index) => {
    const key = group === undefined ? String(index) : jsonText(fieldOf(row, group, `row ${index + 1}`))
    const others = members.get(key)
    if (others === undefined) members.set(key, [index])
    else others.push(index)
  })
  const caseOf = new Int32Array(rows.length)
  const lists = [...members.values()]
  if (time !== undefined) {
    for (const list of lists) list.sort((a, b) => records[a]!.at - records[b]!.at || a - b)
    lists.sort((one, other) => records[one.at(-1)!]!.at - records[other.at(-1)!]!.at || one.at(-1)! - other.at(-1)!)
  }
  lists.forEach((list, one) => list.forEach((index) => (caseOf[index] = one)))
  return {
    cases: lists.map((list) => ({ records: list.map((index) => records[index]!) })),
    caseOf,
    newest: Int32Array.from(lists, (list) => list.at(-1)!),
    times: Float64Array.from(lists, (list) => records[list.at(-1)!]!.at),
    dates: moments?.order,
  }
}
