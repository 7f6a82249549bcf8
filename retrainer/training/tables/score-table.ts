import type { Artefact, Batch, Model } from '../../../models/model.ts'
import { encodeTable, featuresOf, type UnexpectedCells } from '../../../models/table/table-encoding.ts'
import { findOutOfRange, type OutOfRange } from '../../../models/table/training-ranges.ts'
import { TableError, type Table } from '../../../models/table/table.ts'
import { rejectFormatMismatch } from '../../../models/table/format-mismatch.ts'

/** Rows per scoring batch. */
const BATCH_ROWS = 4_096

/**
 * Encodes a table's rows as the model's features. Throws `TableError` for a model that was not trained on a table, or
 * trained on a different one.
 */
export function rowsForModel(
  table: Table,
  { table: encoding, ranges = {} }: Artefact,
): Batch & { readonly unexpected: readonly UnexpectedCells[]; readonly outOfRange: OutOfRange } {
  if (encoding === undefined) throw new TableError('The model was not trained on a table and cannot read one.')
  const encoded = encodeTable(encoding, table)
  const rows = Int32Array.from({ length: table.count }, (_, row) => row)
  rejectFormatMismatch(table, rows, encoding)
  return { count: table.count, texts: [], ...encoded, outOfRange: findOutOfRange(encoding, ranges, table, rows) }
}

/** Scores rows in order: one score per row, or the probabilities of several classes: [rows × outputs]. */
export async function scoreRows(model: Model, { count, width, rows, texts }: Batch): Promise<Float64Array> {
  const outputs = model.outputs.length
  const scores = new Float64Array(count * outputs)
  for (let first = 0; first < count; first += BATCH_ROWS) {
    const here = Math.min(BATCH_ROWS, count - first)
    await model.score(
      { count: here, width, rows: rows.subarray(first * width, (first + here) * width), texts },
      scores.subarray(first * outputs, (first + here) * outputs),
    )
  }
  return scores
}

/** Contribution of a feature to the score of a row. */
export interface Contribution {
  readonly feature: string
  /** The value in the table; `null` if it is missing. */
  readonly value: string | number | null
  /** Contribution to the margin: log-odds of a class, or the estimate of a regression. */
  readonly contribution: number
}

/** Explains a row: contributions of the features, largest first, which add up to the margin together with `base`. */
export function explainRow(
  model: Model,
  { table: encoding }: Artefact,
  row: Float32Array,
  output = 0,
): { readonly base: number; readonly contributions: Contribution[] } {
  if (model.explainer === undefined)
    throw new Error(`A model of ${model.algorithm} can't say what each feature contributed.`)
  const into = new Float64Array(row.length)
  const base = model.explainer(output)(row, into)
  const categories = encoding === undefined ? undefined : featuresOf(encoding).categories
  const contributions = model.featureNames.map((feature, place): Contribution => {
    const value = row[place]!
    const names = categories?.[place] ?? null
    return {
      feature,
      value: Number.isNaN(value) ? null : names === null ? value : (names[value] ?? 'any other'),
      contribution: into[place]!,
    }
  })
  return { base, contributions: contributions.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)) }
}

/** Describes a contribution for people. */
export function describeContribution({ feature, value, contribution }: Contribution): string {
  const shown = value === null ? 'is missing' : `= ${typeof value === 'number' ? Number(value.toPrecision(6)) : value}`
  return `${feature} ${shown}: ${contribution < 0 ? '−' : '+'}${Math.abs(contribution).toFixed(2)}`
}
