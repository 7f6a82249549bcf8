import type { TrainingProgress } from '../../models/model.ts'

/** One of several trainings: its relative duration, and whether it usually stops early. */
export interface Stage {
  readonly weight: number
  readonly stopsEarly?: boolean
}

/**
 * Share of its steps after which a training with early stopping usually ends, and its maximum progress before it does.
 */
const USUAL_STEPS = 0.4
const NOT_YET_DONE = 0.95

/**
 * Combines the progress of consecutive trainings into one that never goes back. Returns the progress function of each.
 */
export function stages(progress: TrainingProgress = () => {}, all: readonly Stage[]): readonly TrainingProgress[] {
  const total = all.reduce((sum, { weight }) => sum + weight, 0)
  let before = 0
  return all.map(({ weight, stopsEarly = false }) => {
    const from = before
    before += weight
    return (done, of, metric) => {
      const share = of === 0 ? 1 : done / of
      const passed = stopsEarly && share < 1 ? Math.min(NOT_YET_DONE, share / USUAL_STEPS) : share
      progress(from + weight * passed, total, metric)
    }
  })
}
