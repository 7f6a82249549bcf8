import type { TrainingProgress } from '../../models/model.ts'

/** A training among others: how long it takes compared with them, and whether it usually stops before all its steps. */
export interface Stage {
  readonly weight: number
  readonly stopsEarly?: boolean
}

/** The share of its steps after which a training that stops early usually has; until it stops it is not done. */
const USUAL_STEPS = 0.4
const NOT_YET_DONE = 0.95

/** Trainings one after the other as one that never goes back: the progress of each by its place. */
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
