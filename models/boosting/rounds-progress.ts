import type { TrainingProgress } from '../model.ts'

/** Typical number of trees until early stopping, and the share of its trees that a longer training may have grown. */
const TREES_USUAL = 150
const SHARE_GROWN = 0.8

/**
 * Reports progress in rounds. The expected total is refined after each fold. `stopsEarly`: folds rarely reach
 * `treesMax`.
 */
export function roundsProgress(treesMax: number, stopsEarly: boolean, progress: TrainingProgress) {
  let [done, last, current, total] = [0, 0, 0, 0]
  const firstFold = (trees: number) =>
    stopsEarly ? Math.min(treesMax, Math.max(TREES_USUAL, trees / SHARE_GROWN)) : treesMax
  return {
    foldRound(part: number, parts: number, trees: number, loss: number): void {
      if (part !== current) [done, current] = [done + last, part]
      last = trees
      const expected = part === 0 ? firstFold(trees) : Math.max(trees, done / part)
      progress(done + trees, (parts + 1) * expected, loss)
    },
    finalRound(grown: number, trees: number): void {
      progress(done + last + grown, done + last + trees)
      total = done + last + trees
    },
    end: () => progress(total, total),
  }
}
