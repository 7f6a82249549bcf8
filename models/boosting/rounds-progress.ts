import type { TrainingProgress } from '../model.ts'

/** Reports progress in rounds. The expected total is refined after each fold. */
export function roundsProgress(treesMax: number, progress: TrainingProgress) {
  let [done, last, current, total] = [0, 0, 0, 0]
  return {
    foldRound(part: number, parts: number, trees: number, loss: number): void {
      if (part !== current) [done, current] = [done + last, part]
      last = trees
      const expected = part === 0 ? treesMax : Math.max(trees, done / part)
      progress(done + trees, (parts + 1) * expected, loss)
    },
    finalRound(grown: number, trees: number): void {
      progress(done + last + grown, done + last + trees)
      total = done + last + trees
    },
    end: () => progress(total, total),
  }
}
