import { columnNamed } from '../../models/table/table.ts'
import { inferTarget, readTarget, type TargetOptions } from '../../models/table/target.ts'
import type { StreamTable } from './stream-table.ts'

/** The labels of a stream. */
export interface StreamTarget {
  readonly column: string
  readonly kind: 'classification' | 'regression'
  /** Labels in time order: the index of the class, or a number for regression; NaN if unknown. */
  readonly labels: Float64Array
  /** Class names by label; of two classes the second is the positive one. Empty for regression. */
  readonly classes: readonly string[]
}

/** Reads the target of a stream. Throws `TableError` for a target that is missing everywhere or has a single class. */
export function streamTarget(
  { table, style, order }: StreamTable,
  column: string,
  options: TargetOptions,
): StreamTarget {
  const { name } = columnNamed(table, column)
  const reading = inferTarget(table, name, style, options)
  const { kind, rows, labels: given, positive, classes } = readTarget(table, reading)
  const byRow = new Float64Array(table.count).fill(Number.NaN)
  rows.forEach((row, at) => (byRow[row] = given[at]!))
  return {
    column: name,
    kind,
    labels: Float64Array.from(order, (row) => byRow[row]!),
    classes: classes ?? (positive === null ? [] : [`not ${positive}`, positive]),
  }
}
