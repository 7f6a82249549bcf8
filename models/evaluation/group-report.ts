import { calibration, calibrationError, rocAuc } from './metrics.ts'

/** A protected attribute and the group of each row. */
export interface GroupedRows {
  readonly attribute: string
  readonly groups: readonly string[]
}

export interface Group {
  readonly group: string
  readonly rows: number
  /** Share of the rows that score at or above the threshold; `null` without a threshold. */
  readonly selectionRate: number | null
  readonly meanScore: number
  readonly meanLabel: number
  /** `null` if the group has a single class, and for estimates. */
  readonly auc: number | null
  readonly calibrationError: number
}

export interface GroupReport {
  readonly attribute: string
  readonly threshold: number | null
  /** Groups, the largest first. */
  readonly groups: readonly Group[]
  /** Smallest selection rate divided by the largest; `null` if no row is selected, or without a threshold. */
  readonly selectionRatio: number | null
}

/** Minimum number of rows per calibration bin: with fewer, noise would make small groups look badly calibrated. */
const ROWS_PER_BIN = 50

/** Compares a model's results between the groups of a protected attribute. */
export function groupReport(
  kind: 'classification' | 'regression',
  { attribute, groups }: GroupedRows,
  labels: Float64Array,
  scores: Float64Array,
  threshold: number | null,
): GroupReport {
  const rowsOf = new Map<string, number[]>()
  for (let row = 0; row < labels.length; row++) {
    const name = groups[row]
    if (name === undefined)
      throw new Error(
        `Row ${row} has no group of ${attribute}: there are ${groups.length} groups for ${labels.length} rows.`,
      )
    const known = rowsOf.get(name)
    if (known === undefined) rowsOf.set(name, [row])
    else known.push(row)
  }
  const all = [...rowsOf].map(([group, rows]): Group => {
    const ownLabels = Float64Array.from(rows, (row) => labels[row]!)
    const ownScores = Float64Array.from(rows, (row) => scores[row]!)
    const auc = kind === 'classification' ? rocAuc(ownLabels, ownScores) : Number.NaN
    const bins = Math.min(Math.max(Math.floor(rows.length / ROWS_PER_BIN), 1), 10)
    return {
      group,
      rows: rows.length,
      selectionRate: threshold === null ? null : meanOf(ownScores.map((score) => (score >= threshold ? 1 : 0))),
      meanScore: meanOf(ownScores),
      meanLabel: meanOf(ownLabels),
      auc: Number.isNaN(auc) ? null : auc,
      calibrationError: calibrationError(calibration(ownLabels, ownScores, bins)),
    }
  })
  const rates = all.flatMap(({ selectionRate }) => selectionRate ?? [])
  const largest = Math.max(...rates)
  return {
    attribute,
    threshold,
    groups: all.sort((a, b) => b.rows - a.rows || (a.group < b.group ? -1 : 1)),
    selectionRatio: largest > 0 ? Math.min(...rates) / largest : null,
  }
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
