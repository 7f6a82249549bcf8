import type { Selections } from '../../models/evaluation/selection-report.ts'
import type { Dataset } from '../../models/model.ts'

/** A served row with the label that became known later. */
export interface LabelledRow {
  readonly row: readonly number[]
  readonly text: string | null
  /** When each line of the text was written, ms; missing or `null` if unknown. */
  readonly lineTimes?: readonly number[] | null
  readonly label: number
  /** When it was scored, ms of event time. */
  readonly at: number
  /** The customer of each row, if known for all rows. */
  readonly customerId?: string
  /** Weight of the row; used only if every row has one. */
  readonly weight?: number
  /** Score by the rule used while there is no model. */
  readonly formulaScore?: number
  readonly outcomeSource?: string | null
  /** Probability with which the task acted on the subject, and whether it did; `null`: unknown. */
  readonly propensity?: number | null
  readonly acted?: boolean | null
}

/**
 * Builds a data set in time order. `references`: sources whose labels a challenger must not be worse on; empty: none.
 */
export function trainingSet(
  rows: readonly LabelledRow[],
  featureNames: readonly string[],
  references: readonly string[] = [],
): Dataset {
  const sorted = rows.toSorted((one, other) => one.at - other.at)
  const width = featureNames.length
  const numbers = new Float32Array(sorted.length * width)
  for (const [index, { row }] of sorted.entries()) {
    if (row.length !== width) throw new Error(`A row has ${row.length} numbers; ${width} features are named.`)
    numbers.set(row, index * width)
  }
  return {
    count: sorted.length,
    width,
    rows: numbers,
    texts: sorted.map(({ text }) => text),
    lineTimes: sorted.map(({ lineTimes }) => lineTimes ?? null),
    featureNames,
    labels: Float64Array.from(sorted, ({ label }) => label),
    times: Float64Array.from(sorted, ({ at }) => at),
    customers: customersOf(sorted),
    weights: numbersOf(sorted, 'weight'),
    formulaScores: numbersOf(sorted, 'formulaScore'),
    selections: selectionsOf(sorted),
    ...(references.length === 0
      ? {}
      : { referenceMask: Uint8Array.from(sorted, (row) => (references.includes(row.outcomeSource ?? '') ? 1 : 0)) }),
  }
}

function numbersOf(rows: readonly LabelledRow[], field: 'weight' | 'formulaScore'): Float64Array | undefined {
  const known = rows.flatMap((row) => row[field] ?? [])
  return known.length === rows.length ? Float64Array.from(known) : undefined
}

/** Returns how the rows' subjects were selected; `undefined` if that is known of none. */
function selectionsOf(rows: readonly LabelledRow[]): Selections | undefined {
  if (rows.every(({ propensity }) => propensity === null || propensity === undefined)) return undefined
  return {
    propensities: Float64Array.from(rows, ({ propensity }) => propensity ?? Number.NaN),
    actedMask: Uint8Array.from(rows, ({ acted }) => (acted === true ? 1 : 0)),
  }
}

function customersOf(rows: readonly LabelledRow[]): Int32Array | undefined {
  if (!rows.every(({ customerId }) => customerId !== undefined)) return undefined
  const numbers = new Map(
    [...new Set(rows.map(({ customerId }) => customerId))].map((customerId, number) => [customerId, number]),
  )
  return Int32Array.from(rows, ({ customerId }) => numbers.get(customerId)!)
}
