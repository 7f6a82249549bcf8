import type { TrainingProgress } from '../../models/model.ts'

/**
 * Combines the progress of consecutive trainings into one that never goes back. Returns the progress function of each.
 * `durations` are relative to each other.
 */
export function stages(
  progress: TrainingProgress = () => {},
  durations: readonly number[],
): readonly TrainingProgress[] {
  const total = durations.reduce((sum, duration) => sum + duration, 0)
  let before = 0
  return durations.map((duration) => {
    const from = before
    before += duration
    return (done, of, metric) => progress(from + duration * (of === 0 ? 1 : done / of), total, metric)
  })
}
