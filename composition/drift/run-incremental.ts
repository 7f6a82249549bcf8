import { learnIncrement, scoreIncremental, startIncremental } from '../../models/incremental/incremental-logistic.ts'
import { rowsBetween } from '../../models/picked-rows.ts'
import { chosenRows } from '../../models/split.ts'
import { ripeRowsFrom, type LearnableStream } from './learnable-stream.ts'
import type { PolicyOptions, PolicyRun } from './policy.ts'

/** Rows scored between two learning steps. */
const BATCH_ROWS = 50

/** Runs a logistic model that learns a micro-batch of labels whenever they are ripe, and never retrains on all rows. */
export async function runIncremental(stream: LearnableStream, options: PolicyOptions): Promise<PolicyRun> {
  const { start, count, ripe } = stream
  const data = stream.datasetAt(start)
  const first = ripeRowsFrom(stream, 0, start)
  let state = startIncremental(chosenRows(data, first), BATCH_ROWS)
  let learned = ripe[start]!
  const scores = new Float64Array(count - start)
  for (let row = start; row < count; row += BATCH_ROWS) {
    const rows = ripeRowsFrom(stream, learned, row)
    if (rows.length > 0) {
      const batch = chosenRows(data, rows)
      state = learnIncrement(state, batch, batch.labels)
    }
    learned = ripe[row]!
    const to = Math.min(count, row + BATCH_ROWS)
    scoreIncremental(state, rowsBetween(data, row, to), scores.subarray(row - start, to - start))
    options.progress?.((to - start) / scores.length)
  }
  return Promise.resolve({
    scores,
    trainings: [
      { row: start, rows: first.length, why: `start; then ${state.rows - first.length} rows in micro-batches` },
    ],
    notes:
      state.refused === 0
        ? []
        : [`${state.refused} micro-batches were refused by some of its models: their step would have exploded.`],
  })
}
