import type { TextCase } from '../../../models/text/text-case.ts'
import { fieldOf, JsonLinesError, textField, type JsonLine } from '../read-json-lines.ts'

/** Names of the fields that cases are made of. */
export interface CaseFields {
  readonly text: string
  /** Rows with the same value are records of one case; not given: each row is a case. */
  readonly group?: string | undefined
  /** When a record was made: ISO 8601, or a number that grows. */
  readonly time?: string | undefined
}

export interface Cases {
  readonly cases: readonly TextCase[]
  /** The case of each row. */
  readonly caseOf: Int32Array
  /** The newest row of each case. */
  readonly newest: Int32Array
  /** When the newest record of each case was made, ms; NaN: not known. */
  readonly times: Float64Array
}

/**
 * Makes cases of rows, records and cases in order of time; of the same time in order of rows. Throws `JsonLinesError`
 * with the line.
 */
export function casesOf(rows: readonly JsonLine[], { text, group, time }: CaseFields): Cases {
  const records = rows.map((row, index) => {
    const place = `row ${index + 1}`
    return {
      text: textField(row, text, place),
      at: time === undefined ? Number.NaN : timeOf(fieldOf(row, time, place), time, place),
    }
  })
  const members = new Map<string, number[]>()
  rows.forEach((row, index) => {
    const key = group === undefined ? String(index) : JSON.stringify(fieldOf(row, group, `row ${index + 1}`))
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
  }
}

function timeOf(value: unknown, name: string, place: string): number {
  const at = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : Number.NaN
  if (Number.isFinite(at)) return at
  throw new JsonLinesError(
    `The field ${JSON.stringify(name)} of ${place} is ${JSON.stringify(value)}: it must be a time as in 2026-11-23T10:00:00Z, or a number.`,
  )
}
