import { jsonText } from '../../../files/json-text.ts'
import { inferNameFormat, nameIn } from '../../../models/table/cell-names.ts'
import { fieldOf, JsonLinesError, type JsonLine } from '../read-json-lines.ts'
import type { Cases } from './text-cases.ts'

/** Labels of cases, any number per case: 1 where a case has a label, [cases × names]. */
export interface LabelSets {
  readonly names: readonly string[]
  readonly labels: Uint8Array
}

/** Returns whether a field holds several labels, as lists or as separated text. */
export function hasLabelSets(rows: readonly JsonLine[], target: string, separator: string | undefined): boolean {
  return separator !== undefined || rows.some((row) => Array.isArray(row[target]))
}

/** Reads the labels of each case's newest row: a list, or names separated by the separator; none if it is empty. */
export function labelSetsOf(
  rows: readonly JsonLine[],
  { newest }: Cases,
  target: string,
  separator: string | undefined,
  placeOf: (row: number) => string,
): LabelSets {
  const given = Array.from(newest, (row) => {
    const value = fieldOf(rows[row]!, target, placeOf(row)) ?? []
    const list = Array.isArray(value) ? (value as readonly unknown[]) : partsOf(value, separator)
    const wrong = list.find((one) => one === null || typeof one === 'object')
    if (wrong !== undefined)
      throw new JsonLinesError(
        `The field ${JSON.stringify(target)} of ${placeOf(row)} has ${jsonText(wrong)}: its labels must be names.`,
      )
    return list.map(String)
  })
  const reading = inferNameFormat(given.flat())
  const sets = given.map((list) => new Set(list.map((name) => nameIn(name, reading)).filter((name) => name !== '')))
  const names = [...new Set(sets.flatMap((set) => [...set]))].sort()
  const labels = new Uint8Array(sets.length * names.length)
  sets.forEach((set, row) =>
    names.forEach((name, label) => (labels[row * names.length + label] = set.has(name) ? 1 : 0)),
  )
  return { names, labels }
}

function partsOf(value: unknown, separator: string | undefined): readonly unknown[] {
  return typeof value === 'string' && separator !== undefined ? value.split(separator) : [value]
}
