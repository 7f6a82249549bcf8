import { createBatchLearner } from './batch-learner.ts'
import type { PolicyOptions, PolicyRun, Training } from './policy.ts'
import { ripeRowsFrom, type LearnableStream } from './learnable-stream.ts'

/** Runs one model trained on the start rows, or retrains it on all ripe rows every `every` rows. */
export async function runSchedule(
  stream: LearnableStream,
  options: PolicyOptions,
  every = Infinity,
): Promise<PolicyRun> {
  const learner = createBatchLearner(stream, options)
  const scores = new Float64Array(stream.count - stream.start)
  const trainings: Training[] = []
  for (let row = stream.start; row < stream.count; row += every) {
    const rows = ripeRowsFrom(stream, 0, row)
    const model = await learner.train(row, rows)
    trainings.push({ row, rows: rows.length, why: row === stream.start ? 'start' : 'schedule' })
    const to = Math.min(stream.count, row + every)
    scores.set(await model.score(row, to), row - stream.start)
    options.progress?.((to - stream.start) / scores.length)
  }
  return { scores, trainings, notes: [] }
}
