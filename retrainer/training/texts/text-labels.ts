import { jsonText } from '../../../files/json-text.ts'
import { inferNameFormat, nameIn } from '../../../models/table/cell-names.ts'
import { fieldOf, JsonLinesError, type JsonLine } from '../read-json-lines.ts'
import type { Cases } from './text-cases.ts'

/** Reads the label of each case from its newest row. */
export function labelsOf(
  rows: readonly JsonLine[],
  { newest }: Cases,
  target: string,
  requestedPositive: string | undefined,
  placeOf = (row: number) => `row ${row + 1}`,
): { readonly labels: Int32Array; readonly names: readonly string[] } {
  const values = Array.from(newest, (row) => {
    const value = fieldOf(rows[row]!, target, placeOf(row))
    if (value === null || typeof value === 'object')
      throw new JsonLinesError(
        `The field ${JSON.stringify(target)} of ${placeOf(row)} is ${jsonText(value)}: it must name a class.`,
      )
    return value
  })
  // Names are normalised as the cells of a table are.
  const reading = inferNameFormat(values.map(String))
  const given = values.map((value) => nameIn(String(value), reading))
  const blank = given.findIndex((name) => name === '')
  if (blank !== -1)
    throw new JsonLinesError(
      `The field ${JSON.stringify(target)} of ${placeOf(newest[blank]!)} is empty: it must name a class.`,
    )
  const sorted = [...new Set(given)].sort()
  const positive = requestedPositive === undefined ? undefined : nameIn(requestedPositive, reading)
  if (positive !== undefined && !sorted.includes(positive))
    throw new Error(
      `--positive ${requestedPositive} is no value of ${target}. There are: ${sorted.slice(0, 20).join(', ')}.`,
    )
  // Of two classes, the probability predicted is that of the second.
  const names = positive === undefined ? sorted : [...sorted.filter((name) => name !== positive), positive]
  const places = new Map(names.map((name, place) => [name, place]))
  return { labels: Int32Array.from(given, (name) => places.get(name)!), names }
}

/** Returns classes with a single case, which can't be both learned and measured. */
export function rareClasses(labels: Int32Array, names: readonly string[]): readonly string[] {
  return names.filter((_, label) => labels.filter((one) => one === label).length < 2)
}

/** Returns notes on truncated cases and rare classes. */
export function notesOnCases(
  truncated: { readonly cases: number; readonly ids: number },
  rare: readonly string[],
): string[] {
  return [
    ...(truncated.cases === 0
      ? []
      : [
          `${truncated.cases} cases are longer than what is read of them; ${truncated.ids} pieces of words were left out.`,
        ]),
    ...rare.map(
      (name) => `The class ${JSON.stringify(name)} has a single case: it is learned from or measured on, not both.`,
    ),
  ]
}
