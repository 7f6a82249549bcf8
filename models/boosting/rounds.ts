import type { TreeNode } from './grow-tree.ts'

/** State after a round, for progress and learning curves. */
export interface Round {
  readonly trees: number
  /** Loss on the validation rows; `null` without any. */
  readonly validationLoss: number | null
}

/** Tracks the rounds of a boosting run: which was the best, and what each feature had gained by then. */
export interface Rounds {
  /** Adds a tree of the current round. */
  addTree(root: TreeNode): void
  /** Ends the round. Returns whether training should stop early. */
  end(round: Round): boolean
  readonly all: readonly Round[]
  /** Returns the number of trees of the best round; without validation rows, of the last one. */
  best(): number
  /** Returns the gain of each feature's splits up to the best round, as a share of the total gain. */
  importance(): readonly number[]
}

/** With `earlyStoppingRounds` 0, training never stops early. */
export function createRounds(width: number, earlyStoppingRounds: number, onRound: (round: Round) => void): Rounds {
  const gains = new Float64Array(width)
  const all: Round[] = []
  let best = 0
  let bestGains = gains.slice()
  return {
    all,
    addTree: (root) => addGains(root, gains),
    end(round) {
      all.push(round)
      onRound(round)
      const { trees, validationLoss } = round
      if (validationLoss === null || validationLoss < (all[best - 1]?.validationLoss ?? Infinity)) {
        best = trees
        bestGains = gains.slice()
      }
      return earlyStoppingRounds > 0 && trees - best >= earlyStoppingRounds
    },
    best: () => best,
    importance() {
      const total = bestGains.reduce((sum, gain) => sum + gain, 0)
      return [...bestGains].map((gain) => (total > 0 ? gain / total : 0))
    },
  }
}

function addGains({ split, left, right }: TreeNode, gains: Float64Array): void {
  if (split === null) return
  gains[split.feature]! += split.gain
  addGains(left!, gains)
  addGains(right!, gains)
}
