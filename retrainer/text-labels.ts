import { fieldOf, JsonLinesError, type JsonLine } from './read-json-lines.ts'
import type { Cases } from './text-cases.ts'

/** A case has the label of its newest row. */
export function labelsOf(
  rows: readonly JsonLine[],
  { newest }: Cases,
  target: string,
  positive: string | undefined,
): { readonly labels: Int32Array; readonly names: readonly string[] } {
  const given = Array.from(newest, (row) => {
    const value = fieldOf(rows[row]!, target, `row ${row + 1}`)
    if (value === null || typeof value === 'object')
      throw new JsonLinesError(
        `The field ${JSON.stringify(target)} of row ${row + 1} is ${JSON.stringify(value)}: it must name a class.`,
      )
    return String(value)
  })
  const sorted = [...new Set(given)].sort()
  if (positive !== undefined && !sorted.includes(positive))
    throw new Error(`--positive ${positive} is no value of ${target}. There are: ${sorted.slice(0, 20).join(', ')}.`)
  // Of two classes the second is the one whose probability is told.
  const names = positive === undefined ? sorted : [...sorted.filter((name) => name !== positive), positive]
  const places = new Map(names.map((name, place) => [name, place]))
  return { labels: Int32Array.from(given, (name) => places.get(name)!), names }
}
