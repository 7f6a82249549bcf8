import { rankRows } from './ranked-rows.ts'

/** One of several equal parts of the rows, in order of score. */
export interface LiftPart {
  /** Number of the part; 1 has the best scores. */
  readonly part: number
  readonly count: number
  /** Fractional if equal scores span a boundary: they share their positives evenly. */
  readonly positives: number
  readonly meanScore: number
  readonly positiveRate: number
  /** Positive rate of this part relative to that of all rows. */
  readonly lift: number
  /** Share of all positives in this part and the better ones. */
  readonly cumulativeGain: number
  /** Positive rate of this part and the better ones relative to that of all rows. */
  readonly cumulativeLift: number
}

/**
 * Returns lift and gain by tenths of the rows, best scores first. Rows of equal score share their labels, so that
 * uninformative scores have a lift of 1 throughout. Empty without positives.
 */
export function liftByPart(labels: Float64Array, scores: Float64Array, parts = 10): readonly LiftPart[] {
  const { count, labels: ranked, scores: rankedScores, ends } = rankRows(labels, scores)
  const all = ranked.reduce((sum, label) => sum + label, 0)
  if (all === 0) return []
  const shared = sharedLabels(ranked, ends)
  const table: LiftPart[] = []
  let gained = 0
  for (let part = 1, from = 0; part <= parts; part++) {
    const to = Math.round((part * count) / parts)
    if (to === from) continue
    const rows = to - from
    const positives = sumOf(shared, from, to)
    gained += positives
    table.push({
      part,
      count: rows,
      positives,
      meanScore: sumOf(rankedScores, from, to) / rows,
      positiveRate: positives / rows,
      lift: (positives / rows) * (count / all),
      cumulativeGain: gained / all,
      cumulativeLift: (gained / to) * (count / all),
    })
    from = to
  }
  return table
}

/** Replaces every label by the mean over the rows of the same score. */
function sharedLabels(labels: Float64Array, ends: Uint8Array): Float64Array {
  const shared = labels.slice()
  for (let from = 0, rank = 0; rank < labels.length; rank++) {
    if (ends[rank] === 0) continue
    if (rank > from) shared.fill(sumOf(labels, from, rank + 1) / (rank + 1 - from), from, rank + 1)
    from = rank + 1
  }
  return shared
}

function sumOf(values: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += values[i]!
  return sum
}
